using System.Buffers;
using System.Text;
using CesarPS.Engine.Caching;
using Microsoft.Extensions.Logging.Abstractions;

namespace CesarPS.Console.Tests;

/// <summary>A cache on the disk with entries of one's own, made by the engine itself.</summary>
internal sealed class FilledCache(string folder) : IDisposable
{
    private readonly CacheSettings _settings = new() { Directory = folder };
    private readonly List<StageCache> _caches = [];

    /// <summary>Adds an entry that was made so long ago.</summary>
    /// <param name="stage">Its stage.</param>
    /// <param name="origin">What the recording is called.</param>
    /// <param name="age">How long ago it was made.</param>
    /// <param name="value">The result: any JSON.</param>
    /// <param name="input">What it was made from; of its own where it is not given.</param>
    /// <param name="output">What it is to the next stage.</param>
    /// <param name="took">How long the work took.</param>
    /// <returns>The key.</returns>
    public string Add(string stage, string origin, TimeSpan age, string value = "{}", string? input = null, string? output = null, TimeSpan? took = null)
    {
        CacheKey key = new KeyBuilder(stage, 3, input ?? $"local_file:{Guid.NewGuid():N}").Add("language", (string?)null).Add("task", "transcribe").Build();
        Open(age).TryAdd(new CacheRequest<string>(key, new Plain(output)) { Origin = origin }, value, took ?? TimeSpan.FromSeconds(45)).ShouldBeTrue();
        return key.Digest;
    }

    /// <summary>Adds an entry with a file of so many bytes.</summary>
    public async Task<string> AddWithFileAsync(string stage, string origin, TimeSpan age, int bytes, string? input = null, string? output = null)
    {
        CacheKey key = new KeyBuilder(stage, 1, input ?? $"local_file:{Guid.NewGuid():N}").Build();
        Plain codec = new(output);
        await Open(age).GetOrAddAsync(
            new CacheRequest<string>(key, codec) { Origin = origin },
            (work, _) =>
            {
                ArtifactWriter writer = work.CreateArtifact();
                byte[] noise = new byte[bytes];
                Random.Shared.NextBytes(noise);
                writer.Write(noise);
                codec.File = writer.Publish();
                return Task.FromResult("{}");
            },
            TestContext.Current.CancellationToken);
        return key.Digest;
    }

    /// <summary>Begins work that goes on until the source of its result is completed.</summary>
    public async Task<(Task Work, TaskCompletionSource<string> Result)> WorkAsync(string stage, string origin)
    {
        CacheKey key = new KeyBuilder(stage, 1, "pcm:" + new string('a', 64)).Build();
        TaskCompletionSource<string> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task work = Open(TimeSpan.FromMinutes(3)).GetOrAddAsync(
            new CacheRequest<string>(key, new Plain(null)) { Origin = origin },
            (_, _) =>
            {
                begun.SetResult();
                return result.Task;
            },
            TestContext.Current.CancellationToken);
        await begun.Task;
        return (work, result);
    }

    /// <summary>Changes a byte in the middle of an entry's record.</summary>
    public void Damage(string key)
    {
        string path = new CacheLayout(_settings.Directory).Record(key);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _caches.ForEach(cache => cache.Dispose());

    private StageCache Open(TimeSpan age)
    {
        StageCache cache = new(_settings, NullLogger.Instance, new Earlier(age));
        _caches.Add(cache);
        return cache;
    }

    private sealed class Earlier(TimeSpan age) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - age;
    }

    private sealed class Plain(string? output) : ICacheCodec<string>
    {
        public Artifact? File { get; set; }

        public void Write(string value, IBufferWriter<byte> json) => json.Write(Encoding.UTF8.GetBytes(value));

        public string Read(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

        public string? Output(string value) => output;

        public Artifact? Artifact(string value) => File;
    }
}
