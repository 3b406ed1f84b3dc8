using System.Globalization;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Audio;
using CesarPS.Engine.Tests.Models;
using CesarPS.Engine.Tests.Speech;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Recordings of two channels when nobody asked for them apart: a mix, unless it would lose what is said.</summary>
[Collection(WithEngines.Name)]
public sealed class ChannelsApartTests(WhisperLab lab, Recordings recordings)
{
    private static readonly TranscriptionOptions s_english = new() { Language = "en", BeamSize = 1, Workers = 1 };

    [Fact]
    public async Task Two_who_speak_at_once_on_channels_of_their_own_are_both_written_and_nobody_is_named()
    {
        using ScratchFolder scratch = new();
        CacheSettings cache = new() { Directory = scratch.At("cache") };
        string recording = await TwoAsync("at_once.flac", left: 0.2, right: 4.9);

        Transcript transcript = await TranscribeAsync(recording, s_english, cache);
        Transcript again = await TranscribeAsync(recording, s_english, cache);
        using TranscriptionEngine planner = new(lab.Settings with { Cache = cache });
        TranscriptionPlan plan = await planner.PlanAsync(recording, s_english, TestContext.Current.CancellationToken);

        transcript.Text.ShouldContain("spent the weekend in an old lighthouse");
        transcript.Text.ShouldContain("My grandfather was the last keeper");
        transcript.Segments.ShouldAllBe(segment => segment.Speaker == null && segment.Words.Count == 0);
        transcript.Turns.ShouldBeEmpty();
        transcript.Stages.Select(stage => stage.Stage)
            .ShouldBe(["acquire", "transcode", "contrast", "channels", "transcode", "transcode", "levels", "transcribe", "transcribe"]);
        again.Stages.Skip(1).ShouldAllBe(stage => stage.Outcome == StageOutcome.Hit);
        again.Segments.Select(segment => segment.Text).ShouldBe(transcript.Segments.Select(segment => segment.Text));
        plan.Stages.Skip(1).Select(stage => (stage.Stage, stage.Outcome)).ShouldBe([("transcode", StageOutcome.Hit), ("transcribe", StageOutcome.Hit)]);
    }

    [Fact]
    public async Task One_voice_in_both_channels_is_mixed()
    {
        string recording = await recordings.MakeAsync("louder_left.flac", "-t", "8", "-i", WhisperLab.Conversation, "-af", "pan=stereo|c0=c0|c1=0.4*c0");

        Transcript transcript = await TranscribeAsync(recording, s_english);

        transcript.Stages.Select(stage => stage.Stage).ShouldBe(["acquire", "transcode", "contrast", "transcribe"]);
        transcript.Text.ShouldContain("lighthouse");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Channels_that_cancel_each_other_are_not_mixed(bool diarize)
    {
        string recording = await recordings.MakeAsync("opposite.flac", "-t", "8", "-i", WhisperLab.Conversation, "-af", "pan=stereo|c0=c0|c1=-1*c0");

        using ScratchFolder scratch = new();

        Transcript transcript = await TranscribeAsync(recording, s_english with { Diarize = diarize }, new CacheSettings { Directory = scratch.At("cache") });

        transcript.Text.ShouldContain("lighthouse");
        Directory.EnumerateFiles(scratch.At("cache", "v1", "cas"), "*", SearchOption.AllDirectories).Count().ShouldBe(diarize ? 1 : 0, "the silent mix is dropped as well, and the features of speakers stay");
        transcript.Stages.Take(5).Select(stage => stage.Stage).ShouldBe(["acquire", "transcode", "contrast", "transcode", "transcribe"]);
    }

    [Fact]
    public async Task One_channel_is_not_looked_at()
    {
        Transcript transcript = await TranscribeAsync(WhisperLab.Conversation, s_english with { End = TimeSpan.FromSeconds(5) });

        transcript.Stages.Select(stage => stage.Stage).ShouldBe(["acquire", "transcode", "transcribe"]);
    }

    // Five seconds of the conversation from one moment on the left, from another on the right.
    private Task<string> TwoAsync(string name, double left, double right)
    {
        string graph = string.Create(CultureInfo.InvariantCulture,
            $"asplit[a][b];[a]atrim={left}:{left + 5},asetpts=PTS-STARTPTS[l];[b]atrim={right}:{right + 5},asetpts=PTS-STARTPTS[r];[l][r]amerge=inputs=2");
        return recordings.MakeAsync(name, "-i", WhisperLab.Conversation, "-filter_complex", graph);
    }

    private async Task<Transcript> TranscribeAsync(string recording, TranscriptionOptions options, CacheSettings? cache = null)
    {
        using TranscriptionEngine engine = new(lab.Settings with { Cache = cache });
        return await engine.TranscribeAsync(recording, options, cancel: TestContext.Current.CancellationToken);
    }
}
