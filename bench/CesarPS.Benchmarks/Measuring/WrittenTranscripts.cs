namespace CesarPS.Benchmarks.Measuring;

/// <summary>A program that gives up early is quick: what it wrote is counted.</summary>
internal static class WrittenTranscripts
{
    public static void Check(ProgramCall call, string folder, int expected)
    {
        int written = Directory.EnumerateFiles(folder, "*.json").Count(file => new FileInfo(file).Length > 0);
        if (written != expected)
        {
            throw MeasuredProcess.Failed(call, $"wrote {written} transcripts of {expected} recordings; this is no measurement.");
        }
    }
}
