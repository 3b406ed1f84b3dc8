namespace CesarPS.Build.Help;

/// <summary>What the compiled module says of a cmdlet.</summary>
/// <param name="Name">Verb and noun.</param>
/// <param name="SupportsShouldProcess">Whether it has -WhatIf and -Confirm.</param>
/// <param name="ParameterSets">The names of its parameter sets, the default one first.</param>
/// <param name="Parameters">Its own parameters, in the order of their declaration.</param>
internal sealed record CmdletShape(
    string Name, bool SupportsShouldProcess, IReadOnlyList<string> ParameterSets, IReadOnlyList<ParameterShape> Parameters)
{
    public string Verb => Name.Split('-')[0];

    public string Noun => Name.Split('-')[1];

    /// <summary>The parameters of a set in the order in which PowerShell prints them: by position, then those that are needed, then the rest.</summary>
    public IEnumerable<(ParameterShape Parameter, ParameterUse Use)> InSet(string set) => Parameters
        .Select(parameter => (Parameter: parameter, Use: parameter.In(set)))
        .Where(each => each.Use is not null)
        .Select(each => (each.Parameter, Use: each.Use!))
        .OrderBy(each => each.Use.Position ?? int.MaxValue)
        .ThenBy(each => !each.Use.Mandatory);
}

/// <summary>One parameter.</summary>
/// <param name="Name">Its name, without the dash.</param>
/// <param name="Type">Its type as help names it, such as <c>String[]</c>.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Wildcards">Whether its value may hold wildcards.</param>
/// <param name="Values">The only values that it takes; empty where there is no such list.</param>
/// <param name="Uses">How it is used in each parameter set; a null key stands for all sets.</param>
internal sealed record ParameterShape(
    string Name, string Type, IReadOnlyList<string> Aliases, bool Wildcards, IReadOnlyList<string> Values, IReadOnlyList<ParameterUse> Uses)
{
    public bool IsSwitch => Type == "SwitchParameter";

    public ParameterUse? In(string set) =>
        Uses.FirstOrDefault(use => use.Set == set) ?? Uses.FirstOrDefault(use => use.Set is null);
}

/// <summary>How a parameter is used in a parameter set.</summary>
/// <param name="Set">The set; null for all of them.</param>
/// <param name="Mandatory">Whether it must be given.</param>
/// <param name="Position">Where it may stand without its name, from 0; null where it may not.</param>
/// <param name="ByValue">Whether objects in the pipeline are taken for it.</param>
/// <param name="ByPropertyName">Whether properties of objects in the pipeline are taken for it.</param>
internal sealed record ParameterUse(string? Set, bool Mandatory, int? Position, bool ByValue, bool ByPropertyName);
