using System.Globalization;
using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Tests.Caching;

public sealed class CacheKeyTests
{
    private static KeyBuilder Builder(string input = "pcm:1") => new("transcribe", 1, input);

    [Fact]
    public void Neighbouring_fields_do_not_run_into_each_other()
    {
        string[] digests =
        [
            Builder().Add("a", "bc").Build().Digest,
            Builder().Add("ab", "c").Build().Digest,
            Builder().Add("a", "b").Add("c", "").Build().Digest,
            Builder("pcm:1a").Add("", "bc").Build().Digest,
            new KeyBuilder("transcribe1", 1, "pcm:1").Add("a", "bc").Build().Digest,
            new KeyBuilder("transcribe", 11, "pcm:1").Add("a", "bc").Build().Digest,
        ];
        digests.ShouldBeUnique();
        digests.ShouldAllBe(digest => digest.Length == CacheKey.DigestLength);
    }

    [Fact]
    public void No_text_is_not_an_empty_one() =>
        Builder().Add("prompt", (string?)null).Build().Digest.ShouldNotBe(Builder().Add("prompt", "").Build().Digest);

    [Fact]
    public void The_digest_is_the_same_wherever_it_is_worked_out() =>
        Builder().Add("language", "en").Add("beam", 5).Add("prompt", (string?)null).Build().Digest
            .ShouldBe("e3206fd5d45722ec556b171ff8f2aa10058ac33dde209002c3d4bd61a995063f");

    [Fact]
    public void Numbers_are_written_alike_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            string here = Numbers();
            CultureInfo other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NumberDecimalSeparator = ",";
            other.NumberFormat.NegativeSign = "minus";
            CultureInfo.CurrentCulture = other;
            Numbers().ShouldBe(here);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string Numbers() => Builder().Add("a", -1.5).Add("b", -0.1f).Add("c", -1234567L).Add("d", TimeSpan.FromSeconds(-1.5)).Build().Digest;
    }

    [Fact]
    public void Numbers_that_differ_by_a_bit_are_different()
    {
        Builder().Add("a", Math.BitIncrement(0.1)).Build().ShouldNotBe(Builder().Add("a", 0.1).Build());
        Builder().Add("a", MathF.BitIncrement(0.1f)).Build().ShouldNotBe(Builder().Add("a", 0.1f).Build());
    }

    [Fact]
    public void Half_a_surrogate_pair_reads_back_from_a_record_as_the_same_key()
    {
        CacheKey key = Builder("local_file:\ud800x").Add("prompt", "a\udc00b").Build();
        byte[] file = RecordFormat.Write(new CacheRecord(key, DateTimeOffset.UnixEpoch, TimeSpan.Zero, "1"u8.ToArray()) { Origin = "\ud800", Output = "\udfff" }).ToArray();
        RecordFormat.TryRead(file, out CacheRecord? record).ShouldBeTrue();
        record!.Key.ShouldBe(key);
    }

    [Fact]
    public void A_field_cannot_be_added_twice() =>
        Should.Throw<ArgumentException>(() => Builder().Add("a", 1).Add("a", 2));

    [Fact]
    public void Keys_say_in_what_they_differ()
    {
        CacheKey one = Builder().Add("language", "en").Add("beam", 5).Build();
        one.DifferencesTo(Builder().Add("language", "de").Add("beam", 5).Build()).ShouldBe(["language"]);
        one.DifferencesTo(new KeyBuilder("transcribe", 2, "pcm:1").Add("language", "en").Build()).ShouldBe(["version", "beam"]);
        one.DifferencesTo(one).ShouldBeEmpty();
    }

    [Fact]
    public void A_key_is_shown_with_the_beginning_of_its_digest()
    {
        Builder("pcm:" + new string('a', CacheKey.DigestLength)).Build().ToString().ShouldBe("pcm:aaaaaaaa… transcribe");
        Builder("pcm:ab12").Build().ToString().ShouldBe("pcm:ab12 transcribe");
    }
}
