using System.Diagnostics;
using System.Globalization;
using CesarPS.Benchmarks.EndToEnd;
using CesarPS.Benchmarks.Measuring;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Tools;

namespace CesarPS.Benchmarks.Diarization;

/// <summary>Measures the error of diarization on the recordings whose turns are known.</summary>
internal static class DiarizationRun
{
    private const double Collar = 0.25;

    // Its turns are the subtitles', not the speakers'.
    private const string Unfit = "ca_dosparlants";

    // Those that settings may be chosen on.
    private static readonly string[] s_chosenOn = ["conv_ls_2spk_a", "ami_ES2003a_0-30", "ami_EN2001e_0-30", "ami_EN2002a_0-30"];

    public static async Task RunAsync(OptionList options, Checkout checkout, CancellationToken cancel)
    {
        SpeechManifest manifest = new(checkout.SpeechSet());
        string[] names = options.Take("--only")?.Split(',') ?? [.. manifest.WithTurns().Where(name => name != Unfit)];
        SpeakerFeatureSettings settings = new() { WindowShift = OptionList.Positive("--window-shift", options.Take("--window-shift") ?? $"{new SpeakerFeatureSettings().WindowShift}") };
        double threshold = double.Parse(options.Take("--threshold") ?? $"{new VoiceSettings().Threshold}", CultureInfo.InvariantCulture);
        options.End();

        DiarizationOptions asked = new() { Voices = new VoiceSettings { Threshold = threshold } };
        using DiarizationModels models = new(checkout);
        MarkdownTable table = new("recording", "settings chosen on it", "speech", "DER", "missed", "false", "confused", "speakers", "in truth", "of whom outside the collar", "× real time");
        Dictionary<bool, DiarizationError> sums = new() { [true] = new(0, 0, 0, 0), [false] = new(0, 0, 0, 0) };
        foreach (string name in names)
        {
            cancel.ThrowIfCancellationRequested();
            ScoredTurn[] reference = [.. ReferenceTurns.Read(manifest.Turns(name)).Select(Scored)];
            await using IPcmReader pcm = await new AudioDecoder(new ToolLocator()).OpenAsync(manifest.Named(name), AudioSelection.Whole, cancel);
            long started = Stopwatch.GetTimestamp();
            RecordingFeatures features = await models.ExtractAsync(pcm, settings, cancel);
            ScoredTurn[] found = [.. new Diarizer(settings, Environment.ProcessorCount).Diarize(features, asked, cancel).Select(Scored)];
            double pace = Stopwatch.GetElapsedTime(started) / PcmFormat.Duration(features.Samples);
            DiarizationError error = DiarizationError.Of(reference, found, Collar);
            bool chosenOn = s_chosenOn.Contains(name);
            sums[chosenOn] += error;
            Add(name, chosenOn ? "yes" : "no", error, Count(found), Count(reference), $"{DiarizationError.CountingSpeakers(reference, Collar)}", pace.ToString("0.000", CultureInfo.InvariantCulture));
        }

        Add("chosen on", "yes", sums[true], "", "", "", "");
        Add("**the others**", "no", sums[false], "", "", "", "");
        Add("**all**", "", sums[true] + sums[false], "", "", "", "");
        table.Print();

        void Add(string name, string chosenOn, DiarizationError error, string found, string truth, string counting, string pace) => table.Add(
            $"{name}", $"{chosenOn}", $"{error.Total:0.0} s", $"{100 * error.Rate:0.0} %", $"{100 * error.Missed / error.Total:0.0} %",
            $"{100 * error.FalseAlarm / error.Total:0.0} %", $"{100 * error.Confusion / error.Total:0.0} %", $"{found}", $"{truth}", $"{counting}", $"{pace}");
    }

    private static ScoredTurn Scored(SpeakerTurn turn) => new(turn.Start.TotalSeconds, turn.End.TotalSeconds, turn.Speaker);

    private static string Count(ScoredTurn[] turns) => turns.Select(turn => turn.Speaker).Distinct().Count().ToString(CultureInfo.InvariantCulture);
}
