using System.Globalization;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Audio;
using CesarPS.Engine.Tests.Models;
using CesarPS.Engine.Tests.Speech;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Recordings of two microphones, made of half the sample conversation by ffmpeg: Anna on the left, Robert on the right.</summary>
[Collection(WithEngines.Name)]
public sealed class SpeakerPerChannelTests(WhisperLab lab, Recordings recordings)
{
    private const int Few = 3;
    private const int Half = 7;
    private const string Apart = "";
    private const string Minus20Decibels = "0.1";
    private static readonly string[] s_channels = ["ANNA", "ROBERT"];
    private static readonly TranscriptionOptions s_perChannel = new() { SpeakerPerChannel = true, BeamSize = 1, Workers = 1 };

    [Theory]
    [InlineData("apart", Apart, Few)]
    [InlineData("bleed", Minus20Decibels, Half)]
    public async Task Every_sentence_is_at_the_channel_it_was_said_into(string name, string bleed, int turns)
    {
        Transcript transcript = await TranscribeAsync(await TwoMicrophonesAsync(name, bleed, turns), s_perChannel);

        for (int channel = 0; channel < s_channels.Length; channel++)
        {
            string speaker = $"Speaker {channel + 1}";
            string said = string.Join(' ', File.ReadLines(Path.ChangeExtension(WhisperLab.Conversation, ".txt")).Take(turns).Where(line => line.StartsWith(s_channels[channel], StringComparison.Ordinal)).Select(line => line[(line.IndexOf(':') + 1)..]));
            string heard = string.Join(' ', transcript.Segments.Where(segment => segment.Speaker == speaker).Select(segment => segment.Text));
            WordErrors.Rate(said, heard).ShouldBeLessThanOrEqualTo(0.06, heard);
        }

        transcript.Speakers.Select(speaker => (speaker.Name, speaker.TurnCount)).ShouldBe([("Speaker 1", (turns + 1) / 2), ("Speaker 2", turns / 2)]);
        transcript.Segments.Select(segment => segment.Start).ShouldBe(transcript.Segments.Select(segment => segment.Start).Order());
        transcript.Words.ShouldBeEmpty("nobody asked to see them");
    }

    [Theory]
    [InlineData("mono.flac", "pan=stereo|c0=c0|c1=c0")]
    [InlineData("poles.flac", "pan=stereo|c0=c0|c1=-1*c0")]
    [InlineData("mono.mp3", "pan=stereo|c0=c0|c1=c0")]
    public async Task Channels_that_are_the_same_are_told_and_transcribed_without_speakers(string name, string filter)
    {
        string recording = await recordings.MakeAsync("same_" + name, "-t", "6", "-i", WhisperLab.Conversation, "-af", filter);
        List<string> warnings = [];

        Transcript transcript = await TranscribeAsync(recording, s_perChannel, warnings);

        warnings.Single().ShouldContain("All 2 channels of " + recording + " are the same");
        transcript.Text.ShouldContain("lighthouse");
        transcript.Segments.ShouldAllBe(segment => segment.Speaker == null);
        transcript.Turns.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_who_speak_at_once_are_both_written()
    {
        Transcript transcript = await TranscribeAsync(SpeechSet.Find("audio/stereo_two_speakers.wav"), s_perChannel);

        Said("Speaker 1").ShouldContain("against the wizard");
        Said("Speaker 2").ShouldBe("The horizon seems extremely distant.");

        string Said(string speaker) => string.Join(' ', transcript.Segments.Where(segment => segment.Speaker == speaker).Select(segment => segment.Text));
    }

    [Fact]
    public async Task More_channels_than_people_have_microphones_are_refused()
    {
        string recording = await recordings.MakeAsync(
            "seventeen.wav", "-f", "lavfi", "-i", $"aevalsrc='{string.Join('|', Enumerable.Repeat("sin(t)", 17))}':d=0.1:s=8000");

        CesarException error = await Should.ThrowAsync<CesarException>(() => TranscribeAsync(recording, s_perChannel));

        (error.Kind, error.ErrorId).ShouldBe((CesarErrorKind.Input, "ChannelsTooMany"));
        using TranscriptionEngine planner = new(lab.Settings);
        (await Should.ThrowAsync<CesarException>(() => planner.PlanAsync(recording, s_perChannel, TestContext.Current.CancellationToken))).ErrorId.ShouldBe("ChannelsTooMany");
    }

    [Fact]
    public async Task A_single_channel_is_told_and_transcribed_without_speakers()
    {
        List<string> warnings = [];

        Transcript transcript = await TranscribeAsync(WhisperLab.Conversation, s_perChannel with { End = TimeSpan.FromSeconds(5) }, warnings);

        warnings.Single().ShouldContain("has a single channel");
        transcript.Text.ShouldContain("lighthouse");
        transcript.Speakers.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_done_is_found_again_under_other_names_of_speakers()
    {
        string recording = await TwoMicrophonesAsync("cached", Minus20Decibels, Half);
        using ScratchFolder scratch = new();
        CacheSettings cache = new() { Directory = scratch.At("cache") };
        TranscriptionOptions part = s_perChannel with { Start = TimeSpan.FromSeconds(5), End = TimeSpan.FromSeconds(15), Words = true };

        Transcript first = await TranscribeAsync(recording, part, cache: cache);
        List<string> warnings = [];
        Transcript again = await TranscribeAsync(recording, part with { SpeakerNames = SpeakerNames.Parse(["2=Robert", "3=Nobody"]) }, warnings, cache);

        using TranscriptionEngine planner = new(lab.Settings with { Cache = cache });
        TranscriptionPlan plan = await planner.PlanAsync(recording, part, TestContext.Current.CancellationToken);

        // The file has only just been made: whether its digest is remembered yet depends on how long all this took.
        plan.Stages.Skip(1).Select(stage => (stage.Stage, stage.Outcome)).ShouldBe([("transcode", StageOutcome.Hit), ("transcribe", StageOutcome.Hit)]);
        first.Stages.Select(stage => stage.Stage).ShouldBe(["acquire", "channels", "transcode", "transcode", "levels", "transcribe", "transcribe"]);
        again.Stages.Skip(1).ShouldAllBe(stage => stage.Outcome == StageOutcome.Hit);
        again.Words.Select(word => (word.Text, word.Start)).ShouldBe(first.Words.Select(word => (word.Text, word.Start)));
        again.Segments.Select(segment => segment.Speaker).ShouldBe(first.Segments.Select(segment => segment.Speaker == "Speaker 2" ? "Robert" : segment.Speaker));
        again.Segments[0].Start.ShouldBeGreaterThanOrEqualTo(part.Start);
        again.Turns.ShouldAllBe(turn => turn.Start >= part.Start && turn.End <= part.End);
        warnings.Single().ShouldContain("has no Speaker 3 to be named; it has Speaker 2, Speaker 1.");
    }

    private Task<string> TwoMicrophonesAsync(string name, string bleed, int count)
    {
        string[][] turns = [.. File.ReadLines(Path.ChangeExtension(WhisperLab.Conversation, ".rttm")).Take(count).Select(line => line.Split(' '))];
        string[] gates = [.. s_channels.Select(speaker => string.Join('+', turns.Where(turn => turn[7] == speaker)
            .Select(turn => $"between(t,{Number(turn[3]) - 0.1m},{Number(turn[3]) + Number(turn[4]) + 0.1m})")))];
        string other = bleed.Length > 0 ? "+" + bleed : "+0";
        string graph = string.Create(CultureInfo.InvariantCulture,
            $"asplit[l][r];[l]volume=volume='{gates[0]}':eval=frame[a];[r]volume=volume='{gates[1]}':eval=frame[b];[a][b]amerge=inputs=2,pan=stereo|c0=c0{other}*c1|c1=c1{other}*c0");
        string end = string.Create(CultureInfo.InvariantCulture, $"{Number(turns[^1][3]) + Number(turns[^1][4]) + 0.1m}");
        return recordings.MakeAsync($"two_{name}.flac", "-t", end, "-i", WhisperLab.Conversation, "-filter_complex", graph);

        static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    private async Task<Transcript> TranscribeAsync(string recording, TranscriptionOptions options, List<string>? warnings = null, CacheSettings? cache = null)
    {
        using TranscriptionEngine engine = new(lab.Settings with { Cache = cache }, new ListedMessages(warnings ?? []));
        return await engine.TranscribeAsync(recording, options, cancel: TestContext.Current.CancellationToken);
    }
}
