using System.Buffers;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Caching;

/// <summary>Keeps results. What cannot be kept costs nobody his result.</summary>
internal sealed class EntryKeeper(CacheSettings settings, CacheRooms rooms, CacheUpkeep upkeep, TimeProvider time, ILogger logger)
{
    /// <summary>Writes a result down, replacing the one that is there.</summary>
    /// <param name="request">What it is found by.</param>
    /// <param name="value">The result.</param>
    /// <param name="elapsed">How long the work took.</param>
    /// <returns>Whether it is kept.</returns>
    public bool TryKeep<T>(CacheRequest<T> request, T value, TimeSpan elapsed)
    {
        if (!settings.KeepsAnything || TryRecord(request, value, elapsed) is not { } record)
        {
            return false;
        }

        try
        {
            upkeep.BeforeWriting();
            rooms.Entries.Publish(record, request.IsDurable);
            return true;
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            WarnUnwritable(error);
            return false;
        }
    }

    /// <summary>Says once that the cache cannot be written to.</summary>
    public void WarnUnwritable(Exception error) => upkeep.WarnOnce("write", () => logger.NotWritable(settings.Directory, error.Message));

    // What cannot be written, or not read back as its type, is never kept; its user has it all the same.
    private CacheRecord? TryRecord<T>(CacheRequest<T> request, T value, TimeSpan elapsed)
    {
        try
        {
            ArrayBufferWriter<byte> json = new();
            request.Codec.Write(value, json);
            request.Codec.Read(json.WrittenMemory);
            return new CacheRecord(request.Key, time.GetUtcNow(), elapsed, json.WrittenMemory)
            {
                Origin = request.Origin,
                Output = request.Codec.Output(value),
                Artifact = request.Codec.Artifact(value),
            };
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            logger.NotKept(request.Key, error.Message);
            return null;
        }
    }
}
