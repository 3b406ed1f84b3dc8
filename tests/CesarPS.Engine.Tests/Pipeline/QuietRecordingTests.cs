using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Audio;
using CesarPS.Engine.Tests.Speech;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Where nobody speaks, nothing is written.</summary>
[Collection(WithWhisper.Name)]
public sealed class QuietRecordingTests(WhisperLab lab, Recordings recordings)
{
    [Theory]
    [InlineData("silence", "anullsrc=r=16000:d=40")]
    [InlineData("tone", "sine=f=440:d=20")]
    [InlineData("brown", "anoisesrc=c=brown:d=20:a=0.5:seed=1")]
    [InlineData("white", "anoisesrc=c=white:d=20:a=0.1:seed=1")]
    [InlineData("chords", "aevalsrc='0.2*exp(-3*mod(t,0.5))*(sin(2*PI*220*t)+sin(2*PI*277*t)+sin(2*PI*330*t)+sin(2*PI*440*t))':d=20")] // plucked
    [InlineData("beat", "aevalsrc='0.6*exp(-20*mod(t,0.5))*sin(2*PI*60*t)+0.1*exp(-40*mod(t,0.25))*(random(0)-0.5)':d=20")]
    public async Task A_recording_without_speech_has_an_empty_transcript(string name, string source)
    {
        string path = await recordings.MakeAsync($"quiet_{name}.wav", "-f", "lavfi", "-i", source);

        Transcript transcript = await lab.Engine.TranscribeAsync(path, new TranscriptionOptions(), cancel: TestContext.Current.CancellationToken);

        transcript.Segments.ShouldBeEmpty();
        transcript.Text.ShouldBeEmpty();
        transcript.Language.ShouldBeEmpty();
        transcript.Duration.TotalSeconds.ShouldBeInRange(19.9, 40.1);
    }
}
