using System.Net.Http.Headers;

namespace CesarPS.Engine.Downloads;

/// <summary>What is asked of a server.</summary>
/// <param name="Address">The address, http or https, without a user's name or password.</param>
internal sealed record DownloadQuestion(Uri Address)
{
    /// <summary>What proves who asks; it is sent to the server of the address and to no other that it may name.</summary>
    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>The bytes that the file must have; null where that is not known beforehand.</summary>
    public long? Bytes { get; init; }

    /// <summary>The most bytes that are taken.</summary>
    public long MostBytes { get; init; } = long.MaxValue;

    /// <summary>The version that is there already: the server need not send that one again.</summary>
    public ResponseHead? Known { get; init; }

    /// <summary>Looks at the head of an answer and at its first bytes; what it says is why the rest is not wanted.</summary>
    public Func<ResponseHead, ReadOnlyMemory<byte>, string?>? Judge { get; init; }
}
