using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Tests.Speech;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>The sample conversation, from its file to its transcript.</summary>
[Collection(WithWhisper.Name)]
public sealed class ConversationTests(WhisperLab lab)
{
    private static readonly TranscriptionOptions s_part = new() { Start = TimeSpan.FromSeconds(5), End = TimeSpan.FromSeconds(14.3), Words = true, Workers = 1 };

    [Fact]
    public async Task The_text_is_what_was_said()
    {
        string said = string.Join(' ', File.ReadLines(Path.ChangeExtension(WhisperLab.Conversation, ".txt")).Select(line => line[(line.IndexOf(':') + 1)..]));

        WordErrors.Rate(said, (await lab.WholeAsync()).Text).ShouldBeLessThanOrEqualTo(0.05);
    }

    [Fact]
    public async Task The_transcript_tells_where_it_comes_from()
    {
        Transcript transcript = await lab.WholeAsync();

        transcript.Source.ShouldBe(WhisperLab.Conversation);
        transcript.Language.ShouldBe("en");
        transcript.LanguageProbability!.Value.ShouldBeInRange(0.8, 1);
        transcript.Duration.TotalSeconds.ShouldBeInRange(64, 66);
        transcript.Model.Name.ShouldBe("base");
        transcript.Model.Digest.Length.ShouldBe(64);
        transcript.Stages.Select(stage => (stage.Stage, stage.Outcome)).ShouldBe(
            [("acquire", StageOutcome.Uncached), ("transcode", StageOutcome.Uncached), ("transcribe", StageOutcome.Uncached)]);
        transcript.Stages.ShouldAllBe(stage => stage.Elapsed > TimeSpan.Zero && stage.Elapsed <= transcript.Elapsed);
    }

    [Fact]
    public async Task Segments_are_in_order_apart_and_within_the_recording()
    {
        Transcript transcript = await lab.WholeAsync();

        TimeSpan end = TimeSpan.Zero;
        foreach (Segment segment in transcript.Segments)
        {
            segment.Start.ShouldBeGreaterThanOrEqualTo(end);
            segment.End.ShouldBeGreaterThanOrEqualTo(segment.Start);
            segment.Text.ShouldBe(segment.Text.Trim());
            segment.Text.ShouldNotBeEmpty();
            segment.AverageLogProbability.ShouldBeLessThanOrEqualTo(0);
            segment.NoSpeechProbability.ShouldBeInRange(0, 1);
            segment.WordsShouldFit();
            end = segment.End;
        }

        end.ShouldBeLessThanOrEqualTo(transcript.Duration);
        transcript.Words.Count.ShouldBeGreaterThan(180);
    }

    [Fact]
    public async Task Words_are_where_they_are_spoken()
    {
        Word[] words = [.. (await lab.WholeAsync()).Words];
        string[][] turns = [.. File.ReadLines(Path.ChangeExtension(WhisperLab.Conversation, ".rttm")).Select(line => line.Split(' '))];

        // Words that begin the turns of their speaker, and stand nowhere else.
        foreach ((string text, int turn) in new[] { ("good", 0), ("once", 7), ("most", 9) })
        {
            double start = double.Parse(turns[turn][3], System.Globalization.CultureInfo.InvariantCulture);
            words.First(word => Plain(word) == text).Start.TotalSeconds.ShouldBe(start, 0.5, text);
        }
    }

    [Fact]
    public async Task Every_sentence_is_at_its_speaker_by_the_turns_of_the_sample()
    {
        SpeakerTurn[] turns = [.. File.ReadLines(Path.ChangeExtension(WhisperLab.Conversation, ".rttm")).Select(line => line.Split(' '))
            .Select(fields => new SpeakerTurn(Seconds(fields[3]), Seconds(fields[3]) + Seconds(fields[4]), fields[7]))];

        IReadOnlyList<Segment> segments = SpeakerAttribution.Attribute((await lab.WholeAsync()).Segments, turns);

        await EachShouldSayTheirOwnAsync(segments);

        static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Speakers_are_planned_for_before_they_are_told_apart()
    {
        TranscriptionPlan plan = await lab.Engine.PlanAsync(WhisperLab.Conversation, new TranscriptionOptions { Diarize = true }, TestContext.Current.CancellationToken);

        plan.Stages.Select(stage => stage.Stage).ShouldBe(["acquire", "transcode", "transcribe", "speaker-features", "diarize"]);
        plan.Stages.ShouldAllBe(stage => stage.Outcome == StageOutcome.Uncached);
    }

    [Fact]
    public async Task Diarized_every_sentence_is_at_its_speaker()
    {
        TranscriptionOptions options = new() { Diarize = true, BeamSize = 1, Workers = 1, SpeakerNames = SpeakerNames.Parse(["1=ANNA", "2=ROBERT"]) };
        Transcript transcript = await lab.Engine.TranscribeAsync(WhisperLab.Conversation, options, cancel: TestContext.Current.CancellationToken);

        await EachShouldSayTheirOwnAsync(transcript.Segments);
        transcript.Speakers.Select(speaker => (speaker.Name, speaker.TurnCount)).ShouldBe([("ANNA", 7), ("ROBERT", 6)]);
        transcript.Words.ShouldBeEmpty("nobody asked to see them");
    }

    [Fact]
    public async Task The_number_of_workers_changes_nothing()
    {
        Transcript one = await lab.Engine.TranscribeAsync(
            WhisperLab.Conversation, new TranscriptionOptions { Words = true, Workers = 1 }, cancel: TestContext.Current.CancellationToken);

        Content(one).ShouldBe(Content(await lab.WholeAsync()));
    }

    [Fact]
    public async Task Calls_at_the_same_time_give_what_calls_in_turn_give()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        TranscriptionOptions other = s_part with { Start = TimeSpan.FromSeconds(43.9), End = TimeSpan.FromSeconds(51.2), Workers = 4 };
        Task<Transcript> Run(TranscriptionOptions options) => lab.Engine.TranscribeAsync(WhisperLab.Conversation, options, cancel: cancel);
        string[] inTurn = [Content(await Run(s_part)), Content(await Run(other))];

        Transcript[] together = await Task.WhenAll(Run(s_part), Run(other));

        together.Select(Content).ShouldBe(inTurn);
        together[1].Text.ShouldContain("whale");
    }

    [Fact]
    public async Task A_part_lies_on_the_clock_of_the_whole()
    {
        Transcript part = await lab.Engine.TranscribeAsync(WhisperLab.Conversation, s_part, cancel: TestContext.Current.CancellationToken);
        Word[] whole = [.. (await lab.WholeAsync()).Words];

        part.Segments[0].Start.ShouldBeGreaterThanOrEqualTo(s_part.Start);
        part.Segments[^1].End.ShouldBeLessThanOrEqualTo(s_part.End!.Value);
        part.Duration.TotalSeconds.ShouldBe(9.3, 0.05);
        Word[] found = [.. part.Words.Where(word => whole.Any(other => Plain(other) == Plain(word) && Near(other.Start, word.Start)))];
        found.Length.ShouldBeGreaterThanOrEqualTo(part.Words.Count * 3 / 4);

        static bool Near(TimeSpan one, TimeSpan other) => (one - other).Duration() < TimeSpan.FromSeconds(0.5);
    }

    [Fact]
    public async Task Segments_that_are_told_on_the_way_are_those_of_the_transcript()
    {
        List<TranscriptionProgress> told = [];

        Transcript transcript = await lab.Engine.TranscribeAsync(
            WhisperLab.Conversation, s_part with { Words = false }, new Told(told.Add), TestContext.Current.CancellationToken);

        told.SelectMany(progress => progress.Segments).Select(Describe).ShouldBe(transcript.Segments.Select(Describe));
        told.Select(progress => progress.Stage).Distinct().ShouldBe(["transcode", "transcribe"]);
        foreach (IGrouping<string, TimeSpan> stage in told.GroupBy(progress => progress.Stage, progress => progress.Position))
        {
            TimeSpan[] positions = [.. stage];
            positions.ShouldBe(positions.Order());
        }

        told[^1].Position.ShouldBeInRange(TimeSpan.FromSeconds(8), transcript.Duration);
        told[^1].Duration!.Value.TotalSeconds.ShouldBe(9.3, 0.1);
        transcript.Words.ShouldBeEmpty();
    }

    private static async Task EachShouldSayTheirOwnAsync(IReadOnlyList<Segment> segments)
    {
        string[] lines = [.. Paragraph.Of(segments).Select(paragraph => $"{paragraph.Speaker}: {paragraph.Text}")];
        string[] said = await File.ReadAllLinesAsync(Path.ChangeExtension(WhisperLab.Conversation, ".txt"), TestContext.Current.CancellationToken);
        lines.Length.ShouldBe(said.Length);
        foreach ((string line, string turn) in lines.Zip(said))
        {
            line[..line.IndexOf(':')].ShouldBe(turn[..turn.IndexOf(':')]);
            WordErrors.Rate(turn, line).ShouldBeLessThanOrEqualTo(0.15, line);
        }
    }

    private static string Plain(Word word) => word.Text.Trim('.', ',', '?', '!').ToLowerInvariant();

    private static string Describe(Segment segment) => $"{segment.Start} {segment.End} {segment.Text} {segment.AverageLogProbability}";

    private static string Content(Transcript transcript) => TranscriptJson.Write(transcript with { Stages = [], Elapsed = TimeSpan.Zero });
}
