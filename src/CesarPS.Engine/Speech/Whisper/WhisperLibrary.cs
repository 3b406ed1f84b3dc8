using System.Runtime.InteropServices;
using System.Text;
using CesarPS.Engine.Inference;

namespace CesarPS.Engine.Speech.Whisper;

/// <summary>
/// The functions of native/cesar_whisper.h. Loaded once; the operating system keeps the library for the life of the process.
/// </summary>
internal sealed unsafe class WhisperLibrary
{
    private const int AbiVersion = 2;
    private static readonly string[] s_names = ["libcesarwhisper.so", "libcesarwhisper.dylib", "cesarwhisper.dll"];

    public readonly delegate* unmanaged[Cdecl]<byte*, byte*, int, nint> OpenModel;
    public readonly delegate* unmanaged[Cdecl]<nint, void> CloseModel;
    public readonly delegate* unmanaged[Cdecl]<nint, WhisperModelInfo*, void> DescribeModel;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, int*, int, int> Tokenize;
    public readonly delegate* unmanaged[Cdecl]<nint, int, int*, byte*> TokenBytes;
    public readonly delegate* unmanaged[Cdecl]<int, byte*> LanguageCode;
    public readonly delegate* unmanaged[Cdecl]<nint, int, delegate* unmanaged[Cdecl]<nint, int>, nint, nint> OpenSession;
    public readonly delegate* unmanaged[Cdecl]<nint, void> CloseSession;
    public readonly delegate* unmanaged[Cdecl]<nint, float*, int, int, int, int> Encode;
    public readonly delegate* unmanaged[Cdecl]<nint, float*, int> DetectLanguage;
    public readonly delegate* unmanaged[Cdecl]<nint, NativeDecodeOptions*, WhisperToken*, NativeDecodeResult*, int> Decode;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, int, int*, int, float*, int> Align;

    /// <summary>Checks that the library is there, without loading it.</summary>
    /// <exception cref="CesarException">It is missing.</exception>
    public static void Require(NativeDirectory directory) => directory.Require(s_names);

    /// <summary>Loads the library and checks that this program and this processor can use it.</summary>
    /// <exception cref="CesarException">The library is missing, of another version, or built for another processor.</exception>
    public WhisperLibrary(NativeDirectory directory)
    {
        nint library = directory.Load(s_names);
        nint Find(string name) => NativeDirectory.Function(library, name);

        int version = ((delegate* unmanaged[Cdecl]<int>)Find("cesar_abi_version"))();
        if (version != AbiVersion)
        {
            throw new CesarException(CesarErrorKind.Native, "NativeLibraryVersion",
                $"The native library in '{directory.Path}' has interface version {version}, this program needs {AbiVersion}. Build both anew with './build.sh'.");
        }

        byte* names = stackalloc byte[256];
        if (((delegate* unmanaged[Cdecl]<byte*, int, int>)Find("cesar_missing_cpu_features"))(names, 256) > 0)
        {
            throw new CesarException(CesarErrorKind.Native, "ProcessorTooOld",
                $"The native library in '{directory.Path}' was built on a processor with {Marshal.PtrToStringUTF8((nint)names)}, which this one lacks. Build it on this machine with './build.sh native'.");
        }

        EngineVersion = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<byte*>)Find("cesar_engine_version"))())!;
        OpenModel = (delegate* unmanaged[Cdecl]<byte*, byte*, int, nint>)Find("cesar_model_open");
        CloseModel = (delegate* unmanaged[Cdecl]<nint, void>)Find("cesar_model_close");
        DescribeModel = (delegate* unmanaged[Cdecl]<nint, WhisperModelInfo*, void>)Find("cesar_model_describe");
        Tokenize = (delegate* unmanaged[Cdecl]<nint, byte*, int*, int, int>)Find("cesar_tokenize");
        TokenBytes = (delegate* unmanaged[Cdecl]<nint, int, int*, byte*>)Find("cesar_token_bytes");
        LanguageCode = (delegate* unmanaged[Cdecl]<int, byte*>)Find("cesar_language_code");
        OpenSession = (delegate* unmanaged[Cdecl]<nint, int, delegate* unmanaged[Cdecl]<nint, int>, nint, nint>)Find("cesar_session_open");
        CloseSession = (delegate* unmanaged[Cdecl]<nint, void>)Find("cesar_session_close");
        Encode = (delegate* unmanaged[Cdecl]<nint, float*, int, int, int, int>)Find("cesar_encode");
        DetectLanguage = (delegate* unmanaged[Cdecl]<nint, float*, int>)Find("cesar_detect_language");
        Decode = (delegate* unmanaged[Cdecl]<nint, NativeDecodeOptions*, WhisperToken*, NativeDecodeResult*, int>)Find("cesar_decode");
        Align = (delegate* unmanaged[Cdecl]<nint, byte*, int, int*, int, float*, int>)Find("cesar_align");
    }

    /// <summary>The engine and its version, such as <c>whisper.cpp 1.9.1</c>.</summary>
    public string EngineVersion { get; }

    /// <summary>Turns a code of the C interface into an exception.</summary>
    public static void Check(int code, CancellationToken cancel)
    {
        switch (code)
        {
            case 0:
                return;
            case -1:
                cancel.ThrowIfCancellationRequested();
                throw new OperationCanceledException(cancel);
            case -3:
                throw new CesarException(CesarErrorKind.Native, "OutOfMemory", "There is not enough memory for the model. Use a smaller model or fewer workers.");
            default:
                cancel.ThrowIfCancellationRequested();
                throw new CesarException(CesarErrorKind.Native, "WhisperFailed", $"whisper.cpp could not work on a window of the recording (code {code}).");
        }
    }

    /// <summary>A string as the C interface takes it: UTF-8, ended by a zero.</summary>
    public static byte[] CString(string text) => [.. Encoding.UTF8.GetBytes(text), 0];
}

/// <summary>cesar_model_info.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WhisperModelInfo(int Vocabulary, int AudioContext, int TextContext, int Languages, int EndOfText, int FirstTimestamp);

/// <summary>cesar_token: a token and the natural logarithm of its probability.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WhisperToken(int Id, float LogProbability);

/// <summary>cesar_decode_options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeDecodeOptions
{
    public byte* Language;
    public int Translate;
    public int Width;
    public float Temperature;
    public uint Seed;
    public int MaxTokens;
    public int* Prompt;
    public int PromptLength;
}

/// <summary>cesar_decode_result.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeDecodeResult
{
    public int Tokens;
    public float SumLogProbability;
    public float NoSpeechProbability;
    public int Complete;
}
