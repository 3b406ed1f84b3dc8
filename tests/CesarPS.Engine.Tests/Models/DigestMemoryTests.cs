using System.Security.Cryptography;
using CesarPS.Engine.Files;
using CesarPS.Engine.Models;

namespace CesarPS.Engine.Tests.Models;

public sealed class DigestMemoryTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly string file;
    private readonly string store;

    public DigestMemoryTests()
    {
        file = scratch.Write("model.bin", [1, 2, 3]);
        store = scratch.At("data", "digests.json");
    }

    public void Dispose() => scratch.Dispose();

    /// <summary>A clock that runs ahead, so that files written just now have settled.</summary>
    private sealed class LaterClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddSeconds(10);
    }

    private sealed class StoppedClock(DateTime time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }

    private async Task<FileDigests> DigestAsync(TimeProvider? time = null) =>
        await new DigestMemory(store, time ?? new LaterClock()).DigestAsync(file, TestContext.Current.CancellationToken);

    // A remembered digest that is wrong on purpose shows whether the memory or the file was asked.
    private void FalsifyMemory() => File.WriteAllText(store, File.ReadAllText(store).Replace(Sha256(1, 2, 3), new string('f', 64), StringComparison.Ordinal));

    private static string Sha256(params byte[] content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();

    [Fact]
    public async Task An_unchanged_file_is_not_read_again()
    {
        FileDigests first = await DigestAsync();
        first.Sha256.ShouldBe(Sha256(1, 2, 3));
        first.Sha1.ShouldBe("7037807198c22a7d2b0807371d763779a84fdfcf");
        FalsifyMemory();
        (await DigestAsync()).Sha256.ShouldBe(new string('f', 64));
    }

    [Fact]
    public async Task A_changed_file_is_read_again_even_when_its_size_and_time_are_put_back()
    {
        await DigestAsync();
        FalsifyMemory();
        DateTime written = File.GetLastWriteTimeUtc(file);
        File.WriteAllBytes(file, [4, 5, 6, 7]);
        (await DigestAsync()).Sha256.ShouldBe(Sha256(4, 5, 6, 7));

        if (OperatingSystem.IsLinux())
        {
            File.WriteAllBytes(file, [3, 2, 1]);
            File.SetLastWriteTimeUtc(file, written);
            (await DigestAsync()).Sha256.ShouldBe(Sha256(3, 2, 1));
        }
    }

    [Fact]
    public async Task A_file_that_changed_within_two_seconds_is_always_read()
    {
        await DigestAsync();
        FalsifyMemory();
        StoppedClock soonAfter = new(File.GetLastWriteTimeUtc(file).AddSeconds(1));
        (await DigestAsync(soonAfter)).Sha256.ShouldBe(Sha256(1, 2, 3));
        File.Delete(store);
        await DigestAsync(soonAfter);
        File.Exists(store).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ not json")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[null, 1]")]
    [InlineData("[null, {}, {\"Path\":\"x\"}, {\"Path\":\"x\",\"Stamp\":{}}, {\"Path\":\"x\",\"Stamp\":{},\"Digests\":{\"Sha256\":\"1\"}}]")]
    public async Task A_damaged_memory_costs_a_hash_and_is_replaced(string content)
    {
        scratch.Write(Path.Combine("data", "digests.json"), System.Text.Encoding.UTF8.GetBytes(content));
        (await DigestAsync()).Sha256.ShouldBe(Sha256(1, 2, 3));
        FalsifyMemory();
        (await DigestAsync()).Sha256.ShouldBe(new string('f', 64));
    }

    [Fact]
    public async Task A_memory_that_cannot_be_written_is_done_without()
    {
        // A folder where the file should be: not even an administrator can write that.
        Directory.CreateDirectory(store);
        (await DigestAsync()).Sha256.ShouldBe(Sha256(1, 2, 3));
        Directory.GetFiles(scratch.At("data")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_writers_at_once_leave_a_readable_memory()
    {
        string[] files = [.. Enumerable.Range(0, 80).Select(i => scratch.Write($"{i}.bin", [(byte)i]))];
        await Parallel.ForEachAsync(files, TestContext.Current.CancellationToken, async (path, cancel) =>
            (await new DigestMemory(store, new LaterClock()).DigestAsync(path, cancel)).Sha256.ShouldBe(Sha256(File.ReadAllBytes(path))));
        System.Text.Json.JsonDocument.Parse(File.ReadAllText(store)).RootElement.GetArrayLength().ShouldBeInRange(1, 64);
        Directory.GetFiles(scratch.At("data")).ShouldBe([store]);
    }
}
