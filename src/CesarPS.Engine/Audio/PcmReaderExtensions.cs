namespace CesarPS.Engine.Audio;

/// <summary>Reading whole blocks.</summary>
internal static class PcmReaderExtensions
{
    /// <summary>Reads until a block is full or the recording ends: pipes hand out a few milliseconds at a time.</summary>
    /// <returns>How many samples were read; fewer than the block holds only at the end.</returns>
    public static async ValueTask<int> FillAsync(this IPcmReader reader, Memory<float> block, CancellationToken cancel)
    {
        int filled = 0;
        int read;
        while (filled < block.Length && (read = await reader.ReadAsync(block[filled..], cancel).ConfigureAwait(false)) > 0)
        {
            filled += read;
        }

        return filled;
    }
}
