using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CesarPS.Engine.Sources;
using CesarPS.Engine.Sources.Video;
using FsCheck;
using FsCheck.Fluent;

namespace CesarPS.Engine.Tests.Sources.Video;

public sealed class VideoMetadataReaderTests
{
    private static readonly string[] Fields =
        ["id", "title", "uploader", "channel", "upload_date", "modified_date", "timestamp", "modified_timestamp", "duration", "availability", "live_status", "is_live", "webpage_url", "entries", "_type", "extractor"];

    [Fact]
    public void The_metadata_of_a_video_of_YouTube_are_read()
    {
        VideoMetadata video = Read("""
            {"id": "BaW_jenozKc", "title": "youtube-dl test video \"'/\\ä↭𝕐", "uploader": "Philipp Hagemeister", "channel": "Hagemeister",
             "upload_date": "20121002", "timestamp": 1349198244, "modified_date": null, "duration": 10, "availability": "public", "live_status": "not_live",
             "webpage_url": "https://www.youtube.com/watch?v=BaW_jenozKc", "extractor": "youtube", "_type": "video", "url": "https://x.googlevideo.com/?sig=S"}
            """);

        video.ShouldBe(new VideoMetadata
        {
            Id = "BaW_jenozKc",
            Title = "youtube-dl test video \"'/\\ä↭𝕐",
            Uploader = "Philipp Hagemeister",
            UploadDate = new DateOnly(2012, 10, 2),
            Duration = TimeSpan.FromSeconds(10),
            Availability = "public",
            LiveStatus = "not_live",
            WebpageUrl = "https://www.youtube.com/watch?v=BaW_jenozKc",
            Extractor = "youtube",
            Entries = video.Entries,
        });
        video.Entries.ShouldBeEmpty();
        video.ToString().ShouldNotContain("sig=");
    }

    [Fact]
    public void The_entries_of_a_playlist_lead_to_the_videos_and_not_back_to_the_list()
    {
        VideoMetadata list = Read("""
            {"_type": "playlist", "id": "PL1", "title": "Talks", "webpage_url": "https://e.example/page", "entries": [
              {"_type": "url", "id": "a", "url": "https://www.youtube.com/watch?v=a", "title": "[Private video]"},
              {"id": "b", "webpage_url": "https://e.example/page", "formats": [{"url": "https://e.example/small.mp3"}, {"url": "https://e.example/b.mp3"}]},
              {"id": "c", "webpage_url": "https://e.example/c"}, null, 3, "x"]}
            """);

        list.IsPlaylist.ShouldBeTrue();
        list.Entries.Select(entry => (entry.Id, entry.WebpageUrl)).ShouldBe(
            [("a", "https://www.youtube.com/watch?v=a"), ("b", "https://e.example/b.mp3"), ("c", "https://e.example/c")]);
    }

    [Theory]
    [InlineData("""{"duration": 1e999}""")]
    [InlineData("""{"duration": Infinity}""")]
    [InlineData("""{"duration": -Infinity}""")]
    [InlineData("""{"duration": NaN}""")]
    [InlineData("""{"duration": -5}""")]
    [InlineData("""{"duration": 1e-9}""")]
    [InlineData("""{"duration": 123456789012345678901234567890}""")]
    [InlineData("""{"duration": "long"}""")]
    [InlineData("""{"duration": [4]}""")]
    [InlineData("""{"duration": true}""")]
    [InlineData("{}")]
    public void A_length_beyond_reason_is_none(string json) => Read(json).Duration.ShouldBeNull();

    [Theory]
    [InlineData("""{"duration": 4.25}""")]
    [InlineData("""{"duration": "4.25"}""")]
    [InlineData("""{"fps": NaN, "title": "NaN \" Infinity \\", "duration": 4.25, "x": [Infinity, -Infinity]}""")]
    public void A_number_is_read_beside_those_that_are_none(string json) => Read(json).Duration.ShouldBe(TimeSpan.FromSeconds(4.25));

    [Fact]
    public void Words_for_numbers_stay_in_titles() =>
        Read("""{"x": NaN, "title": "NaN -Infinity \" Infinity \\"}""").Title.ShouldBe("NaN -Infinity \" Infinity \\");

    [Theory]
    [InlineData("""{"upload_date": "20260301"}""", "2026-03-01")]
    [InlineData("""{"upload_date": "20261301", "timestamp": 1772366400}""", "2026-03-01")]
    [InlineData("""{"timestamp": 1772366400.75}""", "2026-03-01")]
    [InlineData("""{"timestamp": 1e300}""", null)]
    [InlineData("""{"upload_date": "yesterday"}""", null)]
    public void A_day_is_read_or_told_from_the_time(string json, string? day) =>
        Read(json).UploadDate.ShouldBe(day is null ? null : DateOnly.Parse(day));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{\"id\": ")]
    [InlineData("{\"id\": \"a\"} {}")]
    public void What_is_no_object_is_no_metadata(string text) => VideoMetadataReader.Read(Encoding.UTF8.GetBytes(text)).ShouldBeNull();

    [Fact]
    public void Depth_without_reason_is_no_metadata() =>
        VideoMetadataReader.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)))).ShouldBeNull();

    [Fact]
    public void Half_a_pair_of_a_character_costs_the_title_and_nothing_else()
    {
        VideoMetadata video = Read("""{"id": "a", "title": "cut off \ud83d", "duration": 4}""");

        (video.Id, video.Title, video.Duration).ShouldBe(("a", null, TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public void A_hostile_title_arrives_and_is_made_fit_by_who_shows_it()
    {
        string title = "../../../etc/passwd\0\r\n\u001b[31m\u202egpj.exe\u2066" + string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 300));

        VideoMetadata video = Read(new JsonObject { ["title"] = title }.ToJsonString());

        video.Title.ShouldBe(title);
        string shown = MetadataText.Clean(video.Title)!;
        shown.ShouldNotContain('\n');
        shown.ShouldNotContain('\u001b');
        shown.ShouldNotContain('\u202e');
        new System.Globalization.StringInfo(shown).LengthInTextElements.ShouldBeLessThanOrEqualTo(300);
    }

    [Fact]
    public void Whatever_stands_in_the_fields_it_is_read_without_an_exception()
    {
        Gen<JsonNode?> values = Gen.OneOf<JsonNode?>(
            Gen.Constant<JsonNode?>(null),
            ArbMap.Default.GeneratorFor<string?>().Select(text => (JsonNode?)JsonValue.Create(text)),
            ArbMap.Default.GeneratorFor<long>().Select(number => (JsonNode?)JsonValue.Create(number)),
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => (JsonNode?)JsonValue.Create(number.Get)),
            ArbMap.Default.GeneratorFor<bool>().Select(flag => (JsonNode?)JsonValue.Create(flag)),
            ArbMap.Default.GeneratorFor<int[]>().Select(list => (JsonNode?)new JsonArray([.. list.Select(item => (JsonNode)item)])),
            Gen.Constant(0).Select(_ => (JsonNode?)new JsonObject { ["entries"] = new JsonArray(new JsonObject { ["entries"] = 3 }) }),
            Gen.Constant(0).Select(_ => (JsonNode?)new JsonArray(new JsonObject { ["url"] = 7, ["formats"] = new JsonArray(1, new JsonObject { ["url"] = null }) })));
        Gen<JsonObject> objects = Gen.Elements(Fields).ListOf().SelectMany(names => values.ListOf(names.Count).Select(all =>
        {
            var video = new JsonObject();
            foreach ((string name, JsonNode? value) in names.Zip(all))
            {
                video[name] = value?.DeepClone();
            }

            return video;
        }));

        Prop.ForAll(objects.ToArbitrary(), video =>
        {
            byte[] json = Encoding.UTF8.GetBytes(video.ToJsonString());
            VideoMetadata? read = VideoMetadataReader.Read(json);
            return read is not null && (read.Duration is not { } length || length > TimeSpan.Zero);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Whatever_bytes_come_they_are_read_without_an_exception() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            byte[] finite = FiniteNumbers.Of(bytes);
            VideoMetadataReader.Read(bytes);
            return finite.Length == bytes.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Good_metadata_with_a_byte_changed_are_read_or_refused()
    {
        byte[] good = JsonSerializer.SerializeToUtf8Bytes(new { id = "BaW_jenozKc", title = "A \"talk\" 👍", duration = 4.5, entries = new[] { new { url = "https://e.example/a", formats = Array.Empty<int>() } } });

        Prop.ForAll(Gen.Choose(0, good.Length - 1).SelectMany(at => Gen.Choose(0, 255).Select(value => (at, value))).ToArbitrary(), change =>
        {
            byte[] changed = [.. good];
            changed[change.at] = (byte)change.value;
            VideoMetadataReader.Read(changed);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    private static VideoMetadata Read(string json) => VideoMetadataReader.Read(Encoding.UTF8.GetBytes(json)).ShouldNotBeNull();
}
