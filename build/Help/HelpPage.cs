namespace CesarPS.Build.Help;

/// <summary>The help of one cmdlet, as its page in docs/help says it.</summary>
internal sealed record HelpPage(string File, string Name)
{
    public string Synopsis { get; init; } = "";

    public IReadOnlyList<HelpBlock> Description { get; init; } = [];

    public IReadOnlyList<HelpExample> Examples { get; init; } = [];

    public IReadOnlyList<HelpParameter> Parameters { get; init; } = [];

    public IReadOnlyList<HelpType> Inputs { get; init; } = [];

    public IReadOnlyList<HelpType> Outputs { get; init; } = [];

    public IReadOnlyList<HelpBlock> Notes { get; init; } = [];

    public IReadOnlyList<HelpLink> Links { get; init; } = [];
}

/// <summary>One example: commands that run as they stand, and what is to be said about them.</summary>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<HelpBlock> Remarks);

/// <summary>What a page says of a parameter.</summary>
/// <param name="Name">Its name, without the dash.</param>
/// <param name="Line">Where the page says it, counted from 0.</param>
/// <param name="Text">What it does.</param>
/// <param name="Default">What it is where it is not given; null where the page does not say.</param>
internal sealed record HelpParameter(string Name, int Line, IReadOnlyList<HelpBlock> Text, string? Default);

/// <summary>A type that goes into a cmdlet or comes out of it.</summary>
internal sealed record HelpType(string Name, IReadOnlyList<HelpBlock> Text);

/// <summary>A related page: another cmdlet or about_ topic, or an address.</summary>
internal sealed record HelpLink(string Text, string? Address);
