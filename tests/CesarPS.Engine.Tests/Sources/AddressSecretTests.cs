using CesarPS.Engine.Sources;

namespace CesarPS.Engine.Tests.Sources;

/// <summary>Nothing of an address that lets somebody in is shown or stored, and still two objects are never one.</summary>
public sealed class AddressSecretTests
{
    private const string Random = "k7Gf93kLmQ2x8ZtB4vNw6";

    [Theory]
    [InlineData("https://alice:hunter2@example.org/talk.mp3")]
    [InlineData("https://example.org/talk.mp3?access_token=hunter2")]
    [InlineData("https://example.org/talk.mp3?id=7&api-key=hunter2")]
    [InlineData("https://example.org/talk.mp3?key=hunter2&id=7")]
    [InlineData("https://example.org/talk.mp3?X-Plex-Token=hunter2")]
    [InlineData("https://example.org/talk.mp3?pwd=hunter%32")]
    [InlineData("https://example.org/talk.mp3?PHPSESSID=hunter2")]
    [InlineData("https://example.org/talk.mp3?e=" + Random)]
    [InlineData("https://example.org/talk.mp3#token=hunter2")]
    [InlineData("https://example.org/talk.mp3?url=https%3A%2F%2Fh%2Fa.mp3%3Ftoken%3Dhunter2")]
    [InlineData("https://example.org/talk.mp3?url=https://h/a.mp3?token=hunter2")]
    [InlineData("https://example.org/talk.mp3?url=https%3A%2F%2Fh%2Fa.mp3%23access_token%3Dhunter2")]
    [InlineData("https://example.org/talk.mp3?url=https%3A%2F%2Falice%3Ahunter2%40h%2Fa.mp3")]
    [InlineData("https://example.org/talk.mp3?next=%2Fa.mp3%3Fid%3D7%26token%3Dhunter2")]
    [InlineData("https://example.org/talk.mp3?url=https%3A%2F%2Fp%2F%3Furl%3Dhttps%253A%252F%252Fh%252Fa.mp3%253Ftoken%253Dhunter2")]
    [InlineData("https://bucket.s3.amazonaws.com/talk.mp3?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=hunter2&X-Amz-Date=20260101T000000Z&X-Amz-Signature=hunter2")]
    public void No_secret_is_in_the_name_the_identity_or_the_text(string address)
    {
        SourceReference source = SourceReference.Parse(address);
        foreach (string text in (string[])[source.Name, source.Identity, $"{source}"])
        {
            text.ShouldNotContain("hunter", Case.Insensitive);
            text.ShouldNotContain(Random);
            text.ShouldNotContain("alice");
            text.ShouldContain("/talk.mp3");
        }
    }

    [Theory]
    [InlineData("https://example.org/play?url=https%3A%2F%2Fh%2Fa.mp3")]
    [InlineData("https://example.org/play?url=https%3A%2F%2Fh%2Fa.mp3%3Fid%3D7%23t%3D30")]
    [InlineData("https://example.org/play?q=who%3F&mail=alice%40example.org")]
    public void An_address_within_an_address_is_shown_where_nothing_of_it_is_secret(string address) => SourceReference.Parse(address).Name.ShouldBe(address);

    [Theory]
    [InlineData("https://alice:hun/ter2@host/x", "https://host/x")]
    [InlineData("https://alice:hun/t@er2@host/x?token=hunter2", "https://host/x")]
    [InlineData("https://alice:hun?ter2@host/x", "https://…")]
    [InlineData("https://alice:hun#ter2@host/x", "https://…")]
    [InlineData("https://[::1/x?mail=a@b&token=ter2", "https://…")]
    [InlineData("https://alice:hunter2@host/@somebody/x?token=hunter2", "https://host/@somebody/x")]
    [InlineData("https://host/@somebody/x", "https://host/@somebody/x")]
    [InlineData("talk@home.mp3", "talk@home.mp3")]
    public void What_is_shown_of_a_text_has_no_part_of_a_password(string text, string shown) => AddressText.WithoutSecrets(text).ShouldBe(shown);

    [Theory]
    [InlineData("https://bucket.s3.amazonaws.com/talk.mp3?versionId=3&X-Amz-Credential={0}&X-Amz-Expires=60&X-Amz-Signature={0}")]
    [InlineData("https://d111.cloudfront.net/talk.mp3?Expires=1{0}&Signature={0}&Key-Pair-Id={0}")]
    [InlineData("https://storage.googleapis.com/b/talk.mp3?GoogleAccessId=a&Expires=1{0}&Signature={0}")]
    [InlineData("https://account.blob.core.windows.net/c/talk.mp3?sv=2024-11-04&sr=b&se=2026-01-01T00%3A00%3A00Z&sp=r&sig={0}")]
    public void Two_signed_links_of_one_object_are_one_and_another_object_is_another(string form)
    {
        static string Identity(string address) => SourceReference.Parse(address).Identity;
        string one = Identity(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, "111"));

        Identity(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, "222")).ShouldBe(one);
        Identity(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, "222").Replace("talk", "other", StringComparison.Ordinal)).ShouldNotBe(one);
    }

    [Theory]
    [InlineData("https://example.org/download?token=first", "https://example.org/download?token=other")]
    [InlineData("https://example.org/download?key=first", "https://example.org/download")]
    [InlineData("https://alice:x@example.org/talk.mp3", "https://bob:x@example.org/talk.mp3")]
    public void A_secret_that_may_name_the_object_tells_two_apart(string one, string other)
    {
        SourceReference first = SourceReference.Parse(one), second = SourceReference.Parse(other);
        first.Identity.ShouldNotBe(second.Identity);
        first.Name.ShouldBe(second.Name);
        SourceReference.Parse(one).Identity.ShouldBe(first.Identity);
    }

    [Theory]
    [InlineData(Random, true)]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl", true)]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", true)]
    [InlineData("2024-03-12-episode-14-an-introduction.mp3", false)]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301", false)]
    [InlineData("introduction to the seminar, part 2", false)]
    [InlineData("dQw4w9WgXcQ", false)]
    [InlineData("20260101000000000000000000", false)]
    public void What_looks_drawn_at_random_is_told_from_what_people_write(string text, bool isRandom) => SecretText.LooksRandom(text).ShouldBe(isRandom);

    [Fact]
    public void What_a_program_says_of_an_address_is_censored()
    {
        WebResource source = SourceReference.Parse("https://alice:hunter2@example.org/page?id=7&token=se%2Fcret1").ShouldBeOfType<WebResource>();
        string said = source.Censor($"ERROR: cannot open {source.TypedAddress} (token se/cret1, se%2Fcret1, user alice, hunter2)");
        said.ShouldBe("ERROR: cannot open https://example.org/page?id=7 (token …, …, user …, …)");
    }
}
