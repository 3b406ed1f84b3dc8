namespace CesarPS.Build.Help;

/// <summary>A piece of a page's running text, without Markdown.</summary>
internal abstract record HelpBlock;

/// <summary>Sentences that may be wrapped anywhere.</summary>
internal sealed record HelpParagraph(string Text) : HelpBlock;

/// <summary>One entry of a list.</summary>
internal sealed record HelpItem(string Marker, string Text) : HelpBlock;

/// <summary>Lines that stay as they are.</summary>
/// <param name="Language">What stands behind the fence: <c>powershell</c>, <c>output</c>; empty for nothing.</param>
/// <param name="Text">The lines, without the last line's end.</param>
internal sealed record HelpCode(string Language, string Text) : HelpBlock;
