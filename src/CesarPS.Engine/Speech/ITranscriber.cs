using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Speech;

/// <summary>Speech to text. One implementation drives whisper.cpp; another engine can stand here.</summary>
internal interface ITranscriber
{
    /// <summary>Transcribes a recording as it is read.</summary>
    /// <param name="pcm">The recording.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="memory">Windows that were transcribed before; null for none.</param>
    /// <param name="progress">Told of segments as they become final, in order.</param>
    /// <param name="cancel">Stops the work within a second.</param>
    Task<SpeechResult> TranscribeAsync(
        IPcmReader pcm, SpeechOptions options, IWindowMemory? memory, IProgress<SpeechProgress>? progress, CancellationToken cancel);
}
