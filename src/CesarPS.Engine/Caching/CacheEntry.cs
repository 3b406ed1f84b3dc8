namespace CesarPS;

/// <summary>One result in the cache.</summary>
/// <param name="Key">The digest that it is found by.</param>
/// <param name="Stage">The stage that made it.</param>
/// <param name="Source">What the recording was called when it was made.</param>
/// <param name="Input">What it was made from, with its namespace, such as <c>pcm:</c> and a digest.</param>
/// <param name="Bytes">The bytes that it takes, those of its artifact included.</param>
/// <param name="Created">When it was made (UTC).</param>
/// <param name="LastUsed">When it was last served, or made (UTC).</param>
/// <param name="Elapsed">How long making it took: what a hit saves.</param>
public sealed record CacheEntry(
    string Key, string Stage, string Source, string Input, long Bytes, DateTimeOffset Created, DateTimeOffset LastUsed, TimeSpan Elapsed)
{
    // Digits of a key that tell it from a hundred thousand others, and can be typed.
    private const int Digits = 12;

    /// <summary>The beginning of the key: enough to name the entry.</summary>
    public string ShortKey => Key[..Math.Min(Digits, Key.Length)];

    /// <inheritdoc/>
    public override string ToString() => Key;
}
