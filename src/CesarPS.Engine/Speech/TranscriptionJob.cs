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
    private readonly Queue<SpeechWindow> _first = new();
    private WhisperSession? _firstSession;
    private WindowTranscriber? _firstTranscriber;
    private SpeechWindow? _encoded;
    private DecodingTask? _task;
    private double? _languageProbability;
    private int _next;

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
        while (!decided && await windows.MoveNextAsync().ConfigureAwait(false))
        {
            SpeechWindow window = windows.Current;
            _firstSession ??= sessions.Rent(options.Threads);
            _firstTranscriber ??= new WindowTranscriber(model, _firstSession, options.Decoding);
            float[] probabilities = await Task.Run(() => _firstTranscriber.DetectLanguage(window, cancel), cancel).ConfigureAwait(false);
            decided = vote.Add(probabilities, window.SpeechDuration);
            if (_encoded is not null)
            {
                _first.Enqueue(_encoded);
            }

            _encoded = window;
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
        const double Doubt = 0.6, Serious = 0.05;
        if (leaders[0].Share >= Doubt)
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
            while (_first.TryDequeue(out SpeechWindow? window))
            {
                await queue.WriteAsync(window, cancel).ConfigureAwait(false);
            }

            while (_task is not null && await windows.MoveNextAsync().ConfigureAwait(false))
            {
                await queue.WriteAsync(windows.Current, cancel).ConfigureAwait(false);
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

            session = sessions.Rent(options.Threads);
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
    public SpeechResult Result(TimeSpan duration) => new(_segments, duration, _segments.Count > 0 ? _task!.Language : "", _languageProbability);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_firstSession is not null)
        {
            sessions.Return(_firstSession);
        }
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
