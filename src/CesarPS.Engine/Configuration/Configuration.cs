namespace CesarPS.Engine.Configuration;

/// <summary>
/// Every setting with the layer that decides it: the command line over the environment (<c>CESAR_*</c>) over the
/// configuration file over the defaults.
/// </summary>
public sealed class Configuration
{
    private readonly Dictionary<string, ConfigurationValue> _values;

    private Configuration(IEnumerable<ConfigurationValue> values)
    {
        Values = [.. values];
        _values = Values.ToDictionary(value => value.Name, StringComparer.Ordinal);
    }

    /// <summary>All settings in the order of <see cref="ConfigurationKeys.All"/>.</summary>
    public IReadOnlyList<ConfigurationValue> Values { get; }

    /// <summary>Reads all layers.</summary>
    /// <param name="commandLine">What the command line says: names of settings to texts; null for nothing.</param>
    /// <param name="environment">Looks up a variable of the environment; null for those of this process.</param>
    /// <param name="file">The configuration file; null for <see cref="ConfigurationFile.Path"/>. It need not exist.</param>
    /// <exception cref="CesarException">A value is not what its setting takes, or the file is damaged. The message names the layer.</exception>
    public static Configuration Load(
        IReadOnlyDictionary<string, IReadOnlyList<string>>? commandLine = null, Func<string, string?>? environment = null, string? file = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        file ??= ConfigurationFile.Path(environment);
        Dictionary<ConfigurationKey, string[]> fromFile = ConfigurationFile.Read(file);
        return new Configuration(ConfigurationKeys.All.Select(key =>
            commandLine is not null && commandLine.TryGetValue(key.Name, out IReadOnlyList<string>? typed) ? Value(key, typed, ConfigurationSource.CommandLine, "--" + key.Name)
            : !key.OncePerRun && environment(key.Variable) is { Length: > 0 } variable ? Value(key, [variable], ConfigurationSource.Environment, key.Variable)
            : fromFile.TryGetValue(key, out string[]? written) ? Value(key, written, ConfigurationSource.File, file)
            : Value(key, key.Default.Length > 0 ? [key.Default] : [], ConfigurationSource.Default, "")));
    }

    /// <summary>The settings that can be set for good: those that go with one run are left out.</summary>
    public IReadOnlyList<ConfigurationValue> Lasting() => [.. ConfigurationKeys.All.Zip(Values).Where(pair => !pair.First.OncePerRun).Select(pair => pair.Second)];

    /// <summary>The text of a setting; null where it has none.</summary>
    /// <exception cref="KeyNotFoundException">There is no such setting.</exception>
    public string? Text(string name) => _values[name] is { Value: { Length: > 0 } text } ? text : null;

    /// <summary>The layer that a setting's value comes from.</summary>
    /// <exception cref="KeyNotFoundException">There is no such setting.</exception>
    public ConfigurationSource Source(string name) => _values[name].Source;

    /// <summary>A setting that is on or off.</summary>
    public bool Flag(string name) => Text(name) is { } text && ValueText.Flag(text) == true;

    /// <summary>A setting that is a whole number; null where it has no value.</summary>
    public int? WholeNumber(string name) => Text(name) is { } text ? ValueText.WholeNumber(text) : null;

    /// <summary>A setting that is a number; null where it has no value.</summary>
    public float? Number(string name) => Text(name) is { } text ? ValueText.Number(text) : null;

    /// <summary>A setting that is a time; null where it has no value.</summary>
    public TimeSpan? Time(string name) => Text(name) is { } text ? ValueText.Time(text) : null;

    /// <summary>A setting that is an age; null where it has no value.</summary>
    public TimeSpan? Age(string name) => Text(name) is { } text ? ValueText.Age(text) : null;

    /// <summary>A setting that is a number of bytes; null where it has no value.</summary>
    public long? Size(string name) => Text(name) is { } text ? ValueText.Size(text) : null;

    /// <summary>
    /// A setting that names a file or folder, as a whole path: <c>~</c> at its beginning is the user's home, what is
    /// relative is so to the working folder, or to that of the configuration file where that says it. Null where it has no value.
    /// </summary>
    public string? Place(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // Shells do this for most of what is typed; a file and "--option=~/x" never meet one.
        string path = text == "~" || text.StartsWith("~/", StringComparison.Ordinal) || (OperatingSystem.IsWindows() && text.StartsWith("~\\", StringComparison.Ordinal))
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify) + text[1..]
            : text;
        return _values[name] is { Source: ConfigurationSource.File, SourceDetail: var file }
            ? Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(file))!)
            : Path.GetFullPath(path);
    }

    /// <summary>The entries of a list.</summary>
    public IReadOnlyList<string> List(string name) => _values[name].Items;

    private static ConfigurationValue Value(ConfigurationKey key, IReadOnlyList<string> texts, ConfigurationSource source, string detail)
    {
        if (key.Kind == ConfigurationKind.List)
        {
            string[] items = [.. texts.SelectMany(text => Items(key, text, detail))];
            return new ConfigurationValue(key.Name, string.Join(", ", items), source, detail) { Items = items };
        }

        if (key.Kind == ConfigurationKind.Texts)
        {
            return new ConfigurationValue(key.Name, string.Join(", ", texts), source, detail) { Items = texts };
        }

        // A later one on the command line corrects an earlier one.
        string text = texts.Count > 0 ? texts[^1] : "";
        if (text.Length > 0 && ValueText.Complaint(key.Kind, text) is { } complaint)
        {
            throw new CesarException(CesarErrorKind.Option, "ConfigurationInvalid", source == ConfigurationSource.File
                ? $"'{text}' is no value for '{key.Name}', which {complaint} (in {detail})."
                : $"'{text}' is no value for {detail}, which {complaint}.");
        }

        return new ConfigurationValue(key.Name, text, source, detail);
    }

    private static string[] Items(ConfigurationKey key, string text, string detail)
    {
        if (text.StartsWith('@'))
        {
            return Lines(key, text[1..], detail);
        }

        return text.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] Lines(ConfigurationKey key, string path, string detail)
    {
        try
        {
            return [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CesarException(CesarErrorKind.Option, "ListFileUnreadable",
                $"The file '{path}' with entries for {key.Name} ({detail}) cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
