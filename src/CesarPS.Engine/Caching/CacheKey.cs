using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Caching;

/// <summary>
/// What a result is found by: the stage and its version, the input, and every option that decides the result. The
/// digest names the entry; the plain fields are kept in its record and compared on every hit.
/// </summary>
public sealed class CacheKey : IEquatable<CacheKey>
{
    /// <summary>The length of a digest in hexadecimal digits.</summary>
    public const int DigestLength = 2 * SHA256.HashSizeInBytes;

    // The version of the key's own form: another one makes every key another.
    private const string Form = "cesar-key-1";

    internal CacheKey(string stage, int version, string input, IReadOnlyList<KeyField> fields)
    {
        Stage = stage;
        Version = version;
        Input = input;
        Fields = fields;
        Digest = Hash(stage, version, input, fields);
    }

    /// <summary>The SHA-256 of all fields, each with its length before it, in lower-case hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>The stage's name, such as <c>transcribe</c>.</summary>
    public string Stage { get; }

    /// <summary>The version of the stage, which changes when its output would.</summary>
    public int Version { get; }

    /// <summary>The input with its namespace, such as <c>pcm:</c> and a digest.</summary>
    public string Input { get; }

    /// <summary>Every option that decides the result, in the order in which the stage named them.</summary>
    public IReadOnlyList<KeyField> Fields { get; }

    /// <summary>The names of the fields in which two keys of one stage and input differ; <c>version</c> among them.</summary>
    public IReadOnlyList<string> DifferencesTo(CacheKey other)
    {
        ArgumentNullException.ThrowIfNull(other);
        IEnumerable<string> fields = Fields.Except(other.Fields).Concat(other.Fields.Except(Fields)).Select(field => field.Name).Distinct();
        return [.. Version == other.Version ? fields : fields.Prepend("version")];
    }

    /// <summary>Whether all fields are the same, not the digest alone.</summary>
    public bool Equals(CacheKey? other) => other is not null
        && Digest == other.Digest && Stage == other.Stage && Version == other.Version && Input == other.Input
        && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CacheKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Digest.GetHashCode(StringComparison.Ordinal);

    /// <summary>The input and the stage, shortened, as log lines show them: <c>pcm:ab12cd34… transcribe</c>.</summary>
    public override string ToString() => $"{Shorten(Input)} {Stage}";

    /// <summary>An identity with the beginning of its digest, as people see it: <c>pcm:ab12cd34…</c>.</summary>
    internal static string Shorten(string identity)
    {
        const int Shown = 8;
        int value = identity.IndexOf(':', StringComparison.Ordinal) + 1;
        return identity.Length - value == DigestLength ? $"{identity[..(value + Shown)]}…" : identity;
    }

    private static string Hash(string stage, int version, string input, IReadOnlyList<KeyField> fields)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Form);
        Append(hash, stage);
        Append(hash, KeyBuilder.Text(version));
        Append(hash, input);
        foreach (KeyField field in fields)
        {
            Append(hash, field.Name);
            Append(hash, field.Value);
        }

        return hash.Finish();
    }

    // The length keeps "ab" + "c" apart from "a" + "bc"; no text is told from an empty one by a length that cannot be.
    private static void Append(IncrementalHash hash, string? text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text ?? "");
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
