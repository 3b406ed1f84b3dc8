using System.Buffers;
using System.Globalization;
using System.Text;

namespace CesarPS.Engine.Sources.Video;

/// <summary>Finds our lines in what yt-dlp writes: how far it is, and the finished file. Anything else is passed over, and no line is longer than it may be.</summary>
internal sealed class OutputLines
{
    // In bytes: the longest path of Linux and our mark before it.
    private const int LongestLine = 4096 + 64;

    // Bytes until the line is whole: a chunk may end within a character.
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>The finished file as yt-dlp named it; null before it did.</summary>
    public string? Finished { get; private set; }

    /// <summary>Reads on.</summary>
    /// <returns>The last that was said: the bytes that are there, and those of the whole file where it is known.</returns>
    public (long Done, long? Total)? Read(ReadOnlySpan<byte> chunk)
    {
        (long, long?)? last = null;
        foreach (byte value in chunk)
        {
            if (value is (byte)'\n' or (byte)'\r')
            {
                string line = Encoding.UTF8.GetString(_line.WrittenSpan);
                last = Parse(line) ?? last;
                Finished = line.StartsWith(YtDlpArguments.FinishedMark, StringComparison.Ordinal) ? line[YtDlpArguments.FinishedMark.Length..] : Finished;
                _line.ResetWrittenCount();
            }
            else if (_line.WrittenCount < LongestLine)
            {
                _line.Write([value]);
            }
        }

        return last;
    }

    private static (long Done, long? Total)? Parse(string line)
    {
        if (!line.StartsWith(YtDlpArguments.ProgressMark, StringComparison.Ordinal))
        {
            return null;
        }

        string[] numbers = line[YtDlpArguments.ProgressMark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length == 3 && Number(numbers[0]) is { } done ? (done, Number(numbers[1]) ?? Number(numbers[2])) : null;
    }

    // An estimate has a fraction; what is not known is NA.
    private static long? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and < long.MaxValue ? (long)number : null;
}
