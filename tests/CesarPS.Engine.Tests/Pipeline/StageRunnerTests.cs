using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Caching;
using Microsoft.Extensions.Logging.Abstractions;

namespace CesarPS.Engine.Tests.Pipeline;

public sealed class StageRunnerTests : IDisposable
{
    private readonly CacheLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task The_digest_of_a_file_is_kept_without_waiting_for_the_disk()
    {
        string path = Path.Combine(_lab.Folder, "talk.wav");
        await File.WriteAllBytesAsync(path, [1, 2, 3], TestContext.Current.CancellationToken);
        StampedFile file = StampedFile.At(InputFile.Check(path)) with { IsSettled = true };
        RecordingRun run = new(path, path, CacheMode.Use, progress: null);
        using StageCache cache = _lab.Open();
        StageRunner runner = new(cache, NullLogger.Instance);

        (await runner.RunAsync(new AcquireStage(), file, run, TestContext.Current.CancellationToken)).Outcome.ShouldBe(StageOutcome.Miss);

        _lab.Disk.Steps.ShouldNotContain(step => step.Step == DiskStep.Flush || step.Step == DiskStep.FlushFolder);
        (await runner.RunAsync(new AcquireStage(), file, run, TestContext.Current.CancellationToken)).Outcome.ShouldBe(StageOutcome.Hit);
    }
}
