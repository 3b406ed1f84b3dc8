using CesarPS.Engine.Sources;

namespace CesarPS.Engine.Tests.Sources;

/// <summary>What strangers write about their recordings.</summary>
public sealed class MetadataTextTests
{
    [Theory]
    [InlineData("A talk", "A talk")]
    [InlineData("  A\r\n talk\t\0 ", "A talk")]
    [InlineData("red \u001b[31m text", "red [31m text")]
    [InlineData("gnp.\u202egpj", "gnp.gpj")]
    [InlineData("\u2066turned\u2069 \u200bzero", "turned zero")]
    [InlineData("今日は 👩‍👩‍👧‍👦 שלום é", "今日は 👩‍👩‍👧‍👦 שלום é")]
    [InlineData("\u0001\u202e", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void It_becomes_one_line_that_steers_nothing(string? text, string? clean) => MetadataText.Clean(text).ShouldBe(clean);

    [Fact]
    public void Half_a_letter_is_replaced() => MetadataText.Clean("half " + '\ud83d' + " pair").ShouldBe("half \ufffd pair");

    [Fact]
    public void It_is_cut_where_it_is_long()
    {
        MetadataText.Clean(new string('x', 100_000))!.Length.ShouldBe(300);
        MetadataText.Clean("a" + new string('\u0301', 100_000))!.Length.ShouldBeLessThan(2001);
    }
}
