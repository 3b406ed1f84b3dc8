using System.Security.Cryptography;
using System.Text.Json;
using CesarPS.Engine.Models;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// Loads what every transcription needs on another thread, while the command line is still being read: a transcript
/// that is found in the cache takes hardly longer than these take to load.
/// </summary>
internal static class WarmStart
{
    /// <summary>Begins. Nobody need wait: what fails here fails again, and is told, where it is needed.</summary>
    public static void Begin() => Task.Factory.StartNew(Load, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // In the order in which they are needed.
    private static void Load()
    {
        _ = ModelCatalogue.Default;
        using (JsonDocument.Parse("""{ "": ["\\", 0, true] }"""u8.ToArray()))
        {
        }

        SHA256.HashData([]);
        StageTelemetry.Load();
    }
}
