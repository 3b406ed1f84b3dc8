using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CesarPS.Engine.Speech.Whisper;

/// <summary>
/// A place to work on one window at a time. Sessions of one model may work in parallel. Every call starts clean:
/// nothing is carried from one window to the next.
/// </summary>
internal sealed unsafe class WhisperSession : IDisposable
{
    private readonly WhisperModel _model;
    private readonly WhisperLibrary _library;
    private readonly StrongBox<CancellationToken> _cancel = new();
    private readonly WhisperToken[] _tokens;
    private GCHandle _self;
    private nint _handle;

    /// <summary>Opens a session that computes with a number of threads.</summary>
    /// <exception cref="CesarException">Memory is short.</exception>
    public WhisperSession(WhisperModel model, int threads)
    {
        _model = model;
        _library = model.Library;
        Threads = threads;
        _tokens = new WhisperToken[model.Info.TextContext];
        _self = GCHandle.Alloc(_cancel);
        bool added = false;
        model.DangerousAddRef(ref added);
        _handle = _library.OpenSession(model.DangerousGetHandle(), threads, &ShouldStop, GCHandle.ToIntPtr(_self));
        if (_handle == 0)
        {
            Dispose();
            WhisperLibrary.Check(-3, CancellationToken.None);
        }
    }

    /// <summary>The number of threads that the session computes with.</summary>
    public int Threads { get; }

    /// <summary>Takes further places, whose threads the encoder uses as well while it computes; null for none.</summary>
    public Func<TakenPlaces>? TakeHelp { get; set; }

    /// <summary>Encodes a window.</summary>
    /// <param name="samples">Up to 30 s of 16 kHz mono sound.</param>
    /// <param name="audioContext">Encoder positions of 20 ms to compute; 0 for those of 30 s.</param>
    /// <param name="cancel">Stops the computation at its next node.</param>
    public void Encode(ReadOnlySpan<float> samples, int audioContext, CancellationToken cancel)
    {
        _cancel.Value = cancel;
        using TakenPlaces help = TakeHelp?.Invoke() ?? default;
        fixed (float* first = samples)
        {
            WhisperLibrary.Check(_library.Encode(_handle, first, samples.Length, audioContext, Threads * (1 + help.Count)), cancel);
        }
    }

    /// <summary>The probability of each language of the model for the encoded window.</summary>
    public float[] DetectLanguage(CancellationToken cancel)
    {
        _cancel.Value = cancel;
        float[] probabilities = new float[_model.Info.Languages];
        fixed (float* first = probabilities)
        {
            WhisperLibrary.Check(_library.DetectLanguage(_handle, first), cancel);
        }

        return probabilities;
    }

    /// <summary>Writes the text of the encoded window.</summary>
    /// <param name="task">Language, task and the text before.</param>
    /// <param name="width">Beam size at temperature 0, number of samples above.</param>
    /// <param name="temperature">0 decodes by probability alone.</param>
    /// <param name="cancel">Stops the computation at its next node.</param>
    public Decoding Decode(DecodingTask task, int width, float temperature, CancellationToken cancel)
    {
        _cancel.Value = cancel;
        NativeDecodeResult result;
        fixed (byte* language = WhisperLibrary.CString(task.Language))
        fixed (int* prompt = task.Prompt)
        fixed (WhisperToken* tokens = _tokens)
        {
            NativeDecodeOptions options = new()
            {
                Language = language,
                Translate = task.Translate ? 1 : 0,
                Width = width,
                Temperature = temperature,
                // The same draw each time a window is decoded at a temperature; another at each temperature.
                Seed = (uint)MathF.Round(temperature * 1000),
                Prompt = prompt,
                PromptLength = task.Prompt.Length,
            };
            WhisperLibrary.Check(_library.Decode(_handle, &options, tokens, &result), cancel);
        }

        return new Decoding(
            _tokens[..result.Tokens],
            result.SumLogProbability / (result.Tokens + 1),
            result.NoSpeechProbability,
            temperature,
            result.Complete != 0);
    }

    /// <summary>When text tokens of the encoded window are spoken.</summary>
    /// <returns>The start of each token and the end of the last, in seconds of the window.</returns>
    public float[] Align(DecodingTask task, ReadOnlySpan<int> textTokens, CancellationToken cancel)
    {
        _cancel.Value = cancel;
        float[] times = new float[textTokens.Length + 1];
        fixed (byte* language = WhisperLibrary.CString(task.Language))
        fixed (int* tokens = textTokens)
        fixed (float* first = times)
        {
            WhisperLibrary.Check(_library.Align(_handle, language, task.Translate ? 1 : 0, tokens, textTokens.Length, first), cancel);
        }

        return times;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_handle != 0)
        {
            _library.CloseSession(_handle);
            _handle = 0;
        }

        if (_self.IsAllocated)
        {
            _self.Free();
            _model.DangerousRelease();
        }
    }

    // Runs inside the engine's loops: reads one flag and lets no exception out.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShouldStop(nint context) =>
        ((StrongBox<CancellationToken>)GCHandle.FromIntPtr(context).Target!).Value.IsCancellationRequested ? 1 : 0;
}

/// <summary>What to write for a window.</summary>
/// <param name="Language">The code of the spoken language; ignored by English-only models.</param>
/// <param name="Translate">Whether to write English.</param>
/// <param name="Prompt">Tokens of text that the model takes for what went before.</param>
internal sealed record DecodingTask(string Language, bool Translate, int[] Prompt);

/// <summary>One attempt at the text of a window.</summary>
/// <param name="Tokens">Text and timestamp tokens.</param>
/// <param name="AverageLogProbability">Mean natural logarithm of the token probabilities, the end of text included.</param>
/// <param name="NoSpeechProbability">The model's probability that the window holds no speech.</param>
/// <param name="Temperature">The sampling temperature.</param>
/// <param name="IsComplete">Whether the model ended the text by itself.</param>
internal sealed record Decoding(WhisperToken[] Tokens, float AverageLogProbability, float NoSpeechProbability, float Temperature, bool IsComplete);
