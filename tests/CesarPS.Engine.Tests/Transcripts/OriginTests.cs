using System.Text;
using CesarPS.Engine.Transcripts;
using NJsonSchema;
using static CesarPS.Engine.Tests.Transcripts.Samples;

namespace CesarPS.Engine.Tests.Transcripts;

/// <summary>What transcripts of recordings on the web say of where they came from, and what their files are called.</summary>
public sealed class OriginTests : IDisposable
{
    private static readonly RecordingOrigin s_origin = new()
    {
        Link = "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        Title = "A talk | of <two>",
        Uploader = "Anna *A*",
        Published = new DateOnly(2026, 4, 30),
        Retrieved = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero),
        Checked = new DateTimeOffset(2026, 5, 2, 12, 30, 0, TimeSpan.Zero),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("cesar origin ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Json_tells_it_there_and_back_as_the_schema_says()
    {
        string json = Write("json", Named(s_origin));
        json.ShouldContain("""
              "origin": {
                "link": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                "title": "A talk | of <two>",
                "uploader": "Anna *A*",
                "published": "2026-04-30",
                "retrieved": "2026-05-01T12:00:00Z",
                "checked": "2026-05-02T12:30:00Z",
                "stale": false
              },
            """);
        TranscriptJson.Read(json).Origin.ShouldBe(s_origin);
        JsonSchema schema = await JsonSchema.FromFileAsync(Path.Combine(TestPaths.RepositoryRoot, "docs", "transcript.schema.json"), TestContext.Current.CancellationToken);
        schema.Validate(json).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_not_known_is_left_out_and_reads_back_so()
    {
        RecordingOrigin bare = s_origin with { Title = null, Uploader = null, Published = null, IsStale = true };
        string json = Write("json", Named(bare));
        json.ShouldNotContain("title");
        TranscriptJson.Read(json).Origin.ShouldBe(bare);
        Write("json", Of()).ShouldNotContain("origin");
    }

    [Theory]
    [InlineData("\"published\": \"2026-04-30\"", "\"published\": \"30 April\"")]
    [InlineData("\"retrieved\": \"2026-05-01T12:00:00Z\"", "\"retrieved\": 7")]
    [InlineData("\"link\"", "\"lonk\"")]
    public void A_damaged_origin_is_explained(string whole, string damaged)
    {
        string json = Write("json", Named(s_origin)).Replace(whole, damaged, StringComparison.Ordinal);
        Should.Throw<CesarException>(() => TranscriptJson.Read(json)).ErrorId.ShouldBe("TranscriptMalformed");
    }

    [Fact]
    public void Markdown_has_the_title_and_where_it_came_from() => Write("md", Named(s_origin)).ShouldStartWith(
        """
        # A talk \| of \<two>

        Anna \*A\* · 2026-04-30 · <https://www.youtube.com/watch?v=dQw4w9WgXcQ>

        | Duration |
        """);

    [Fact]
    public void Markdown_says_what_is_stale() => Write("md", Named(s_origin with { IsStale = true })).ShouldContain("as of 2026-05-02 12:30 UTC");

    [Theory]
    [InlineData("A talk", "A talk")]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("..\\..\\autoexec", "_.._autoexec")]
    [InlineData("/etc/passwd", "_etc_passwd")]
    [InlineData("C:\\x: what? \"*\"<|>", "C__x_ what_ ______")]
    [InlineData("...", "transcript")]
    [InlineData(" .hidden. ", "hidden")]
    [InlineData("con", "_con")]
    [InlineData("NUL.txt", "_NUL.txt")]
    [InlineData("今日は 👩‍👩‍👧‍👦 e\u0301", "今日は 👩‍👩‍👧‍👦 e\u0301")]
    [InlineData("two\nlines\u2028here\0", "two_lines_here_")]
    public void Names_come_from_titles_made_safe(string title, string expected) => NameOf(title).ShouldBe(expected);

    [Theory]
    [InlineData("https://example.org/talks/my%20talk.mp3?id=7", "my talk")]
    [InlineData("https://example.org/talks/..%2F..%2Fpasswd", "_.._passwd")]
    [InlineData("https://example.org/episode.14/", "episode.14")]
    [InlineData("https://example.org/", "example.org")]
    public void Without_a_title_they_come_from_the_link(string link, string expected) =>
        Stem(new TranscriptFiles(_folder, ["txt"]).Reserve(Named(s_origin with { Title = null, Link = link }))).ShouldBe(expected);

    [Fact]
    public void Titles_never_meet_each_other_or_a_file()
    {
        var files = new TranscriptFiles(_folder, ["txt"]);
        files.Reserve(["in/a talk.mp3"]);
        Of("A talk").ShouldBe("A talk (2)");
        Of("a talk").ShouldBe("a talk (3)");
        Of("other").ShouldBe("other");

        string Of(string title) => Stem(files.Reserve(Named(s_origin with { Title = title })));
    }

    [Fact]
    public void A_title_of_any_length_is_written()
    {
        var files = new TranscriptFiles(_folder, ["txt", "json"]);
        TranscriptTarget target = files.Reserve(Named(s_origin with { Title = string.Concat(Enumerable.Repeat("é👋", 200)) }));
        files.Write(target, Named(s_origin), TestContext.Current.CancellationToken);
        target.Paths.ShouldAllBe(path => File.Exists(path) && Encoding.UTF8.GetByteCount(Path.GetFileName(path)) <= 255);
    }

    private static Transcript Named(RecordingOrigin origin) => Of(Segment(0, 1, "Hello.")) with { Source = origin.Link, Origin = origin };

    private string NameOf(string title) => Stem(new TranscriptFiles(_folder, ["txt"]).Reserve(Named(s_origin with { Title = title })));

    private string Stem(TranscriptTarget target)
    {
        string path = target.Paths.ShouldHaveSingleItem();
        Path.GetDirectoryName(path).ShouldBe(_folder);
        return Path.GetFileName(path)[..^".txt".Length];
    }
}
