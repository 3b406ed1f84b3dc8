using System.Net.Http.Headers;
using System.Text;

namespace CesarPS.Engine.Sources;

/// <summary>
/// Something at an http or https address: a recording itself, or a page that has one. Its link holds no secrets; the
/// address that is asked does, and stays in memory.
/// </summary>
public sealed class WebResource : SourceReference
{
    private readonly Uri _typed;
    private readonly AddressParameters _parameters;

    internal WebResource(Uri typed)
    {
        _typed = typed;
        _parameters = AddressParameters.Read(typed);
        Address = new UriBuilder(typed) { UserName = "", Password = "", Fragment = "" }.Uri;

        // As it travels: lower-case scheme and host, no standard port, international names as the DNS has them.
        string host = typed.HostNameType == UriHostNameType.IPv6 ? $"[{typed.IdnHost}]" : typed.IdnHost.TrimEnd('.');
        string place = $"{typed.Scheme}://{host}{(typed.IsDefaultPort ? "" : FormattableString.Invariant($":{typed.Port}"))}{typed.AbsolutePath}";
        Link = place + (_parameters.Open.Length > 0 ? "?" + _parameters.Open : "");
        Identity = "url:" + Link + (_parameters.SecretDigest(Link, typed.UserInfo) is { } digest ? "#" + digest : "");
    }

    /// <summary>The address without a user's name, password, token, key or signature, and without what only tracks.</summary>
    public string Link { get; }

    /// <inheritdoc/>
    public override string Name => Link;

    /// <summary>
    /// <c>url:</c> and the link. Secrets that may name the object stand behind it as a slow digest; those of known
    /// signing schemes do not, so that two signed links of one object are one.
    /// </summary>
    public override string Identity { get; }

    /// <inheritdoc/>
    public override bool IsRemote => true;

    /// <summary>The address to ask, without user and fragment. It may hold secrets: it is never shown, logged or stored.</summary>
    internal Uri Address { get; }

    /// <summary>The address as it was typed, for a program that is to ask it. It may hold secrets as well.</summary>
    internal string TypedAddress => _typed.AbsoluteUri;

    /// <summary>The user's name and password in the address (RFC 7617); null where it has none.</summary>
    internal AuthenticationHeaderValue? Authorization => _typed.UserInfo.Length == 0
        ? null
        : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(_typed.UserInfo))));

    /// <summary>A text of somebody else's, such as a program's error, without the secrets of this address.</summary>
    internal string Censor(string text)
    {
        const int Shortest = 4;
        text = text.Replace(TypedAddress, Link, StringComparison.Ordinal).Replace(Address.AbsoluteUri, Link, StringComparison.Ordinal);
        IEnumerable<string> secrets = _parameters.Secrets.Concat(_typed.UserInfo.Split(':', 2));
        foreach (string secret in secrets.SelectMany(secret => new[] { secret, Uri.UnescapeDataString(secret) }).Where(secret => secret.Length >= Shortest).Distinct())
        {
            text = text.Replace(secret, "…", StringComparison.Ordinal);
        }

        return text;
    }
}
