using System.Globalization;
using System.Text;

namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Gives each input of a batch the name of its output files, without extension. Names follow the inputs', in
/// their order: <c>talk.mp3</c> gives <c>talk</c>; <c>talk.wav</c> after it <c>talk.wav</c>; another <c>talk.wav</c>
/// <c>talk (2)</c>. Names that differ in case alone count as the same, as they are on Windows and macOS.
/// </summary>
internal sealed class OutputNames
{
    /// <summary>The longest file name that common file systems take, in bytes of UTF-8.</summary>
    private const int MaxNameBytes = 255;

    /// <summary>What no file name may hold on one system or another.</summary>
    private const string ForbiddenAnywhere = "<>:\"/\\|?*";

    private static readonly string[] Devices =
    [
        "CON", "PRN", "AUX", "NUL",
        .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" }),
    ];

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _inputs = new(StringComparer.OrdinalIgnoreCase);
    private readonly int _room;
    private readonly char[] _forbidden;

    /// <summary>Begins a batch.</summary>
    /// <param name="longestExtension">The bytes to leave for an extension with its dot.</param>
    /// <param name="forbidden">Characters that file names here must not hold.</param>
    public OutputNames(int longestExtension, char[] forbidden)
    {
        _room = MaxNameBytes - longestExtension;
        _forbidden = forbidden;
    }

    /// <summary>A name that no other input of this batch has.</summary>
    public string Take(string input)
    {
        string file = Path.GetFileName(input);
        string stem = Path.GetFileNameWithoutExtension(file);
        string name = Safe(stem.Length > 0 ? stem : file);
        if (!_taken.Add(name))
        {
            string full = Safe(file);
            // The extension tells two inputs apart only where theirs differ.
            name = _inputs.Contains(file) || !_taken.Add(full) ? Numbered(name) : full;
        }

        _inputs.Add(file);
        return name;
    }

    /// <summary>A name for what has a title and no file: one that every file system takes, and that no other of this batch has.</summary>
    public string TakeTitle(string title)
    {
        StringBuilder portable = new();
        foreach (Rune rune in title.EnumerateRunes())
        {
            bool isForbidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || (rune.IsAscii && ForbiddenAnywhere.Contains((char)rune.Value, StringComparison.Ordinal));
            portable.Append(isForbidden ? "_" : rune.ToString());
        }

        // A dot before hides a file, one behind is lost on Windows, and two alone lead to the folder above.
        string name = Safe(portable.ToString().Trim().Trim('.').Trim());
        return _taken.Add(name) ? name : Numbered(name);
    }

    private string Numbered(string name)
    {
        for (int number = 2; ; number++)
        {
            string suffix = string.Create(CultureInfo.InvariantCulture, $" ({number})");
            string numbered = Shorten(name, _room - suffix.Length) + suffix;
            if (_taken.Add(numbered))
            {
                return numbered;
            }
        }
    }

    /// <summary>The name without what a file system refuses, and never that of a Windows device.</summary>
    private string Safe(string name)
    {
        foreach (char character in _forbidden)
        {
            name = name.Replace(character, '_');
        }

        if (name.Length == 0)
        {
            return "transcript";
        }

        // Windows takes "con.anything" for the console; a share or a memory stick may carry the file there.
        string beforeDot = name.Split('.')[0].TrimEnd();
        if (Devices.Contains(beforeDot, StringComparer.OrdinalIgnoreCase))
        {
            name = "_" + name;
        }

        return Shorten(name, _room);
    }

    private static string Shorten(string name, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(name) <= maxBytes)
        {
            return name;
        }

        var shortened = new StringBuilder();
        int bytes = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(name);
        while (elements.MoveNext() && (bytes += Encoding.UTF8.GetByteCount(elements.GetTextElement())) <= maxBytes)
        {
            shortened.Append(elements.GetTextElement());
        }

        return shortened.ToString().TrimEnd();
    }
}
