using System.Globalization;
using System.Security.Cryptography;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Sources;
using CesarPS.Engine.Sources.Video;
using CesarPS.Engine.Sources.Web;
using CesarPS.Engine.Tools;
using CesarPS.Faults.Harness;
using CesarPS.Testing.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace CesarPS.Faults.Proofs;

/// <summary>
/// A process that fetches a recording from a real server is killed at random moments until one completes, and now and
/// then the recording changes meanwhile: what is kept is always one version, whole, and what had arrived is taken up.
/// </summary>
internal sealed class KilledWhileDownloading : Proof
{
    private const int Bytes = 6_000_000;
    private const int ChunkBytes = 50_000;
    private const string Begun = "begun";
    private const double ChangesInAll = 0.1;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);

    // Somewhat longer than a whole download takes: some are to complete.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(0.8);

    /// <inheritdoc/>
    public override async Task RunAsync(ProofRun run)
    {
        using Place place = run.NewPlace();
        await using LoopbackServer server = await LoopbackServer.StartAsync();
        int kills = 0, completed = 0, changes = 0, rounds = run.Count(10, 200);
        LoopbackResource talk = Next(server, run.Random, completed);
        HashSet<string> versions = [Digest(talk.Content)];
        while (kills < rounds || completed == 0)
        {
            using Child child = run.Start(place.Cache, server.At(Path(completed)).AbsoluteUri);
            await child.SaysAsync(Begun);
            Task<int> end = child.EndAsync(s_patience);
            if (kills < rounds && await Task.WhenAny(end, Task.Delay(s_longest * run.Random.NextDouble())) != end)
            {
                child.Kill();
            }

            int code = await end;
            CheckKept(place);
            if (child.Output.Contains("local_file:", StringComparison.Ordinal))
            {
                // One that was killed after all was kept leaves an entry, which is served for a day.
                ProofFailedException.Unless(versions.Any(version => child.Output.Contains(version, StringComparison.Ordinal)), () => $"Fetched was {child.Output}, served were {string.Join(", ", versions)}");
                completed++;
                talk = Next(server, run.Random, completed);
                versions = [Digest(talk.Content)];
                continue;
            }

            ProofFailedException.Unless(code == Signal.KilledExitCode, () => $"The child failed: {child.Output}");
            kills++;
            if (run.Random.NextDouble() < ChangesInAll)
            {
                changes++;
                talk.Replace(Content(run.Random), $"\"{run.Random.Next()}\"");
                versions.Add(Digest(talk.Content));
            }
        }

        Leftovers.Age(place);
        Maintenance.Run(place);
        Leftovers.Check(place);
        int resumed = server.Requests.Count(request => request.Status == 206);
        ProofRun.Figure($"{kills} kills, {completed} recordings of {Bytes / 1e6:F0} MB completed, {changes} changed on the way: each whole and of one version; {resumed} of {server.Requests.Count} requests took up what had arrived; {server.BytesSent / 1e6:F0} MB were sent for {completed * Bytes / 1e6:F0} MB, what was on its way to a killed process and versions that were given up among them");
    }

    /// <inheritdoc/>
    public override async Task<int> ChildAsync(string[] arguments)
    {
        using StageCache cache = Place.Open(arguments[0], NullLogger.Instance);
        using ScratchSpace scratch = new();
        StageRunner runner = new(cache, NullLogger.Instance);
        SourceFetch sources = new(new WebFetch(new DownloadPolicy()), new PageFetch(new YtDlp(new ToolLocator())));
        RecordingAcquisition acquisition = new(cache, runner, new RemoteAcquireStage(sources, cache, scratch, TimeProvider.System, NullLogger.Instance), () => 0);
        SourceReference source = SourceReference.Parse(arguments[1]);
        RecordingRun recording = RecordingAcquisition.Begin(source, CacheMode.Use, progress: null);
        Console.WriteLine(Begun);
        AcquiredRecording acquired = await acquisition.AcquireAsync(source, recording, new TranscriptionOptions(), CancellationToken.None);
        using OpenRecording open = await acquired.Bytes.OpenAsync(CancellationToken.None);
        Console.WriteLine(acquired.Bytes.Content);
        return 0;
    }

    private static LoopbackResource Next(LoopbackServer server, Random random, int number)
    {
        LoopbackResource talk = server.Serve(Path(number), Content(random), "audio/wav");
        talk.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{number}\"");
        talk.ChunkBytes = ChunkBytes;
        talk.Pause = s_pause;
        return talk;
    }

    private static string Path(int number) => string.Create(CultureInfo.InvariantCulture, $"/talk-{number}.wav");

    private static byte[] Content(Random random)
    {
        byte[] content = new byte[Bytes];
        random.NextBytes(content);
        "RIFF"u8.CopyTo(content);
        return content;
    }

    private static string Digest(byte[] content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();

    // What is there after a kill is whole, and nothing that is unfinished counts as an entry.
    private static void CheckKept(Place place)
    {
        if (Directory.Exists(place.Cache))
        {
            CacheVerification seen = new CacheAdministration(new CacheSettings { Directory = place.Cache }).Verify(repair: false);

            // The journal may name an entry whose writer was killed before it came: maintenance drops it.
            CacheProblem[] problems = [.. seen.Problems.Where(problem => problem.Kind != "JournalDiffers")];
            ProofFailedException.Unless(problems.Length == 0, () => string.Join('\n', problems.Select(problem => problem.ToString())));
        }
    }
}
