namespace CesarPS.Engine.Sources;

/// <summary>
/// What a user named: a file, something on the web, a video. Parsed once; whatever comes after asks this and never the
/// text again. It may be shown, logged and stored: no password, token or signature can be read from it.
/// </summary>
public abstract class SourceReference
{
    private protected SourceReference()
    {
    }

    /// <summary>What it is called in messages and outputs: the path as it was named, or the link without secrets.</summary>
    public abstract string Name { get; }

    /// <summary>What is the same for all ways to name the same thing: <c>path:</c>, <c>url:</c> or <c>youtube:</c> and more.</summary>
    public abstract string Identity { get; }

    /// <summary>Whether it is reached over a network.</summary>
    public abstract bool IsRemote { get; }

    /// <summary>Reads a name. What begins with a scheme and two slashes is an address, everything else the path of a file.</summary>
    /// <param name="text">What the user typed.</param>
    /// <exception cref="CesarException">
    /// The address is of a kind that is not fetched (<c>AddressSchemeUnknown</c>), or none at all (<c>AddressInvalid</c>).
    /// </exception>
    public static SourceReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AddressText.SchemeOf(text) switch
        {
            null => new LocalFile(text),
            "file" => LocalFile.OfAddress(text),
            "http" or "https" => OfWeb(text),
            var scheme => throw new CesarException(CesarErrorKind.Input, "AddressSchemeUnknown",
                $"{AddressText.WithoutSecrets(text)} is an address of the kind '{scheme}', which is not fetched. Name an http or https address, or a file."),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static SourceReference OfWeb(string text) => Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? address) && address.Host.Length > 0
        ? YouTubeAddress.TryParse(address) ?? new WebResource(address)
        : throw new CesarException(CesarErrorKind.Input, "AddressInvalid", $"{AddressText.WithoutSecrets(text)} is no address; check how it is written.");
}
