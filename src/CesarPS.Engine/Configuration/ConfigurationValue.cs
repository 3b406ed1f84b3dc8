namespace CesarPS;

/// <summary>The layer that a value comes from; a later one wins over those before it.</summary>
public enum ConfigurationSource
{
    /// <summary>The program's own default.</summary>
    Default,

    /// <summary>The configuration file.</summary>
    File,

    /// <summary>A variable of the environment.</summary>
    Environment,

    /// <summary>The command line, or the parameters of a cmdlet.</summary>
    CommandLine,
}

/// <summary>A setting's value and where it comes from.</summary>
/// <param name="Name">The setting's name.</param>
/// <param name="Value">Its text; empty for none, entries of a list joined by commas.</param>
/// <param name="Source">The layer.</param>
/// <param name="SourceDetail">The file, the variable or the option; empty for a default.</param>
public sealed record ConfigurationValue(string Name, string Value, ConfigurationSource Source, string SourceDetail)
{
    /// <summary>The entries of a list as they were given.</summary>
    internal IReadOnlyList<string> Items { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
