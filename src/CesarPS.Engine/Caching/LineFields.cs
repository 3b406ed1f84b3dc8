using System.Runtime.CompilerServices;
using System.Text;

namespace CesarPS.Engine.Caching;

/// <summary>Reads the fields of a line of <see cref="CheckedLines"/> one after another.</summary>
internal ref struct LineFields(ReadOnlySpan<byte> fields)
{
    private ReadOnlySpan<byte> _rest = fields;
    private bool _ended;

    /// <summary>The next field; empty where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<byte> Next()
    {
        int end = _rest.IndexOf((byte)'\t');
        ReadOnlySpan<byte> field = end < 0 ? _rest : _rest[..end];
        _ended = end < 0;
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return field;
    }

    /// <summary>Whether the last field was read.</summary>
    public readonly bool Ended => _ended;

    /// <summary>The next field as a number from 0 on; -1 where it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long NextNumber()
    {
        const int MostDigits = 19;
        ReadOnlySpan<byte> digits = Next();
        long number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            number = unchecked((number * 10) + (digit - '0'));
        }

        return digits.Length is 0 or > MostDigits || number < 0 ? -1 : number;
    }

    /// <summary>The next field as text, its escapes undone.</summary>
    public string NextText()
    {
        string text = Encoding.UTF8.GetString(Next());
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }

            plain.Append(text[++i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', char other => other });
        }

        return plain.ToString();
    }
}
