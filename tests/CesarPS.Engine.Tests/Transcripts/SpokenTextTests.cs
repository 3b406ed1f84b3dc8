using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Tests.Transcripts;

public sealed class SpokenTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("Good morning.", "Good morning.")]
    [InlineData(" Good morning. ", "Good morning.")]
    [InlineData("Good  morning,\r\n\tRobert.", "Good morning, Robert.")]
    [InlineData("Good\u00a0morning.\u2028", "Good morning.")]
    [InlineData("\u001b[31mred\u0007", "[31mred")]
    [InlineData("\uFEFFGood morning.", "Good morning.")]
    [InlineData("お早う。 👍", "お早う。 👍")]
    public void Text_is_shown_on_one_line_without_what_upsets_a_terminal(string text, string shown) => SpokenText.Clean(text).ShouldBe(shown);

    // No attribute can hold half a pair.
    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() => SpokenText.Clean("half \ud83d of it").ShouldBe("half \ufffd of it");

    [Theory]
    [InlineData("Good morning.")]
    [InlineData("お早う。")]
    public void Text_that_is_clean_already_is_not_copied(string text) => SpokenText.Clean(text).ShouldBeSameAs(text);
}
