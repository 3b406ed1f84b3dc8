namespace CesarPS.Faults.Harness;

/// <summary>What disks, cables and other programs do to files.</summary>
internal static class Damage
{
    private const int LongestGarbage = 5_000;

    /// <summary>The size of a file that has grown huge; the disk has no bytes for it.</summary>
    public const long Huge = 5_000_000_000;

    /// <summary>The kinds of damage, by name. Each is told the file, and another one that it may need.</summary>
    public static IReadOnlyDictionary<string, Action<Random, string, string>> Kinds { get; } = new Dictionary<string, Action<Random, string, string>>
    {
        ["bit flipped"] = (random, file, _) => Edit(file, bytes => Flip(random, bytes)),
        ["truncated"] = (random, file, _) => Resize(file, random.NextInt64(Length(file) + 1)),
        ["emptied"] = (_, file, _) => Resize(file, 0),
        ["swapped with another"] = (_, file, other) => Swap(file, other),
        ["replaced by another"] = (_, file, other) => File.Copy(other, file, overwrite: true),
        ["filled with zeros"] = (random, file, _) => Edit(file, bytes => bytes.AsSpan(random.Next(bytes.Length + 1)).Clear()),
        ["garbage appended"] = (random, file, _) => Edit(file, bytes => [.. bytes, .. Garbage(random)]),
        ["garbage within"] = (random, file, _) => Edit(file, bytes => Splice(bytes, random.Next(bytes.Length + 1), Garbage(random))),
        ["garbage altogether"] = (random, file, _) => File.WriteAllBytes(file, Garbage(random)),
        ["said twice"] = (_, file, _) => Edit(file, bytes => [.. bytes, .. bytes]),
        ["grown huge"] = (_, file, _) => Resize(file, Huge),
        ["gone"] = (_, file, _) => File.Delete(file),
    };

    private static long Length(string file) => new FileInfo(file).Length;

    private static byte[] Garbage(Random random)
    {
        byte[] bytes = new byte[random.Next(1, LongestGarbage)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Flip(Random random, byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }

    private static byte[] Splice(byte[] bytes, int at, byte[] more) => [.. bytes[..at], .. more, .. bytes[at..]];

    private static void Edit(string file, Func<byte[], byte[]> edit) => File.WriteAllBytes(file, edit(File.ReadAllBytes(file)));

    private static void Edit(string file, Action<byte[]> edit) => Edit(file, bytes =>
    {
        edit(bytes);
        return bytes;
    });

    private static void Resize(string file, long length)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Write);
        stream.SetLength(length);
    }

    private static void Swap(string one, string other)
    {
        string aside = one + ".aside";
        File.Move(one, aside);
        File.Move(other, one, overwrite: true);
        File.Move(aside, other, overwrite: true);
    }
}
