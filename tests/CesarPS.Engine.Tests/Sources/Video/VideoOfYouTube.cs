using CesarPS.Engine.Sources.Video;
using CesarPS.Engine.Tests.Models;
using CesarPS.Engine.Tools;
using CesarPS.Testing.Video;

namespace CesarPS.Engine.Tests.Sources.Video;

/// <summary>One video of YouTube, which a stand-in plays, and the program that is asked for it.</summary>
public abstract class VideoOfYouTube : IDisposable
{
    private protected const string Id = "BaW_jenozKc";
    private protected const string Address = "https://www.youtube.com/watch?v=" + Id;
    private protected readonly ScratchFolder _scratch = new();
    private protected readonly StandInYouTube _youTube;
    private protected readonly byte[] _content = new byte[300_000];

    protected VideoOfYouTube()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is started by a shell script.");
        new Random(1).NextBytes(_content);
        _youTube = new StandInYouTube(_scratch.Path);
    }

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected string Target => _scratch.At("target");

    public void Dispose()
    {
        _scratch.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Add(Func<StandInVideo, StandInVideo>? change = null)
    {
        string media = _scratch.Write("media", _content);
        StandInVideo video = new() { Id = Id, Media = media };
        _youTube.Add(change?.Invoke(video) ?? video);
    }

    private protected ToolLocator Tools(StandInYouTube? youTube = null) => new(new Dictionary<string, string> { ["yt-dlp"] = (youTube ?? _youTube).Program });

    private protected YtDlp Program() => new(Tools());
}
