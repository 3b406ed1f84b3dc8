namespace CesarPS.Engine.Models;

/// <summary>Where models are looked for, kept and fetched from.</summary>
public sealed record ModelFolders
{
    private readonly Uri? _location;

    /// <summary>The folder of the models that came with the program.</summary>
    public required string Bundled { get; init; }

    /// <summary>The folder of downloaded models, and of those that a user places by hand.</summary>
    public required string User { get; init; }

    /// <summary>The file that remembers the digests of unchanged model files.</summary>
    public required string DigestMemory { get; init; }

    /// <summary>The address that file names are appended to for a download: the published location, or a mirror of it.</summary>
    public Uri Location
    {
        // Made when a download asks: the first address takes longer than all else that a start needs of models.
        get => _location ?? new Uri(PublishedModels.Location);
        init => _location = value;
    }

    /// <summary>
    /// The places of this user on this system: <c>~/.local/share/cesarps</c> (or <c>XDG_DATA_HOME</c>),
    /// <c>~/Library/Application Support/CesarPS</c>, <c>%LOCALAPPDATA%\CesarPS</c>. The environment variable
    /// <c>CESAR_MODELS</c> names another folder for models, <c>CESAR_MODEL_BASE_URL</c> a mirror.
    /// </summary>
    /// <param name="bundled">The folder of the models that came with the program.</param>
    /// <exception cref="CesarException">The mirror is no http or https address (<c>ModelBaseUrlInvalid</c>).</exception>
    public static ModelFolders ForThisUser(string bundled) => ForThisUser(bundled, Environment.GetEnvironmentVariable);

    /// <summary>The same with an environment of one's own, such as that of a configuration.</summary>
    internal static ModelFolders ForThisUser(string bundled, Func<string, string?> environment) => For(
        bundled,
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        environment);

    /// <summary>The same with a data folder and an environment of one's own.</summary>
    internal static ModelFolders For(string bundled, string dataFolder, Func<string, string?> environment)
    {
        // An account without a home (some services) still has a folder for temporary files.
        string root = dataFolder.Length > 0 ? dataFolder : Path.GetTempPath();
        string data = Path.GetFullPath(Path.Combine(root, OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? "CesarPS" : "cesarps"));
        string user = environment("CESAR_MODELS") is { Length: > 0 } named ? Path.GetFullPath(named) : Path.Combine(data, "models");
        var folders = new ModelFolders
        {
            Bundled = Path.GetFullPath(bundled),
            User = user,
            DigestMemory = Path.Combine(data, "model-digests.json"),
        };
        return environment("CESAR_MODEL_BASE_URL") is { Length: > 0 } mirror ? folders with { Location = ParseLocation(mirror) } : folders;
    }

    private static Uri ParseLocation(string text)
    {
        // A base address without a slash at its end would lose its last part.
        string folder = text.EndsWith('/') ? text : text + "/";
        return Uri.TryCreate(folder, UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.Query.Length == 0 && address.UserInfo.Length == 0
                ? address
                : throw new CesarException(
                    CesarErrorKind.Option,
                    "ModelBaseUrlInvalid",
                    "CESAR_MODEL_BASE_URL must be an http or https address without a query or a password: file names are appended to it.");
    }
}
