using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>
/// <c>cesar transcribe</c> of a ten-minute recording is killed at random moments until it completes: the transcript is
/// that of an undisturbed run, and no window that was finished is worked on again.
/// </summary>
internal sealed class KilledForReal : Proof
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public override async Task RunAsync(ProofRun run)
    {
        Place place = run.NewPlace();
        if (CesarConsole.Find() is not { } program)
        {
            run.LeaveOut("the console", "it is not built: ./build.sh stage, or CESAR_TEST_PROGRAM");
            return;
        }

        // The small count has long pauses: fewer windows to search.
        int talks = run.Count(6, 10);
        if (await LongRecording.MakeAsync(place.Notes, talks) is not { } recording)
        {
            run.LeaveOut("the console", "ffmpeg is not on PATH");
            return;
        }

        CesarConsole console = new(program, place.Notes);
        long started = Stopwatch.GetTimestamp();
        string undisturbed = Segments(await console.RunAsync(Patience, Arguments(run, recording, Path.Combine(place.Folder, "undisturbed"))));
        TimeSpan whole = Stopwatch.GetElapsedTime(started);
        int windows = Windows(Path.Combine(place.Folder, "undisturbed")).Distinct().Count();

        int kills = 0, completed = 0, repeated = 0, rounds = run.Count(5, 50);
        // Each run is to come a bit further than the one before, and most are to be cut off; all of a few.
        int runsWorth = run.Count(8, 4);
        while (kills < rounds || completed == 0)
        {
            string cache = Path.Combine(place.Folder, string.Create(CultureInfo.InvariantCulture, $"killed-{completed}"));
            int before = kills;
            string? output = null;
            while (output is null)
            {
                TimeSpan delay = whole * run.Random.NextDouble() * 2 / runsWorth;
                output = await console.RunAsync(kills < rounds ? delay : Patience, Arguments(run, recording, cache), kills < rounds);
                kills += output is null ? 1 : 0;
            }

            completed++;
            string[] kept = [.. Windows(cache)];
            int again = kept.Length - kept.Distinct().Count();
            repeated += again;
            ProofFailedException.Unless(Segments(output) == undisturbed, () => $"After {kills - before} kills the segments are others:\n{Segments(output)}\ninstead of\n{undisturbed}");
            ProofFailedException.Unless(kept.Distinct().Count() == windows, () => $"{kept.Distinct().Count()} windows were kept, {windows} by the undisturbed run.");
            ProofFailedException.Unless(again <= kills - before, () => $"{again} windows were kept twice after {kills - before} kills.");
        }

        string seconds = whole.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        ProofRun.Figure($"a recording of ten minutes, {talks} of them talk, {windows} windows, {seconds} s undisturbed: {kills} kills, {completed} times completed, the segments the same byte for byte; {repeated} windows kept twice, others lost only while they were being worked on, one for each worker and kill");
    }

    // The small count searches as little as it can, to be done sooner: kills fall at the same places of the work.
    private static string[] Arguments(ProofRun run, string recording, string cache) =>
        ["transcribe", recording, "--format", "json", "--cache-dir", cache, .. run.Large ? (string[])[] : ["--language", "en", "--beam-size", "1"]];

    private static string Segments(string? json)
    {
        using JsonDocument document = JsonDocument.Parse(json!);
        return document.RootElement.GetProperty("segments").GetRawText();
    }

    // The journal has a line for each time that an entry was kept.
    private static List<string> Windows(string cache)
    {
        ReadOnlySpan<byte> journal = File.ReadAllBytes(Path.Combine(new CacheLayout(cache).Statistics, "journal"));
        List<string> windows = [];
        while (journal.IndexOf((byte)'\n') is >= 0 and int end)
        {
            if (CheckedLines.TryOpen(journal[..end], out ReadOnlySpan<byte> fields) && fields.Length > 0 && fields[0] == JournalLine.Entry
                && JournalLine.ReadEntry(fields) is { Stage: "window" } entry)
            {
                windows.Add(entry.Key);
            }

            journal = journal[(end + 1)..];
        }

        return windows;
    }
}
