using System.Net;

namespace CesarPS.Engine.Downloads;

/// <summary>How one try to fetch a file, or all of them together, ended.</summary>
internal enum TransferEnd
{
    /// <summary>Every byte is there.</summary>
    Complete,

    /// <summary>The file is still the one that is there already.</summary>
    NotModified,

    /// <summary>Something that may pass: try again.</summary>
    Interrupted,

    /// <summary>Something that will not pass.</summary>
    Refused,

    /// <summary>What comes is not the file.</summary>
    Damaged,

    /// <summary>What comes is larger than what is taken.</summary>
    TooLarge,

    /// <summary>What comes does not fit on the disk.</summary>
    NoRoom,

    /// <summary>Who asked does not want what comes.</summary>
    NotWanted,
}

/// <summary>How a try to fetch a file ended.</summary>
/// <param name="End">How.</param>
/// <param name="Reason">Why, in words without an address; empty where all went well.</param>
/// <param name="RetryAfter">How long the server asked to wait.</param>
internal sealed record TransferResult(TransferEnd End, string Reason = "", TimeSpan? RetryAfter = null)
{
    /// <summary>What the server answered; null where it did not.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>What the server said of the file; null where it said nothing.</summary>
    public ResponseHead? Head { get; init; }
}
