using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace CesarPS.Engine.Caching;

/// <summary>
/// Lines that say whether they are whole: the CRC-32C of a line's fields stands before them in eight hexadecimal
/// digits. Fields are parted by tabs; in free text a tab, a line's end and a backslash are escaped.
/// </summary>
internal sealed class CheckedLines
{
    private const int CheckDigits = 8;

    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly ArrayBufferWriter<byte> _fields = new();

    /// <summary>The lines so far, with a line's end before the first: it ends what a killed writer left half written.</summary>
    public ReadOnlySpan<byte> Bytes => _lines.WrittenSpan;

    /// <summary>Whether there is no line yet.</summary>
    public bool IsEmpty => _lines.WrittenCount == 0;

    /// <summary>The fields of a line without its end.</summary>
    /// <returns>False where the line is not whole.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryOpen(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> fields)
    {
        fields = default;
        if (line.Length <= CheckDigits || line[CheckDigits] != (byte)'\t')
        {
            return false;
        }

        uint expected = 0;
        foreach (byte digit in line[..CheckDigits])
        {
            int value = digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : digit is >= (byte)'a' and <= (byte)'f' ? digit - 'a' + 10 : -1;
            if (value < 0)
            {
                return false;
            }

            expected = (expected << 4) | (uint)value;
        }

        fields = line[(CheckDigits + 1)..];
        return Check(fields) == expected;
    }

    /// <summary>Adds a field as it is: digits, names, digests.</summary>
    public CheckedLines Field(ReadOnlySpan<char> plain)
    {
        Part();
        Encoding.UTF8.GetBytes(plain, _fields);
        return this;
    }

    /// <summary>Adds a number.</summary>
    public CheckedLines Field(long number) => Field(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a text in which anything may stand.</summary>
    public CheckedLines Text(string text) => Field(
        text.AsSpan().IndexOfAny("\\\t\n\r") < 0
            ? text
            : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal));

    /// <summary>Ends the line.</summary>
    public void End()
    {
        if (IsEmpty)
        {
            _lines.Write("\n"u8);
        }

        Span<byte> check = _lines.GetSpan(CheckDigits + 1);
        Utf8Formatter.TryFormat(Check(_fields.WrittenSpan), check, out _, new StandardFormat('x', CheckDigits));
        check[CheckDigits] = (byte)'\t';
        _lines.Advance(CheckDigits + 1);
        _lines.Write(_fields.WrittenSpan);
        _lines.Write("\n"u8);
        _fields.ResetWrittenCount();
    }

    /// <summary>Adds a line that was read, its end not included.</summary>
    public void Copy(ReadOnlySpan<byte> line)
    {
        if (IsEmpty)
        {
            _lines.Write("\n"u8);
        }

        _lines.Write(line);
        _lines.Write("\n"u8);
    }

    private void Part()
    {
        if (_fields.WrittenCount > 0)
        {
            _fields.Write("\t"u8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Check(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
