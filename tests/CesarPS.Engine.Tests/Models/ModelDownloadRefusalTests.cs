using CesarPS.Engine.Files;
using CesarPS.Engine.Models;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Models;

/// <summary>Downloads that cannot end well, and what is said and left then.</summary>
public sealed class ModelDownloadRefusalTests : ModelDownloadTestBase
{
    [Fact]
    public async Task A_server_that_asks_for_an_hour_is_given_up_on_at_once()
    {
        Served.Then(LoopbackAnswer.Busy(503, TimeSpan.FromHours(1)));
        (await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync())).Message.ShouldContain("503");
        Pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Five_failures_in_a_row_are_enough()
    {
        Served.Always = LoopbackAnswer.Status(500);
        await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync());
        Server.Requests.Count.ShouldBe(5);
        Pauses.Select(pause => pause.TotalSeconds).ShouldBe([0.5, 1, 2, 4]);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task A_refusal_says_at_once_how_to_place_the_file_by_hand(int status)
    {
        Served.Then(LoopbackAnswer.Status(status));
        CesarException error = await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync());
        Server.Requests.Count.ShouldBe(1);
        error.Message.ShouldContain($"{status}");
        error.Message.ShouldContain(new Uri(Location, Little.FileName).AbsoluteUri);
        error.Message.ShouldContain($"save it as '{Target}'");
        error.Message.ShouldContain(Little.Sha256!);
    }

    [Fact]
    public async Task Without_a_network_the_error_says_how_to_place_the_file_by_hand()
    {
        Uri nobody = Location;
        await Server.DisposeAsync();
        CesarException error = await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync(Store(location: nobody)));
        error.Message.ShouldContain($"save it as '{Target}'");

        // And that is indeed all it takes.
        await File.WriteAllBytesAsync(Target, Content, TestCancel);
        (await DownloadAsync(Store(location: nobody))).Identity.Name.ShouldBe("little");
    }

    [Fact]
    public async Task A_server_of_the_wrong_protocol_is_not_asked_again()
    {
        var secure = new UriBuilder(Location) { Scheme = "https" };
        await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync(Store(location: secure.Uri)));
        Pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redirect_to_a_web_address_is_followed()
    {
        Served.Then(LoopbackAnswer.Redirect("/elsewhere/file"));
        Server.Serve("/elsewhere/file", Content);
        await DownloadAsync();
        Server.Requests[1].Path.ShouldBe("/elsewhere/file");
    }

    [Theory]
    [InlineData("file:///etc/hostname")]
    [InlineData("ftp://127.0.0.1/file")]
    [InlineData("http://[/")]
    public async Task A_redirect_to_anything_else_is_not_followed(string address)
    {
        Served.Then(LoopbackAnswer.Redirect(address));
        await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync());
        Server.Requests.Count.ShouldBe(1);
        File.Exists(Target).ShouldBeFalse();
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up_on()
    {
        Served.Always = LoopbackAnswer.Redirect(Little.FileName, 307);
        (await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync())).Message.ShouldContain("307");
        Server.Requests.Count.ShouldBe(11);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_file_of_another_length_is_refused_before_it_is_fetched(int more)
    {
        Served.Content = new byte[Content.Length + more];
        CesarException error = await Refused.WithAsync("ModelDownloadDamaged", () => DownloadAsync());
        error.Message.ShouldContain($"{Content.Length + more} bytes instead of {Content.Length}");
        NothingIsLeft();
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        Served.Endless = true;
        (await Refused.WithAsync("ModelDownloadDamaged", () => DownloadAsync())).Message.ShouldContain($"more than {Content.Length}");
        NothingIsLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_download_of_another_digest_is_deleted_and_reported(bool sha256)
    {
        byte[] altered = (byte[])Content.Clone();
        altered[^1] ^= 1;
        Served.Content = altered;
        string sha1 = (await FileDigests.OfAsync(Scratch.Write("whole", Content), TestCancel)).Sha1;
        CatalogueModel model = sha256 ? Little : Little with { Sha256 = null, Sha1 = sha1 };
        CesarException error = await Refused.WithAsync("ModelDownloadDamaged", () => DownloadAsync(Store(model)));
        error.Message.ShouldContain(sha256 ? Little.Sha256! : sha1);
        NothingIsLeft();

        Served.Content = Content;
        (await DownloadAsync(Store(model))).Identity.Digest.ShouldBe(Little.Sha256);
    }

    [Fact]
    public async Task Too_little_disk_space_is_said_before_anything_is_fetched()
    {
        CesarException error = await Refused.WithAsync("ModelDiskFull", () => DownloadAsync(Store(policy: Policy with { FreeBytes = _ => 1 << 20 })));
        error.Message.ShouldContain("1 MiB are free");
        Server.Requests.ShouldBeEmpty();
        await DownloadAsync(Store(policy: Policy with { FreeBytes = _ => null }));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_with_the_remedy()
    {
        Scratch.Write("user", [1]);
        CesarException error = await Refused.WithAsync("ModelFolderUnwritable", () => DownloadAsync());
        error.Message.ShouldContain("CESAR_MODELS");
    }
}
