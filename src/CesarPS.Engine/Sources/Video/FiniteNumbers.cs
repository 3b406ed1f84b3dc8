namespace CesarPS.Engine.Sources.Video;

/// <summary>
/// Python writes numbers that are none (<c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>) as JSON does not know them, and a
/// page has only to say <c>1e999</c> to bring that about.
/// </summary>
internal static class FiniteNumbers
{
    private static readonly byte[][] s_names = [.. new[] { "-Infinity", "Infinity", "NaN" }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>The same JSON with 0 in the place of such numbers; what stands in strings stays.</summary>
    public static byte[] Of(ReadOnlySpan<byte> json)
    {
        byte[] finite = json.ToArray();
        bool inString = false;
        for (int at = 0; at < finite.Length; at++)
        {
            switch (finite[at])
            {
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'\\' when inString:
                    at++;
                    break;
                case (byte)'-' or (byte)'I' or (byte)'N' when !inString && NameAt(finite.AsSpan(at)) is { } length:
                    finite.AsSpan(at, length).Fill((byte)' ');
                    // There is no room for null in the place of NaN. 0 is no length of a recording either.
                    finite[at] = (byte)'0';
                    at += length - 1;
                    break;
            }
        }

        return finite;
    }

    private static int? NameAt(ReadOnlySpan<byte> text)
    {
        foreach (byte[] name in s_names)
        {
            if (text.StartsWith(name))
            {
                return name.Length;
            }
        }

        return null;
    }
}
