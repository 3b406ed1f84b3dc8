namespace CesarPS.Engine.Configuration;

/// <summary>What a setting's text must be.</summary>
public enum ConfigurationKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>The path of a file or folder.</summary>
    Path,

    /// <summary>The path of a program or of its folder, or a name that is looked up on PATH.</summary>
    Program,

    /// <summary>On or off.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A number with a decimal point.</summary>
    Number,

    /// <summary>A time in a recording; see <see cref="ValueText.Time"/>.</summary>
    Time,

    /// <summary>An age; see <see cref="ValueText.Age"/>.</summary>
    Age,

    /// <summary>A number of bytes; see <see cref="ValueText.Size"/>.</summary>
    Size,

    /// <summary>Texts separated by commas, or given one by one; one that begins with @ names a file with one a line.</summary>
    List,

    /// <summary>Texts given one by one, each as it is.</summary>
    Texts,
}

/// <summary>One setting: an option of the command line, a variable of the environment, an entry of the file.</summary>
/// <param name="Name">The name in the file and, after two dashes, on the command line: <c>beam-size</c>.</param>
/// <param name="Kind">What its text must be.</param>
/// <param name="Group">The heading under which help shows it.</param>
/// <param name="Placeholder">What stands for the value in help.</param>
/// <param name="Description">What it does, for help.</param>
/// <param name="Default">The text of the value without any layer; empty for none.</param>
public sealed record ConfigurationKey(
    string Name, ConfigurationKind Kind, string Group, string Placeholder, string Description, string Default = "")
{
    /// <summary>Whether it is a matter of one run, so that neither the environment nor the file may set it.</summary>
    public bool OncePerRun { get; init; }

    /// <summary>The variable of the environment: <c>CESAR_BEAM_SIZE</c>.</summary>
    public string Variable => "CESAR_" + Name.Replace('-', '_').ToUpperInvariant();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
