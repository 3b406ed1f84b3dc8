using System.Threading.Channels;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Speech;

/// <summary>The work on one recording: its windows on their way through the workers, and their results in order.</summary>
internal sealed class TranscriptionJob(
    WhisperModel model, SessionPool sessions, SpeechOptions options, WindowLookAhead windows, IProgress<SpeechProgress>? progress) : IDisposable
{
    private readonly object _lock = new();
    private readonly Dictionary<int, (SpeechWindow Window, List<Segment> Segments)> _done = [];
    private readonly List<Segment> _segments = [];
    private int _encoderThreads = options.Threads;
    private HeadStart? _headStart;
    private DecodingTask? _task;
    private double? _languageProbability;
    private int _next;

    /// <summary>Settles what holds for all windows: the threads of the encoder, and the language.</summary>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        // A recording of a single window has all processors for its encoder.
        int known = await windows.LookAheadAsync(2).ConfigureAwait(false);
        if (known < 2)
        {
            _encoderThreads = options.Threads * options.Workers;
        }

        if (!model.IsMultilingual || options.Language is not null)
        {
            _task = NewTask(options.Language?.Code ?? "en");
        }
        else if (known > 0)
        {
            await DecideLanguageAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Hands the windows to the workers.</summary>
    public async Task FeedAsync(ChannelWriter<SpeechWindow> queue, CancellationToken cancel)
    {
        try
        {
            while (await windows.NextAsync().ConfigureAwait(false) is { } window)
            {
                await queue.WriteAsync(window, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            queue.Complete();
        }
    }

    /// <summary>Works on windows until there are no more.</summary>
    public async Task WorkAsync(ChannelReader<SpeechWindow> queue, CancellationToken cancel)
    {
        HeadStart? headStart = Interlocked.Exchange(ref _headStart, null);
        if (headStart is null && !await queue.WaitToReadAsync(cancel).ConfigureAwait(false))
        {
            return;
        }

        WhisperSession session = headStart?.Session ?? Rent();
        WindowTranscriber transcriber = headStart?.Transcriber ?? new WindowTranscriber(model, session, options.Decoding);
        try
        {
            if (headStart?.Encoded is { } encoded)
            {
                Complete(encoded, transcriber.Transcribe(encoded, _task!, options.Words, cancel));
            }

            await foreach (SpeechWindow window in queue.ReadAllAsync(cancel).ConfigureAwait(false))
            {
                Complete(window, transcriber.Transcribe(window, _task!, options.Words, cancel));
            }
        }
        finally
        {
            sessions.Return(session);
        }
    }

    /// <summary>What was found, when all work is done.</summary>
    public SpeechResult Result(TimeSpan duration) => new(_segments, duration, _segments.Count > 0 ? _task!.Language : "", _segments.Count > 0 ? _languageProbability : null);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_headStart is not null)
        {
            sessions.Return(_headStart.Session);
        }
    }

    private async Task DecideLanguageAsync(CancellationToken cancel)
    {
        WhisperSession session = Rent();
        WindowTranscriber transcriber = new(model, session, options.Decoding);
        _headStart = new HeadStart(session, transcriber, Encoded: null); // so that the session is returned whatever happens
        DecidedLanguage decided = await new LanguageDecision(model, transcriber, NewTask).DecideAsync(windows, cancel).ConfigureAwait(false);
        _headStart = _headStart with { Encoded = decided.Encoded };
        _task = decided.Task;
        _languageProbability = decided.Probability;
    }

    private WhisperSession Rent()
    {
        WhisperSession session = sessions.Rent(options.Threads);
        session.EncoderThreads = _encoderThreads;
        return session;
    }

    // Windows end in any order; segments leave in the order of the recording.
    private void Complete(SpeechWindow window, List<Segment> segments)
    {
        lock (_lock)
        {
            _done.Add(window.Index, (window, segments));
            while (_done.Remove(_next, out (SpeechWindow Window, List<Segment> Segments) ready))
            {
                _next++;
                _segments.AddRange(ready.Segments);
                progress?.Report(new SpeechProgress(ready.Segments, PcmFormat.Duration(ready.Window.Range.End)));
            }
        }
    }

    private DecodingTask NewTask(string language)
    {
        string prompt = options.Prompt.Trim();
        return new DecodingTask(language, options.Translate, prompt.Length == 0 ? [] : model.Tokenize(" " + prompt));
    }

    // The window that told the language is encoded already: the worker who comes first goes on with it.
    private sealed record HeadStart(WhisperSession Session, WindowTranscriber Transcriber, SpeechWindow? Encoded);
}
