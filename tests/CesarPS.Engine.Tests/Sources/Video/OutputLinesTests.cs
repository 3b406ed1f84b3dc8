using System.Text;
using CesarPS.Engine.Sources.Video;

namespace CesarPS.Engine.Tests.Sources.Video;

/// <summary>What yt-dlp writes, however it is cut into chunks on the way.</summary>
public sealed class OutputLinesTests
{
    private static readonly byte[] s_said = Encoding.UTF8.GetBytes(
        "cesar-progress 5 10 NA\nsomething else\r\ncesar-progress 7 NA 11.5\ncesar-finished /ordner/gr\u00fc\u00df/media-\U0001F44D\u97f3-7\n");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4096)]
    public void A_name_in_any_script_is_read_whole(int chunkBytes)
    {
        OutputLines lines = new();
        List<(long, long?)> progress = [];
        foreach (byte[] chunk in s_said.Chunk(chunkBytes))
        {
            if (lines.Read(chunk) is { } said)
            {
                progress.Add(said);
            }
        }

        lines.Finished.ShouldBe("/ordner/gr\u00fc\u00df/media-\U0001F44D\u97f3-7");
        progress[^1].ShouldBe((7L, (long?)11L));
    }
}
