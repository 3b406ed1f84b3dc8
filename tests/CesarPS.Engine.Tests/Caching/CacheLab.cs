using System.Buffers;
using System.Text;
using System.Text.Json;
using CesarPS.Engine.Caching;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Tests.Caching;

/// <summary>A cache in a folder of its own that goes when the test does, with a clock and a list of warnings.</summary>
internal sealed class CacheLab : IDisposable
{
    public CacheLab() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"cesar cache {Guid.NewGuid():N}");

    public CacheLayout Layout => new(Folder);

    public Clock Time { get; } = new();

    public CountingDisk Disk { get; } = new();

    public Warnings Log { get; } = new();

    public StageCache Open(long limit = CacheSettings.DefaultSizeLimit) => new(Settings(limit), Log, Time, Disk);

    public CacheRooms Rooms() => new(Settings(CacheSettings.DefaultSizeLimit), Disk, Time);

    public CacheAdministration Administration(long limit = CacheSettings.DefaultSizeLimit) => new(Settings(limit), Time, Disk);

    public CacheSettings Settings(long limit) => new() { Directory = Folder, SizeLimit = limit };

    /// <summary>The request for a text, as a stage would make it.</summary>
    public static CacheRequest<string> Ask(string input, string stage = "transcribe", string? language = "en") => new(Key(input, stage, language), new TextCodec()) { Origin = $"/talks/{input}.wav" };

    public static CacheKey Key(string input, string stage = "transcribe", string? language = "en") =>
        new KeyBuilder(stage, 1, "pcm:" + input).Add("language", language).Build();

    public static CacheRecord Record(string input, string stage = "transcribe", string value = "\"text\"", Artifact? artifact = null, string? output = null) =>
        new(Key(input, stage), new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(45), Encoding.UTF8.GetBytes(value))
        {
            Origin = $"/talks/{input}.wav",
            Artifact = artifact,
            Output = output,
        };

    /// <summary>Keeps a result with an artifact, as the transcoding of a recording does.</summary>
    public static async Task<Artifact> AddAudioAsync(StageCache cache, string input, byte[] audio)
    {
        AudioCodec codec = new();
        CacheRequest<Artifact> request = new(Key(input, "transcode"), codec) { Origin = $"/talks/{input}.mp3" };
        CacheResult<Artifact> result = await cache.GetOrAddAsync(
            request,
            (work, _) =>
            {
                ArtifactWriter writer = work.CreateArtifact();
                writer.Write(audio);
                return Task.FromResult(writer.Publish());
            },
            TestContext.Current.CancellationToken);
        return result.Value;
    }

    public static IReadOnlyList<string> Files(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (string folder in Directory.GetDirectories(Folder, "*", SearchOption.AllDirectories).Append(Folder))
            {
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A text as JSON.</summary>
    internal sealed class TextCodec : ICacheCodec<string>
    {
        public void Write(string value, IBufferWriter<byte> json)
        {
            using Utf8JsonWriter writer = new(json);
            writer.WriteStringValue(value);
        }

        public string Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root => root.GetString()!);
    }

    /// <summary>An artifact as JSON: its digest and size.</summary>
    internal sealed class AudioCodec : ICacheCodec<Artifact>
    {
        public void Write(Artifact value, IBufferWriter<byte> json)
        {
            using Utf8JsonWriter writer = new(json);
            writer.WriteStartArray();
            writer.WriteStringValue(value.Sha256);
            writer.WriteNumberValue(value.Bytes);
            writer.WriteEndArray();
        }

        public Artifact Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root => new Artifact(root[0].GetString()!, root[1].GetInt64()));

        public string? Output(Artifact value) => "pcm:" + value.Sha256;

        public Artifact? Artifact(Artifact value) => value;
    }

    /// <summary>A clock that a test sets.</summary>
    internal sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    /// <summary>A disk that counts what is done to it, and fails where a test wants it.</summary>
    internal sealed class CountingDisk : CacheDisk
    {
        private readonly List<(DiskStep Step, string Path)> _steps = [];

        public Func<DiskStep, string, Exception?> Fault { get; set; } = (_, _) => null;

        public long? Free { get; set; } = long.MaxValue;

        public IReadOnlyList<(DiskStep Step, string Path)> Steps
        {
            get
            {
                lock (_steps)
                {
                    return [.. _steps];
                }
            }
        }

        public override long? FreeBytes(string folder) => Free;

        public void Forget()
        {
            lock (_steps)
            {
                _steps.Clear();
            }
        }

        protected override void Before(DiskStep step, string path)
        {
            lock (_steps)
            {
                _steps.Add((step, path));
            }

            if (Fault(step, path) is { } fault)
            {
                throw fault;
            }
        }
    }

    /// <summary>What people were told.</summary>
    internal sealed class Warnings : ILogger
    {
        private readonly List<string> _told = [];

        public IReadOnlyList<string> Told
        {
            get
            {
                lock (_told)
                {
                    return [.. _told];
                }
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_told)
            {
                _told.Add(formatter(state, exception));
            }
        }
    }
}
