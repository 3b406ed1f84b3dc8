using System.Runtime.InteropServices;

namespace CesarPS.Engine.Speech.Whisper;

/// <summary>A loaded Whisper model: weights that any number of sessions share, and its vocabulary.</summary>
internal sealed unsafe class WhisperModel : SafeHandle
{
    // Characters of a text that go to whisper.cpp at once.
    private const int LongestPiece = 200;

    /// <summary>Loads a model file, which the caller has verified.</summary>
    /// <exception cref="CesarException">whisper.cpp does not accept the file, or memory is short.</exception>
    public WhisperModel(WhisperLibrary library, string path) : base(0, ownsHandle: true)
    {
        Library = library;
        byte* message = stackalloc byte[256];
        fixed (byte* name = WhisperLibrary.CString(path))
        {
            SetHandle(library.OpenModel(name, message, 256));
        }

        if (IsInvalid)
        {
            throw new CesarException(CesarErrorKind.Model, "ModelUnusable",
                $"The model '{path}' cannot be loaded: {Marshal.PtrToStringUTF8((nint)message)}.");
        }

        WhisperModelInfo info;
        library.DescribeModel(handle, &info);
        Info = info;
    }

    /// <summary>The library that the model lives in.</summary>
    public WhisperLibrary Library { get; }

    /// <summary>Sizes and special tokens.</summary>
    public WhisperModelInfo Info { get; }

    /// <summary>Whether the model knows other languages than English.</summary>
    public bool IsMultilingual => Info.Languages > 0;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The tokens of a text.</summary>
    public int[] Tokenize(string text) => [.. Pieces(text).SelectMany(TokenizePiece)];

    // whisper.cpp finds words by std::regex, which goes one call deeper for each byte of a word: a text of thousands
    // of characters without a space (Chinese has none) would overflow the stack, which ends the process.
    private static IEnumerable<string> Pieces(string text)
    {
        for (int from = 0, to; from < text.Length; from = to)
        {
            to = Math.Min(from + LongestPiece, text.Length);
            if (to < text.Length)
            {
                int space = text.LastIndexOf(' ', to, to - from); // a token begins with the space before its word
                to = space > from ? space : char.IsHighSurrogate(text[to - 1]) ? to - 1 : to;
            }

            yield return text[from..to];
        }
    }

    private int[] TokenizePiece(string text)
    {
        fixed (byte* bytes = WhisperLibrary.CString(text))
        {
            int needed = -Library.Tokenize(handle, bytes, null, 0);
            int[] tokens = new int[Math.Max(needed, 0)];
            fixed (int* room = tokens)
            {
                int count = Library.Tokenize(handle, bytes, room, tokens.Length);
                return count == tokens.Length ? tokens : tokens[..Math.Max(count, 0)];
            }
        }
    }

    /// <summary>The bytes of a token; a character may be spread over several tokens.</summary>
    public ReadOnlySpan<byte> TokenBytes(int token)
    {
        int length;
        byte* bytes = Library.TokenBytes(handle, token, &length);
        return new ReadOnlySpan<byte>(bytes, length);
    }

    /// <summary>The code of a language of this model by its number.</summary>
    public string LanguageCode(int id) => Marshal.PtrToStringUTF8((nint)Library.LanguageCode(id))!;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Library.CloseModel(handle);
        return true;
    }
}
