using System.Net.Sockets;

namespace CesarPS.Engine.Downloads;

/// <summary>Says in words why a server could not be spoken with.</summary>
internal static class ConnectionTrouble
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
        HttpRequestError.ProxyTunnelError => $"the proxy refuses the way ({error.Message.TrimEnd('.')}); HTTP_PROXY, HTTPS_PROXY and NO_PROXY name it",
        _ when Innermost(error) is SocketException socket => $"the server cannot be reached ({socket.Message.TrimEnd('.')})",
        _ => error.InnerException?.Message.TrimEnd('.') ?? error.Message.TrimEnd('.'),
    };

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
