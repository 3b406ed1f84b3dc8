using System.Text.Json;

namespace CesarPS.Engine.Configuration;

/// <summary>
/// The user's configuration file: one JSON object with the names of settings, such as
/// <c>{ "model": "small", "vocabulary": ["Cesar", "ffmpeg"] }</c>. Comments and a comma at the end are allowed.
/// </summary>
public static class ConfigurationFile
{
    /// <summary>The variable of the environment that names another file.</summary>
    public const string Variable = "CESAR_CONFIG";

    private const string FileName = "config.json";
    private const long LargestBytes = 1 << 20;

    /// <summary>What the file may hold beside JSON.</summary>
    internal static readonly JsonReaderOptions Leniency = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>
    /// Where the file is, whether it exists or not: what <c>CESAR_CONFIG</c> names, else <c>config.json</c> in
    /// <c>~/.config/cesarps</c> (or below <c>XDG_CONFIG_HOME</c>), <c>~/Library/Application Support/CesarPS</c>, <c>%APPDATA%\CesarPS</c>.
    /// </summary>
    /// <param name="environment">Looks up a variable of the environment; null for those of this process.</param>
    public static string Path(Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        if (environment(Variable) is { Length: > 0 } named)
        {
            return System.IO.Path.GetFullPath(named);
        }

        // The system's own answer is HOME-based on Unix and honours XDG_CONFIG_HOME only where that is this process's own.
        string home = environment("HOME") is { Length: > 0 } variable ? variable
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        string folder = OperatingSystem.IsWindows()
                ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "CesarPS")
            : OperatingSystem.IsMacOS() ? System.IO.Path.Combine(home, "Library", "Application Support", "CesarPS")
            // A relative path in XDG_CONFIG_HOME is to be ignored (XDG Base Directory Specification).
            : environment("XDG_CONFIG_HOME") is { } config && System.IO.Path.IsPathFullyQualified(config) ? System.IO.Path.Combine(config, "cesarps")
            : System.IO.Path.Combine(home, ".config", "cesarps");
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, FileName));
    }

    /// <summary>The settings of a file: names to texts. None where there is no file.</summary>
    /// <exception cref="CesarException">The file cannot be read, is no JSON object, or names a setting that there is not.</exception>
    internal static Dictionary<ConfigurationKey, string[]> Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return Directory.Exists(path) ? throw Invalid(path, "is a folder") : [];
            }

            if (file.Length > LargestBytes)
            {
                throw Invalid(path, "is too large to be one");
            }

            using JsonDocument json = JsonDocument.Parse(
                File.ReadAllText(path), new JsonDocumentOptions { AllowTrailingCommas = Leniency.AllowTrailingCommas, CommentHandling = Leniency.CommentHandling });
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Settings(path, json.RootElement)
                : throw Invalid(path, "must hold one object, such as { \"model\": \"small\" }");
        }
        catch (JsonException e)
        {
            throw Invalid(path, $"is not valid JSON (line {e.LineNumber + 1}, column {e.BytePositionInLine + 1})", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, $"cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static Dictionary<ConfigurationKey, string[]> Settings(string path, JsonElement root)
    {
        var settings = new Dictionary<ConfigurationKey, string[]>();
        foreach (JsonProperty entry in root.EnumerateObject())
        {
            ConfigurationKey? key = ConfigurationKeys.TryFind(entry.Name);
            if (key is null or { OncePerRun: true })
            {
                IEnumerable<string> known = ConfigurationKeys.All.Where(known => !known.OncePerRun).Select(known => known.Name);
                throw Invalid(path, (key is null ? $"has an unknown setting '{entry.Name}'" : $"cannot set '{key.Name}', which goes with one run")
                    + NearestName.Suggestion(entry.Name, known).TrimEnd('?').Replace(" Did you mean", "; did you mean", StringComparison.Ordinal));
            }

            // null says that the default is meant.
            if (entry.Value.ValueKind != JsonValueKind.Null)
            {
                settings[key] = Texts(path, key, entry.Value);
            }
        }

        return settings;
    }

    private static string[] Texts(string path, ConfigurationKey key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array when key.Kind == ConfigurationKind.List => [.. value.EnumerateArray().Select(item => Text(path, key, item))],
        _ => [Text(path, key, value)],
    };

    private static string Text(string path, ConfigurationKey key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw Invalid(path, $"gives '{key.Name}' a value that is no text, number or flag"),
    };

    internal static CesarException Invalid(string path, string what, Exception? cause = null) =>
        new(CesarErrorKind.Option, "ConfigurationFileInvalid", $"The configuration file '{path}' {what}. Mend or remove it.", cause);
}
