using System.Diagnostics;
using System.Threading.Channels;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Speech;

/// <summary>The work on one recording: its windows on their way through the workers, and their results in order.</summary>
internal sealed class TranscriptionJob(
    WhisperModel model, SessionPool sessions, SpeechOptions options, WindowLookAhead windows, IWindowMemory? memory, IProgress<SpeechProgress>? progress)
    : IDisposable
{
    private readonly object _lock = new();
    private readonly Dictionary<int, (SpeechWindow Window, IReadOnlyList<Segment> Segments)> _done = [];
    private readonly List<Segment> _segments = [];
    private readonly SemaphoreSlim _asking = new(1, 1);
    private bool _single;
    private HeadStart? _headStart;
    private DecodingTask? _task;
    private double? _languageProbability;
    private int _next;

    /// <summary>Settles what holds for all windows: the threads of the encoder, and the language.</summary>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        // The encoder of a recording's only window has the processors that nobody else needs.
        IReadOnlyList<SpeechWindow> first = await windows.LookAheadAsync(LanguageVote.Windows).ConfigureAwait(false);
        _single = first.Count < 2;
        if (!model.IsMultilingual || options.Language is not null)
        {
            _task = NewTask(options.Language?.Code ?? "en");
        }
        else if (first.Count > 0)
        {
            await DecideLanguageAsync(first, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Hands the windows to the workers, but for those that are remembered.</summary>
    public async Task FeedAsync(ChannelWriter<SpeechWindow> queue, CancellationToken cancel)
    {
        try
        {
            while (await windows.NextAsync().ConfigureAwait(false) is { } window)
            {
                if (Find(window) is { } remembered)
                {
                    Complete(window, remembered);
                }
                else
                {
                    await queue.WriteAsync(window, cancel).ConfigureAwait(false);
                }
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
        if (Interlocked.Exchange(ref _headStart, null) is { } headStart)
        {
            WorkOnFirst(headStart, cancel);
        }

        while (await NextAsync(queue, cancel).ConfigureAwait(false) is var (session, window))
        {
            Work(session, new WindowTranscriber(model, session, options.Decoding), window, cancel);
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

        _asking.Dispose();
    }

    // One worker at a time asks for a session: whoever came too late for the last window would wait for nothing.
    private async Task<(WhisperSession Session, SpeechWindow Window)?> NextAsync(ChannelReader<SpeechWindow> queue, CancellationToken cancel)
    {
        await _asking.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (!await queue.WaitToReadAsync(cancel).ConfigureAwait(false))
            {
                return null;
            }

            WhisperSession session = await RentAsync(_single, cancel).ConfigureAwait(false);
            queue.TryRead(out SpeechWindow? window);
            return (session, window!);
        }
        finally
        {
            _asking.Release();
        }
    }

    private void WorkOnFirst(HeadStart headStart, CancellationToken cancel)
    {
        if (Find(headStart.Encoded!) is { } remembered)
        {
            sessions.Return(headStart.Session);
            Complete(headStart.Encoded!, remembered);
        }
        else
        {
            Work(headStart.Session, headStart.Transcriber, headStart.Encoded!, cancel);
        }
    }

    // The session goes back before the result is told: who listens may take his time.
    private void Work(WhisperSession session, WindowTranscriber transcriber, SpeechWindow window, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        List<Segment> segments;
        try
        {
            segments = transcriber.Transcribe(window, _task!, options.Words, cancel);
        }
        finally
        {
            sessions.Return(session);
        }

        memory?.Keep(window, _task!.Language, segments, Stopwatch.GetElapsedTime(started));
        Complete(window, segments);
    }

    private IReadOnlyList<Segment>? Find(SpeechWindow window) => _task is null ? null : memory?.Find(window, _task.Language);

    private async Task DecideLanguageAsync(IReadOnlyList<SpeechWindow> first, CancellationToken cancel)
    {
        if (memory?.FindLanguage(first) is { } remembered)
        {
            (_task, _languageProbability) = (NewTask(remembered.Language), remembered.Probability);
            return;
        }

        long started = Stopwatch.GetTimestamp();
        // Nobody else works on this recording yet: the encoder has all its places, until the language is known.
        WhisperSession session = await RentAsync(wide: true, cancel).ConfigureAwait(false);
        WindowTranscriber transcriber = new(model, session, options.Decoding);
        _headStart = new HeadStart(session, transcriber, Encoded: null); // so that the session is returned whatever happens
        DecidedLanguage decided = await new LanguageDecision(model, transcriber, NewTask).DecideAsync(windows, cancel).ConfigureAwait(false);
        _headStart = _headStart with { Encoded = decided.Encoded };
        session.TakeHelp = _single ? session.TakeHelp : null;
        _task = decided.Task;
        _languageProbability = decided.Probability;
        memory?.KeepLanguage(first, new RememberedLanguage(decided.Task.Language, decided.Probability), Stopwatch.GetElapsedTime(started));
    }

    private Task<WhisperSession> RentAsync(bool wide, CancellationToken cancel) => sessions.RentAsync(options.Threads, options.Workers, wide, cancel);

    // Windows end in any order; segments leave in the order of the recording.
    private void Complete(SpeechWindow window, IReadOnlyList<Segment> segments)
    {
        lock (_lock)
        {
            _done.Add(window.Index, (window, segments));
            while (_done.Remove(_next, out (SpeechWindow Window, IReadOnlyList<Segment> Segments) ready))
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
