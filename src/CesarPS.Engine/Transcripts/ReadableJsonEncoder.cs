using System.Globalization;
using System.Text.Encodings.Web;

namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Escapes in JSON what must be (RFC 8259), control characters and Unicode's line separators, and nothing else:
/// text in any script, emoji too, which the relaxed encoder of the runtime still escapes, can be read and searched.
/// Strings must be valid UTF-16.
/// </summary>
internal sealed unsafe class ReadableJsonEncoder : JavaScriptEncoder
{
    private const int EscapeLength = 6;

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => EscapeLength;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar is '"' or '\\' or < 0x20 or (>= 0x7F and < 0xA0) or 0x2028 or 0x2029;

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var units = new ReadOnlySpan<char>(text, textLength);
        for (int i = 0; i < units.Length; i++)
        {
            if (WillEncode(units[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        string escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            _ when WillEncode(unicodeScalar) => string.Create(CultureInfo.InvariantCulture, $"\\u{unicodeScalar:X4}"),
            _ => char.ConvertFromUtf32(unicodeScalar),
        };
        numberOfCharactersWritten = escape.TryCopyTo(output) ? escape.Length : 0;
        return numberOfCharactersWritten > 0;
    }
}
