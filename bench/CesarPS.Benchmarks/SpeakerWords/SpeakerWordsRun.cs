using CesarPS.Benchmarks.Diarization;
using CesarPS.Benchmarks.EndToEnd;
using CesarPS.Benchmarks.Measuring;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Benchmarks.SpeakerWords;

/// <summary>
/// Counts the words that cesar gives to the right speaker, on recordings whose text is known by speaker: with the turns
/// that it finds, and with the reference's own, which shows what is lost between turns and words.
/// </summary>
internal static class SpeakerWordsRun
{
    private const double Limit = 0.93;
    private static readonly string[] s_recordings = ["conv_ls_2spk_a", "conv_ls_3spk_a"];

    public static async Task RunAsync(OptionList options, Checkout checkout, CancellationToken cancel)
    {
        string[] recordings = options.Take("--only")?.Split(',') ?? s_recordings;
        options.End();
        SpeechManifest manifest = new(checkout.SpeechSet());
        using TemporaryFolder folder = new();
        CesarProgram cesar = new(checkout, folder);
        string cache = folder.Fresh("cache");
        MarkdownTable table = new("recording", "words", "right by reference turns", "right by found turns", "at least");
        foreach (string name in recordings)
        {
            Notice.Say($"{name}");
            SpokenWord[] reference = ReferenceWords.Interleave(manifest.Reference(name), manifest.SpeakerReference(name));
            Transcript plain = await TranscribeAsync(name, "--words");
            IReadOnlyList<Segment> attributed = SpeakerAttribution.Attribute(plain.Segments, ReferenceTurns.Read(manifest.Turns(name)));
            Transcript diarized = await TranscribeAsync(name, "--diarize", "--words");
            List<(SpokenWord, SpokenWord)> known = Compare(reference, attributed);
            List<(SpokenWord, SpokenWord)> found = Compare(reference, diarized.Segments);
            table.Add($"{name}", $"{found.Count}", $"{Share(known):0.0} %", $"{Share(found):0.0} %", $"{Limit * 100:0} %");
        }

        table.Print();

        async Task<Transcript> TranscribeAsync(string name, params string[] arguments)
        {
            string output = folder.Fresh("transcripts");
            await cesar.MeasureAsync(["transcribe", manifest.Named(name), "--format", "json", "--output-dir", output, .. arguments], cache, cancel);
            return TranscriptJson.Read(await File.ReadAllTextAsync(Directory.GetFiles(output, "*.json").Single(), cancel));
        }
    }

    private static List<(SpokenWord Reference, SpokenWord Heard)> Compare(SpokenWord[] reference, IReadOnlyList<Segment> segments) =>
        WordAlignment.Align(reference, [.. segments.SelectMany(segment => segment.Words).SelectMany(word => SpokenWord.Of(word.Text, word.Speaker))]);

    private static double Share(List<(SpokenWord, SpokenWord)> pairs) => 100.0 * WordAlignment.Right(pairs) / Math.Max(1, pairs.Count);
}
