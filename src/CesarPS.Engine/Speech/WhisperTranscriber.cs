using System.Threading.Channels;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Speech;

/// <summary>
/// Transcribes with whisper.cpp: windows of speech go to workers as they are found, and come back in order.
/// A result depends on the recording and the options alone, not on the number of workers.
/// </summary>
internal sealed class WhisperTranscriber(WhisperModel model, Func<VoiceActivityDetector> voice, WorkPlaces places) : ITranscriber, IDisposable
{
    private readonly SessionPool _sessions = new(model, places);

    /// <inheritdoc/>
    public async Task<SpeechResult> TranscribeAsync(
        IPcmReader pcm, SpeechOptions options, IWindowMemory? memory, IProgress<SpeechProgress>? progress, CancellationToken cancel)
    {
        using VoiceActivityDetector detector = voice();
        WindowSource source = new(pcm, detector, options.Cut);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using IAsyncEnumerator<SpeechWindow> windows = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        using TranscriptionJob job = new(model, _sessions, options, new WindowLookAhead(windows), memory, progress);

        await job.PrepareAsync(stop.Token).ConfigureAwait(false);
        Channel<SpeechWindow> queue = Channel.CreateBounded<SpeechWindow>(options.Workers);
        List<Task> tasks = [Task.Run(() => job.FeedAsync(queue.Writer, stop.Token), CancellationToken.None)];
        for (int worker = 0; worker < options.Workers; worker++)
        {
            tasks.Add(Task.Run(() => job.WorkAsync(queue.Reader, stop.Token), CancellationToken.None));
        }

        await FinishAsync(tasks, stop).ConfigureAwait(false);
        return job.Result(PcmFormat.Duration(source.SamplesRead));
    }

    /// <inheritdoc/>
    public void Dispose() => _sessions.Dispose();

    // The first failure stops the others and is the one that is told; nobody is left working behind the caller's back.
    private static async Task FinishAsync(List<Task> tasks, CancellationTokenSource stop)
    {
        List<Task> running = [.. tasks];
        try
        {
            while (running.Count > 0)
            {
                Task ended = await Task.WhenAny(running).ConfigureAwait(false);
                running.Remove(ended);
                await ended.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
