using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace CesarPS.Engine.Downloads;

/// <summary>Says in words why a server could not be spoken with.</summary>
internal static partial class ConnectionTrouble
{
    private const string Remedy = "Check the address and the clock of this machine; where a proxy reads along, its certificate must be one that this system trusts";

    /// <summary>Why no protected connection came about.</summary>
    public static string ExplainSecurity(HttpRequestException error)
    {
        string said = Innermost(error).Message.TrimEnd('.');
        string what = said switch
        {
            _ when said.Contains("RemoteCertificateNameMismatch", StringComparison.Ordinal) => "the server's certificate is one for another name",
            _ when said.Contains("NotTimeValid", StringComparison.Ordinal) => "the server's certificate has run out, or is not valid yet",
            _ when said.Contains("Revoked", StringComparison.Ordinal) => "the server's certificate was revoked",
            _ when said.Contains("UntrustedRoot", StringComparison.Ordinal) || said.Contains("PartialChain", StringComparison.Ordinal) =>
                "the server's certificate comes from nobody whom this system trusts",
            _ when said.Contains("frame", StringComparison.OrdinalIgnoreCase) || said.Contains("HRESULT", StringComparison.Ordinal) =>
                "the server does not speak https there",
            _ => said,
        };
        return $"no protected connection comes about: {what}. {Remedy}";
    }

    /// <summary>Why no connection came about, or why it broke.</summary>
    public static string Explain(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"the name of the server cannot be resolved ({Innermost(error).Message.TrimEnd('.')}); is there a network?",
        HttpRequestError.ProxyTunnelError => $"the proxy refuses the way{ProxyStatus(error.Message)}; HTTP_PROXY, HTTPS_PROXY and NO_PROXY name it",
        _ when Innermost(error) is SocketException socket => $"the server cannot be reached ({socket.Message.TrimEnd('.')})",
        _ => error.InnerException?.Message.TrimEnd('.') ?? error.Message.TrimEnd('.'),
    };

    // The system's own words show the proxy's address with the user and the password in it: the status alone is taken from them.
    private static string ProxyStatus(string said) => Status().Match(said) is { Success: true } found ? $" (status {found.Groups[1].Value})" : "";

    [GeneratedRegex(@"'([1-5][0-9]{2})'\W*$")]
    private static partial Regex Status();

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
