using System.Threading.Channels;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Speech;

/// <summary>The work on one recording: its language, its windows in progress, and their results in order.</summary>
internal sealed class TranscriptionJob(WhisperModel model, SessionPool sessions, SpeechOptions options, IProgress<SpeechProgress>? progress) : IDisposable
{
    private readonly object _lock = new();
    private readonly Dictionary<int, (SpeechWindow Window, List<Segment> Segments)> _done = [];
    private readonly List<Segment> _segments = [];
    private readonly Queue<SpeechWindow> _waiting = new();
    private int _encoderThreads = options.Threads;
    private WhisperSession? _firstSession;
    private WindowTranscriber? _firstTranscriber;
    private SpeechWindow? _encoded;
    private DecodingTask? _task;
    private double? _languageProbability;
    private int _next;

    /// <summary>Sees whether the recording has more than one window: a single one has all processors for its encoder.</summary>
    public async Task LookAheadAsync(IAsyncEnumerator<SpeechWindow> windows)
    {
        while (_waiting.Count < 2 && await windows.MoveNextAsync().ConfigureAwait(false))
        {
            _waiting.Enqueue(windows.Current);
        }

        if (_waiting.Count < 2)
        {
            _encoderThreads = options.Threads * options.Workers;
        }
    }

    /// <summary>Reads as many windows as it takes to tell the language, where it was not given.</summary>
    /// <exception cref="CesarException">The model does not know the language that was given.</exception>
    public async Task DecideLanguageAsync(IAsyncEnumerator<SpeechWindow> windows, CancellationToken cancel)
    {
        if (!model.IsMultilingual || options.Language is not null)
        {
            _task = NewTask(options.Language?.Code ?? "en");
            return;
        }

        LanguageVote vote = new();
        bool decided = false;
        List<SpeechWindow> passed = [];
        while (!decided && await NextAsync(windows).ConfigureAwait(false) is { } window)
        {
            _firstSession ??= Rent();
            _firstTranscriber ??= new WindowTranscriber(model, _firstSession, options.Decoding);
            float[] probabilities = await Task.Run(() => _firstTranscriber.DetectLanguage(window, cancel), cancel).ConfigureAwait(false);
            decided = vote.Add(probabilities, window.SpeechDuration);
            if (_encoded is not null)
            {
                passed.Add(_encoded);
            }

            _encoded = window;
        }

        foreach (SpeechWindow window in passed)
        {
            _waiting.Enqueue(window);
        }

        if (vote.Voted > 0)
        {
            (int language, _languageProbability) = await Task.Run(() => Choose(vote.Leaders(), cancel), cancel).ConfigureAwait(false);
            _task = NewTask(model.LanguageCode(language));
        }
    }

    // Where the vote leaves doubt, the text decides: the wrong language explains the sound worse.
    private (int Language, double Share) Choose(IReadOnlyList<(int Language, double Share)> leaders, CancellationToken cancel)
    {
        const double Serious = 0.05;
        if (leaders[0].Share >= LanguageVote.Doubt)
        {
            return leaders[0];
        }

        return leaders.Where(leader => leader.Share >= Math.Min(Serious, leaders[0].Share))
            .MaxBy(leader => _firstTranscriber!.Try(NewTask(model.LanguageCode(leader.Language)), cancel) + (0.5 * Math.Log(leader.Share)));
    }

    /// <summary>Hands the windows to the workers.</summary>
    public async Task FeedAsync(IAsyncEnumerator<SpeechWindow> windows, ChannelWriter<SpeechWindow> queue, CancellationToken cancel)
    {
        try
        {
            while (_task is not null && await NextAsync(windows).ConfigureAwait(false) is { } window)
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
        // The window that told the language is encoded already: whoever comes first goes on with it.
        WhisperSession? session = Interlocked.Exchange(ref _firstSession, null);
        WindowTranscriber transcriber;
        if (session is not null)
        {
            transcriber = _firstTranscriber!;
        }
        else
        {
            if (!await queue.WaitToReadAsync(cancel).ConfigureAwait(false))
            {
                return;
            }

            session = Rent();
            transcriber = new WindowTranscriber(model, session, options.Decoding);
        }

        try
        {
            if (ReferenceEquals(transcriber, _firstTranscriber))
            {
                Complete(_encoded!, transcriber.Transcribe(_encoded!, _task!, options.Words, cancel));
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
        if (_firstSession is not null)
        {
            sessions.Return(_firstSession);
        }
    }

    private async ValueTask<SpeechWindow?> NextAsync(IAsyncEnumerator<SpeechWindow> windows) =>
        _waiting.TryDequeue(out SpeechWindow? waiting) ? waiting : await windows.MoveNextAsync().ConfigureAwait(false) ? windows.Current : null;

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
}
