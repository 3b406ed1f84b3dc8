namespace CesarPS.Engine.Tests;

/// <summary>Times and sizes as people read them.</summary>
public sealed class ReadableTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(81_768_585, "78.0 MiB")]
    [InlineData(5_368_709_120, "5.0 GiB")]
    public void Sizes_are_in_the_largest_unit(long bytes, string text) => Readable.Size(bytes).ShouldBe(text);

    [Theory]
    [InlineData(10_000_000_000, "10 GB")]
    [InlineData(5_368_709_120, "5.0 GiB")]
    [InlineData(0, "0 B")]
    public void A_chosen_size_is_as_it_was_chosen(long bytes, string text) => Readable.ChosenSize(bytes).ShouldBe(text);

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.001, "under 1 %")]
    [InlineData(0.5, "50 %")]
    [InlineData(0.999, "over 99 %")]
    [InlineData(1, "100 %")]
    public void A_little_is_not_nothing_and_almost_all_is_not_all(double share, string text) => Readable.Percent(share).ShouldBe(text);

    [Theory]
    [InlineData(4.24, "4.2 s")]
    [InlineData(65, "1:05")]
    [InlineData(3725, "1:02:05")]
    public void Time_that_was_spent_becomes_a_clock_from_a_minute_on(double seconds, string text) =>
        Readable.Spent(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Fact]
    public void A_list_is_its_length_as_a_text_and_stays_the_same_list()
    {
        ItemList<int> list = ItemList<int>.Of([1, 2, 3]);

        list.ToString().ShouldBe("3");
        ItemList<int>.Of(list).ShouldBeSameAs(list);
    }
}
