using CesarPS.Engine.Configuration;

namespace CesarPS.Engine.Tests.Configuring;

public sealed class ValueTextTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData(" 90.25S ", 90.25)]
    [InlineData(".5", 0.5)]
    [InlineData("2m", 120)]
    [InlineData("1.5m", 90)]
    [InlineData("1h2m3.5s", 3723.5)]
    [InlineData("1h", 3600)]
    [InlineData("500ms", 0.5)]
    [InlineData("2s500ms", 2.5)]
    [InlineData("1:30", 90)]
    [InlineData("90:00", 5400)]
    [InlineData("00:01:30.5", 90.5)]
    [InlineData("100:00:00", 360000)]
    [InlineData("-5", -5)]
    [InlineData("0", 0)]
    public void Times_are_read_as_people_write_them(string text, double seconds) =>
        ValueText.Time(text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("1:60")]
    [InlineData("1:2:3:4")]
    [InlineData("1:75:00")]
    [InlineData("1,5")]
    [InlineData("5 minutes")]
    [InlineData("3s2m")]
    [InlineData("1e3")]
    [InlineData("999999999999")]
    [InlineData("99999999999999999999")]
    public void What_is_no_time_is_none(string text) => ValueText.Time(text).ShouldBeNull();

    [Theory]
    [InlineData("30d", 30 * 86400)]
    [InlineData("12h", 12 * 3600)]
    [InlineData("90m", 5400)]
    [InlineData(" 45S ", 45)]
    [InlineData("1.5d", 36 * 3600)]
    [InlineData("1d12h", 36 * 3600)]
    [InlineData("0d", 0)]
    public void Ages_have_units(string text, double seconds) => ValueText.Age(text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("d")]
    [InlineData("-1d")]
    [InlineData("1 d")]
    [InlineData("1h1d")]
    [InlineData("1,5d")]
    [InlineData("yesterday")]
    [InlineData("365001d")]
    [InlineData("999999999d")]
    public void What_is_no_age_is_none(string text) => ValueText.Age(text).ShouldBeNull();

    [Theory]
    [InlineData("1000", 1000)]
    [InlineData("1000B", 1000)]
    [InlineData("0", 0)]
    [InlineData("5GB", 5_000_000_000)]
    [InlineData("5 gb", 5_000_000_000)]
    [InlineData("5G", 5_000_000_000)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("1.5GiB", 3L << 29)]
    [InlineData(" 2KiB ", 2048)]
    [InlineData("3kB", 3000)]
    [InlineData("2TB", 2_000_000_000_000)]
    public void Sizes_are_read_as_people_write_them(string text, long bytes) => ValueText.Size(text).ShouldBe(bytes);

    [Theory]
    [InlineData("")]
    [InlineData("GB")]
    [InlineData("-5GB")]
    [InlineData("1,5GB")]
    [InlineData("5Gi")]
    [InlineData("5iB")]
    [InlineData("5PB")]
    [InlineData("much")]
    [InlineData("9999999999999999TiB")]
    [InlineData("99999999999999999999")]
    public void What_is_no_size_is_none(string text) => ValueText.Size(text).ShouldBeNull();

    [Theory]
    [InlineData("true", true)]
    [InlineData("YES", true)]
    [InlineData(" on ", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    [InlineData("Off", false)]
    [InlineData("0", false)]
    [InlineData("maybe", null)]
    public void Flags_have_several_words(string text, bool? value) => ValueText.Flag(text).ShouldBe(value);

    [Theory]
    [InlineData("-1.5", -1.5f)]
    [InlineData("1e-3", 0.001f)]
    [InlineData("1,5", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    public void Numbers_have_a_decimal_point_whatever_the_language(string text, float? value) => ValueText.Number(text).ShouldBe(value);

    [Theory]
    [InlineData(" 12 ", 12)]
    [InlineData("-3", -3)]
    [InlineData("1.5", null)]
    [InlineData("99999999999", null)]
    public void Whole_numbers_are_whole(string text, int? value) => ValueText.WholeNumber(text).ShouldBe(value);
}
