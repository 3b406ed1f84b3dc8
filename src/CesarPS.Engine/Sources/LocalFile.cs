namespace CesarPS.Engine.Sources;

/// <summary>A file on this machine, or on a share that is mounted.</summary>
/// <param name="path">The path as the user named it. The file need not exist.</param>
public sealed class LocalFile(string path) : SourceReference
{
    /// <summary>The path as the user named it.</summary>
    public string Path => path;

    /// <inheritdoc/>
    public override string Name => path;

    /// <inheritdoc/>
    public override string Identity => "path:" + (path.Length == 0 ? "" : System.IO.Path.GetFullPath(path));

    /// <inheritdoc/>
    public override bool IsRemote => false;

    /// <summary>The file of a <c>file:</c> address (RFC 8089).</summary>
    /// <exception cref="CesarException">It names another machine, or is no address.</exception>
    internal static LocalFile OfAddress(string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? address) || address.AbsolutePath.Length <= 1)
        {
            throw new CesarException(CesarErrorKind.Input, "AddressInvalid", $"{AddressText.WithoutSecrets(text)} is no address of a file; name the file by its path.");
        }

        // "localhost" is this machine; on Windows another host is a share.
        bool isHere = address.Host.Length == 0 || address.IsLoopback;
        return isHere || OperatingSystem.IsWindows()
            ? new LocalFile(isHere && address.Host.Length > 0 ? Uri.UnescapeDataString(address.AbsolutePath) : address.LocalPath)
            : throw new CesarException(CesarErrorKind.Input, "AddressInvalid",
                $"{AddressText.WithoutSecrets(text)} names a file of another machine ({address.Host}). Mount its share and name the file by its path.");
    }
}
