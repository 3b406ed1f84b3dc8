using CesarPS.Engine.Speakers;
using CesarPS.Engine.Speech;
using CesarPS.Engine.Tools;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// A recording whose channels are one speaker each, or hold different speech: decoded and transcribed apart by the same
/// stages as any other, then freed from what one microphone heard of another's speaker, and merged by time.
/// </summary>
internal sealed class ChannelTranscription(RecordingAudio audio, StageRunner runner, TranscribeStage transcribe, ToolLocator tools, ILogger logger)
{
    private const int MostChannels = 16;

    // A channel in which less is said than this share of the main one's, and whose language is less sure, is of its language.
    private const double LittleText = 0.1;
    private const double SureLanguage = 0.9;

    private readonly ChannelContrastStage _contrast = new(tools);
    private readonly ChannelCountStage _count = new(tools);
    private readonly ChannelLevelsStage _levels = new();

    /// <summary>A number of channels that can be transcribed apart.</summary>
    /// <exception cref="CesarException">There are too many (<c>ChannelsTooMany</c>).</exception>
    public static int Checked(int count, string name) => count <= MostChannels ? count : throw new CesarException(CesarErrorKind.Input, "ChannelsTooMany",
        $"{name} has {count} channels; one speaker per channel works with at most {MostChannels}. Use --diarize (-Diarize), or another audio track.");

    /// <summary>What the channels of a mix are to each other: whether it has lost something.</summary>
    /// <param name="input">The recording.</param>
    /// <param name="mix">The samples of its mix.</param>
    /// <param name="cancel">Stops the looking.</param>
    public async Task<ChannelContrast> CompareAsync(TranscodeInput input, PcmRecording mix, CancellationToken cancel) =>
        mix.Channels == ChannelContrastStage.Channels
            ? await input.Run.AddAsync(StageId.Contrast, runner.RunAsync(_contrast, input, input.Run, cancel)).ConfigureAwait(false)
            : ChannelContrast.None;

    /// <summary>Transcribes the channels; without speakers, and with a warning, where they do not tell who speaks.</summary>
    /// <param name="input">The recording.</param>
    /// <param name="prepare">Makes the input of the transcribing stage from samples.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="CesarException">ChannelsTooMany, and whatever the stages throw.</exception>
    public async Task<SpokenRecording> RunAsync(
        TranscodeInput input, Func<TranscodeInput, PcmRecording, IProgress<SpeechProgress>, TranscribeInput> prepare, CancellationToken cancel)
    {
        RecordingRun run = input.Run;
        int count = Checked(await run.AddAsync(StageId.Channels, runner.RunAsync(_count, input, run, cancel)).ConfigureAwait(false), run.Name);
        if (count < 2)
        {
            logger.OneChannel(run.Name);
            return await AloneAsync(input).ConfigureAwait(false);
        }

        TranscodeInput[] channels = [.. Enumerable.Range(1, count).Select(channel => input with { Selection = input.Selection with { Channel = channel } })];
        List<PcmRecording> samples = [];
        foreach (TranscodeInput channel in channels)
        {
            samples.Add(await audio.TranscodeAsync(channel, cancel).ConfigureAwait(false));
        }

        ChannelLevelsInput measured = new(samples, (pcm, token) => audio.OpenAsync(channels[samples.IndexOf(pcm)], pcm, token));
        ChannelLevels levels = await run.AddAsync(StageId.Levels, runner.RunAsync(_levels, measured, run, cancel)).ConfigureAwait(false);
        if (levels.AreSame)
        {
            logger.SameChannels(run.Name, count);
            return await AloneAsync(channels[0]).ConfigureAwait(false) with { Samples = samples };
        }

        List<SpeechResult> results = [];
        for (int i = 0; i < count; i++)
        {
            results.Add(await TranscribeAsync(i, null).ConfigureAwait(false));
        }

        SpeechResult main = results.MaxBy(TextLength)!;
        for (int i = 0; i < count; i++)
        {
            // A few words are easily taken for another language.
            if (results[i].Language.Length > 0 && results[i].Language != main.Language && results[i].LanguageProbability < SureLanguage
                && TextLength(results[i]) < LittleText * TextLength(main))
            {
                results[i] = await TranscribeAsync(i, Language.Parse(main.Language)).ConfigureAwait(false);
            }
        }

        IReadOnlyList<Segment>[] own = CrossTalk.Suppress([.. results.Select(result => result.Segments)], levels);
        return new SpokenRecording(main with { Segments = ChannelConversation.Merge(own) }, ChannelConversation.Turns(own), samples);

        static int TextLength(SpeechResult result) => result.Segments.Sum(segment => segment.Text.Length);

        Task<SpeechResult> TranscribeAsync(int channel, Language? language)
        {
            TranscribeInput one = prepare(channels[channel], samples[channel], new ChannelClock(run, channel, count, samples[channel].Duration));
            one = language is null ? one : one with { Options = one.Options with { Language = language } };
            return run.AddAsync(StageId.Transcribe, runner.RunAsync(transcribe, one, run, cancel));
        }

        async Task<SpokenRecording> AloneAsync(TranscodeInput alone)
        {
            PcmRecording pcm = await audio.TranscodeAsync(alone, cancel).ConfigureAwait(false);
            TranscribeInput one = prepare(alone, pcm, new ChannelClock(run, 0, 1, pcm.Duration));
            return new SpokenRecording(await run.AddAsync(StageId.Transcribe, runner.RunAsync(transcribe, one, run, cancel)).ConfigureAwait(false), [], [pcm]);
        }
    }
}

/// <summary>Tells how far the channels are that are transcribed one after another; their segments are final only when all are there.</summary>
internal sealed class ChannelClock(RecordingRun run, int channel, int channels, TimeSpan duration) : IProgress<SpeechProgress>
{
    /// <inheritdoc/>
    public void Report(SpeechProgress value) => run.Report(StageId.Transcribe, ((channel * duration) + value.Position) / channels, duration);
}
