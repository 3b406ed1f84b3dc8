using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Caching;

/// <summary>A SHA-256 as a number of four words: what the journal counts by, without a text for each entry.</summary>
internal readonly struct Digest(ulong a, ulong b, ulong c, ulong d) : IEquatable<Digest>
{
    private const int WordDigits = 16;

    private readonly ulong _a = a;
    private readonly ulong _b = b;
    private readonly ulong _c = c;
    private readonly ulong _d = d;

    /// <summary>Reads 64 lower-case hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> hex, out Digest digest)
    {
        digest = default;
        if (hex.Length != CacheKey.DigestLength
            || !TryParseWord(hex[..WordDigits], out ulong a)
            || !TryParseWord(hex.Slice(WordDigits, WordDigits), out ulong b)
            || !TryParseWord(hex.Slice(2 * WordDigits, WordDigits), out ulong c)
            || !TryParseWord(hex[(3 * WordDigits)..], out ulong d))
        {
            return false;
        }

        digest = new Digest(a, b, c, d);
        return true;
    }

    /// <summary>Whether a text is a digest as the cache names files: 64 lower-case hexadecimal digits.</summary>
    public static bool IsDigest(ReadOnlySpan<char> text)
    {
        if (text.Length != CacheKey.DigestLength)
        {
            return false;
        }

        foreach (char digit in text)
        {
            if (!char.IsAsciiHexDigitLower(digit))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Digest other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)_a;

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[4 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _a);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], _d);
        return HexDigest.Of(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryParseWord(ReadOnlySpan<byte> hex, out ulong word)
    {
        word = 0;
        foreach (byte digit in hex)
        {
            int value = digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : digit is >= (byte)'a' and <= (byte)'f' ? digit - 'a' + 10 : -1;
            if (value < 0)
            {
                return false;
            }

            word = (word << 4) | (uint)value;
        }

        return true;
    }
}
