using System.Globalization;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Models;

/// <summary>The errors of finding, checking and downloading a catalogue model, each with its remedy.</summary>
internal static class ModelErrors
{
    public static CesarException NotFound(string path, string? catalogueName) => Error(
        "ModelNotFound",
        $"There is no model file '{path}'." + (catalogueName is null ? " Check the path, or name a model of the catalogue." : $" To download it, name the model: '{catalogueName}'."));

    public static CesarException Unreadable(string path, Exception cause) => Error(
        "ModelUnreadable", $"The model file '{path}' cannot be read: {cause.Message} Check its permissions.", cause);

    public static CesarException NotSpeech(CatalogueModel model) => Error(
        "ModelUnsupported", $"'{model.Name}' is about who speaks and when, and writes no text. Name a speech model, such as 'base'.");

    public static CesarException BundledMissing(CatalogueModel model, string path) => Error(
        "ModelNotFound", $"The model '{model.Name}' should have come with the program, at '{path}', and is missing. {RestoreBundled(model)}");

    public static CesarException BundledStays(CatalogueModel model) => Error(
        "ModelBundled", $"The model '{model.Name}' came with the program and is not removed.");

    public static CesarException WrongSize(CatalogueModel model, string path, long bytes) => Error(
        bytes < model.Bytes ? "ModelTruncated" : "ModelAltered",
        $"The model file '{path}' is {(bytes < model.Bytes ? "truncated" : "altered")}: it has {bytes} bytes, '{model.Name}' has {model.Bytes}. {Remedy(model)}");

    public static CesarException WrongDigest(CatalogueModel model, string path, FileDigests actual) => Error(
        "ModelAltered",
        $"The model file '{path}' is altered: {Comparison(model, actual)}. {Remedy(model)}");

    public static CesarException FolderUnwritable(string folder, Exception cause) => Error(
        "ModelFolderUnwritable",
        $"Models cannot be written to '{folder}': {cause.Message} Mend the folder, or name another one with the environment variable CESAR_MODELS.",
        cause);

    public static CesarException DiskFull(CatalogueModel model, string folder, long needed, long? free) => Error(
        "ModelDiskFull",
        $"The model '{model.Name}' needs {Size(needed)} more in '{folder}'"
            + (free is { } bytes ? $", where {Size(bytes)} are free" : ", where the disk is full")
            + ". Free some space, or name another folder with the environment variable CESAR_MODELS.");

    public static CesarException DownloadFailed(CatalogueModel model, Uri address, string target, string reason, bool kept) => Error(
        "ModelDownloadFailed",
        $"The model '{model.Name}' ({Size(model.Bytes)}) could not be downloaded: {reason}. "
            + (kept ? "What has arrived is kept: try again to go on from there. " : string.Empty)
            + $"To place it by hand, fetch {Shown(address)} on a machine with a network and save it as '{target}' ({model.Bytes} bytes, {model.DigestText}).");

    public static CesarException DownloadDamaged(CatalogueModel model, Uri address, string how) => Error(
        "ModelDownloadDamaged",
        $"What {Shown(address)} delivers is not the model '{model.Name}': {how}. It was deleted. Try again later, or check the proxy or mirror in between.");

    /// <summary>What a digest should have been and what it is.</summary>
    public static string Comparison(CatalogueModel model, FileDigests actual) => model.Sha256 is not null
        ? $"its SHA-256 should be {model.Sha256} and is {actual.Sha256}"
        : $"its SHA-1 should be {model.Sha1} and is {actual.Sha1}";

    private static string Remedy(CatalogueModel model) => model.Bundled
        ? RestoreBundled(model)
        : "Delete it; it is then downloaded again on next use.";

    private static string RestoreBundled(CatalogueModel model) =>
        $"Restore models/{model.FileName} (git checkout in a clone), or install the program again.";

    private static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static string Size(long bytes) => bytes >= 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");

    private static CesarException Error(string id, string message, Exception? cause = null) => new(CesarErrorKind.Model, id, message, cause);
}
