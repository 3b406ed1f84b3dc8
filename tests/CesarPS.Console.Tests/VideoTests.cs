using System.Text;
using CesarPS.Testing.Video;

namespace CesarPS.Console.Tests;

/// <summary>Videos on the command line, between the real program and a stand-in for YouTube.</summary>
public sealed class VideoTests : IDisposable
{
    private const string First = "BaW_jenozKc";
    private const string Second = "dQw4w9WgXcQ";
    private const string List = "https://www.youtube.com/playlist?list=PL0123456789";
    private readonly Workplace _work = new();
    private readonly StandInYouTube _youTube;

    public VideoTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is started by a shell script.");
        _youTube = new StandInYouTube(_work.Folder);
        string talk = _work.At(_work.Speech());
        _youTube.Add(new StandInVideo { Id = First, Title = "../../Größe: a \u202etalk\u202c?", Uploader = "Anna\u001b[31m", Media = talk });
        _youTube.Add(new StandInVideo { Id = Second, Title = "Another", Media = talk });
        _youTube.Add(new StandInVideo { Id = "PL0123456789", Entries = [First, Second, First] });
    }

    private Setting Here => _work.Cached.With("CESAR_YTDLP", _youTube.Program);

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_video_is_transcribed_once_whatever_it_is_called_and_its_files_bear_its_title()
    {
        Ended first = await CesarProgram.RunAsync(Here, "transcribe", Address(First), $"https://youtu.be/{First}?si=x", "-f", "txt,md", "-o", "texts");
        Ended second = await CesarProgram.RunAsync(Here, "transcribe", $"https://m.youtube.com/shorts/{First}", "--quiet");

        first.ExitCode.ShouldBe(0, first.ToString());
        second.ExitCode.ShouldBe(0, second.ToString());
        _youTube.Calls.ShouldBe([$"describe {First}", $"download {First}"]);
        _work.Files("texts").Length.ShouldBe(2);
        _work.Files("texts").ShouldAllBe(name => name.Contains("Größe") && name.Contains("talk") && !name.Contains('\u202e') && !name.StartsWith('.'));
        string markdown = File.ReadAllText(_work.At("texts", _work.Files("texts").Single(name => name.EndsWith(".md"))));
        markdown.ShouldContain(Address(First));
        markdown.ShouldContain("Anna");
        markdown.ShouldNotContain("\u001b");
        second.Output.ShouldStartWith("Good morning, Robert.");
    }

    [Fact]
    public async Task A_playlist_that_was_asked_for_is_all_its_videos_and_a_private_one_stops_no_other()
    {
        _youTube.Add(new StandInVideo { Id = First, Error = "Private video. Sign in if you've been granted access to this video" });

        Ended run = await CesarProgram.RunAsync(Here, "transcribe", List, "--playlist", "-f", "txt", "-o", "texts");

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Errors.ShouldContain("it is private");
        _work.Files("texts").ShouldBe(["Another.txt"]);
        _youTube.Calls.Count(call => call.StartsWith("download")).ShouldBe(1);
    }

    [Fact]
    public async Task Without_yt_dlp_one_error_says_how_to_install_it_and_a_file_needs_it_not()
    {
        Setting setting = _work.Cached.With("CESAR_YTDLP", _work.At("nowhere"));

        Ended run = await CesarProgram.RunAsync(setting, "transcribe", Address(First), Address(Second), "talk.wav");

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Errors.ShouldContain("CESAR_YTDLP");
        run.Errors.ShouldContain("Install it:");
        run.Output.ShouldStartWith("Good morning, Robert.");
    }

    [Theory]
    [InlineData("--verbose")]
    [InlineData("--json-log")]
    public async Task No_cookie_and_no_signed_link_is_on_the_screen_in_the_log_the_cache_or_the_outputs(string reporting)
    {
        const string Cookie = "S3cretCookieOfAnna", Signature = "StandInSecretSignature";
        _work.Write("cookies.txt", $"# Netscape HTTP Cookie File\n.youtube.com\tTRUE\t/\tTRUE\t0\tSID\t{Cookie}\n");
        _youTube.Add(new StandInVideo { Id = Second, Error = $"Unable to download 'https://rr3.googlevideo.com/videoplayback?sig={Signature}'; please report this issue on  https://github.com/yt-dlp/yt-dlp" });

        Ended run = await CesarProgram.RunAsync(Here, "transcribe", Address(First), Address(Second), "--cookies", "cookies.txt", reporting, "-f", "json,md", "-o", "texts");

        run.ExitCode.ShouldBe(1, run.ToString());
        _youTube.Cookies.ShouldContain(line => line.Contains(Cookie));
        string[] written = [.. Directory.EnumerateFiles(_work.CacheFolder, "*", SearchOption.AllDirectories), .. Directory.EnumerateFiles(_work.At("texts"))];
        written.Length.ShouldBeGreaterThan(5);
        foreach (string secret in (string[])[Cookie, Signature])
        {
            run.ToString().ShouldNotContain(secret);
            written.Where(path => File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--playlist")]
    public async Task Cookies_that_cannot_be_copied_are_told_and_end_no_batch(params string[] more)
    {
        _work.Write("cookies.txt", "# Netscape HTTP Cookie File\n");
        string[] arguments = ["transcribe", Address(First), _work.Speech(), "--cookies", "cookies.txt", .. more];

        Ended run = await CesarProgram.RunAsync(Here.With("TMPDIR", _work.At("nowhere")), arguments);

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Errors.ShouldContain("The cookies cannot be copied to the folder for temporary files");
        run.Output.ShouldNotBeEmpty();
    }

    private static string Address(string id) => "https://www.youtube.com/watch?v=" + id;
}
