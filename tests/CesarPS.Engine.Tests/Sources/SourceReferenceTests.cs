using CesarPS.Engine.Sources;

namespace CesarPS.Engine.Tests.Sources;

/// <summary>What a name names, and which names are one.</summary>
public sealed class SourceReferenceTests
{
    private const string Video = "youtube:dQw4w9WgXcQ";

    [Theory]
    [InlineData("talk.mp3")]
    [InlineData("C:\\talks\\talk.mp3")]
    [InlineData("https:talk.mp3")]
    [InlineData("a b://talk.mp3")]
    [InlineData("://talk.mp3")]
    [InlineData("-")]
    [InlineData("")]
    public void Whatever_is_no_address_is_a_file(string name) => SourceReference.Parse(name).ShouldBeOfType<LocalFile>().Path.ShouldBe(name);

    [Theory]
    [InlineData("file:///talks/my%20talk.mp3", "/talks/my talk.mp3")]
    [InlineData("FILE:///talks/%E2%82%AC.mp3", "/talks/€.mp3")]
    [InlineData("file://localhost/talks/talk.mp3", "/talks/talk.mp3")]
    public void A_file_address_is_a_local_file(string address, string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The paths are those of Unix.");
        SourceReference.Parse(address).ShouldBeOfType<LocalFile>().Path.ShouldBe(path);
    }

    [Theory]
    [InlineData("ftp://example.org/talk.mp3", "AddressSchemeUnknown")]
    [InlineData("s3://bucket/talk.mp3", "AddressSchemeUnknown")]
    [InlineData("rtsp://user:hunter2@camera/1?token=hunter2", "AddressSchemeUnknown")]
    [InlineData("http://", "AddressInvalid")]
    [InlineData("https://[::1/talk.mp3?token=hunter2", "AddressInvalid")]
    [InlineData("https://alice:x/hunter2@host/x", "AddressInvalid")]
    [InlineData("https://alice:x?hunter2@host/x", "AddressInvalid")]
    [InlineData("file://", "AddressInvalid")]
    [InlineData("https://www.youtube.com/watch?v=short", "AddressInvalid")]
    [InlineData("https://youtu.be/dQw4w9WgXcQdQw4", "AddressInvalid")]
    public void Other_addresses_are_refused_without_showing_their_secrets(string address, string errorId)
    {
        CesarException error = Should.Throw<CesarException>(() => SourceReference.Parse(address));
        error.ErrorId.ShouldBe(errorId);
        error.Kind.ShouldBe(CesarErrorKind.Input);
        error.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("http://youtube.com/watch?v=dQw4w9WgXcQ&t=42s&utm_source=mail#t=1m")]
    [InlineData("https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&list=PL123&index=4")]
    [InlineData("https://music.youtube.com/watch?v=dQw4w9WgXcQ&si=abcdef")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ?si=abcdef")]
    [InlineData("HTTPS://YOUTU.BE/dQw4w9WgXcQ/")]
    [InlineData("https://www.youtube.com/shorts/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/embed/dQw4w9WgXcQ?start=9")]
    [InlineData("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/live/dQw4w9WgXcQ?feature=share")]
    [InlineData("https://www.youtube.com/v/dQw4w9WgXcQ")]
    public void All_addresses_of_a_video_are_one(string address)
    {
        SourceReference source = SourceReference.Parse(address);
        source.Identity.ShouldBe(Video);
        source.Name.ShouldBe("https://www.youtube.com/watch?v=dQw4w9WgXcQ");
    }

    [Fact]
    public void Upper_and_lower_case_of_a_video_id_differ() =>
        SourceReference.Parse("https://youtu.be/dqw4w9wgxcq").Identity.ShouldNotBe(Video);

    [Theory]
    [InlineData("https://www.youtube.com/playlist?list=PL0123456789")]
    [InlineData("https://www.youtube.com/watch?list=PL0123456789")]
    [InlineData("https://www.youtube.com/embed/videoseries?list=PL0123456789")]
    [InlineData("https://www.youtube.com/@somebody/videos")]
    [InlineData("https://www.youtube.com/channel/UC0123456789")]
    public void Lists_are_not_videos(string address) => SourceReference.Parse(address).ShouldBeOfType<VideoList>();

    [Theory]
    [InlineData("https://youtube.com.example.org/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://notyoutube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/feed/history")]
    public void What_only_looks_like_a_video_is_a_page(string address) => SourceReference.Parse(address).ShouldBeOfType<WebResource>();

    [Theory]
    [InlineData("http://[::1]:8080/talk.mp3")]
    [InlineData("https://[2001:db8::7]/talk.mp3")]
    [InlineData("http://127.0.0.1:8080/talk.mp3")]
    public void What_an_address_is_called_is_an_address(string address)
    {
        SourceReference source = SourceReference.Parse(address);
        source.Name.ShouldBe(address);
        SourceReference.Parse(source.Name).Identity.ShouldBe(source.Identity);
    }

    [Theory]
    [InlineData("https://example.org/talk.mp3", "HTTPS://Example.ORG:443/talk.mp3")]
    [InlineData("https://example.org/talk.mp3", "https://example.org/a/../talk.mp3#t=30")]
    [InlineData("https://example.org/talk.mp3", "https://example.org/talk.mp3?utm_source=x&fbclid=y")]
    [InlineData("https://example.org/%C3%A4.mp3?a=1", "https://example.org/ä.mp3?utm_medium=z&a=1")]
    [InlineData("https://example.org./talk.mp3", "https://example.org/talk.mp3")]
    public void Addresses_that_lead_to_one_place_are_one(string one, string other) =>
        SourceReference.Parse(one).Identity.ShouldBe(SourceReference.Parse(other).Identity);

    [Theory]
    [InlineData("https://example.org/talk.mp3", "http://example.org/talk.mp3")]
    [InlineData("https://example.org/talk.mp3", "https://example.org/Talk.mp3")]
    [InlineData("https://example.org/talk.mp3", "https://example.org:8443/talk.mp3")]
    [InlineData("https://example.org/talk?id=1", "https://example.org/talk?id=2")]
    [InlineData("https://example.org/talk?a=1&b=2", "https://example.org/talk?b=2&a=1")]
    public void Addresses_that_may_lead_to_two_places_are_two(string one, string other) =>
        SourceReference.Parse(one).Identity.ShouldNotBe(SourceReference.Parse(other).Identity);
}
