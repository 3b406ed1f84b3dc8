using CesarPS.Engine.Sources;

namespace CesarPS.Engine.Tests.Sources;

/// <summary>The chance of XFetch, against the distribution that its paper gives: the time before the end is exponential with mean Δ·β.</summary>
public sealed class EarlyRefreshTests
{
    private static readonly TimeSpan s_maxAge = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_cost = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void So_many_costs_before_its_end_an_entry_is_renewed_with_the_chance_of_the_paper(double costsLeft)
    {
        const int Draws = 200_000;
        var random = new Random(20150531);
        int due = Enumerable.Range(0, Draws).Count(_ => EarlyRefresh.IsDue(s_maxAge - (s_cost * costsLeft), s_maxAge, s_cost, random.NextDouble()));

        double expected = Math.Exp(-costsLeft / EarlyRefresh.Beta);
        double deviation = Math.Sqrt(expected * (1 - expected) / Draws);
        ((double)due / Draws).ShouldBe(expected, 4 * deviation);
    }

    [Fact]
    public void The_times_of_renewal_are_spread_exponentially()
    {
        const int Draws = 20_000;
        var random = new Random(20150601);

        // How long before its end an entry would be renewed, in costs: the draws' own quantiles against the distribution's (Kolmogorov and Smirnov).
        double[] left = [.. Enumerable.Range(0, Draws).Select(_ => EarliestDue(random.NextDouble())).Order()];
        double distance = left.Select((costs, i) => Math.Abs(1 - Math.Exp(-costs) - ((i + 0.5) / Draws))).Max();

        distance.ShouldBeLessThan(1.63 / Math.Sqrt(Draws), "at the 1 % level");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.999999)]
    public void After_its_end_an_entry_is_renewed_whatever_is_drawn(double draw) => EarlyRefresh.IsDue(s_maxAge, s_maxAge, s_cost, draw).ShouldBeTrue();

    [Fact]
    public void What_costs_nothing_is_not_renewed_early() => EarlyRefresh.IsDue(s_maxAge - TimeSpan.FromTicks(1), s_maxAge, TimeSpan.Zero, 0.999999).ShouldBeFalse();

    // By halving: the decision itself is tested, not the formula behind it.
    private static double EarliestDue(double draw)
    {
        double never = 100, due = 0;
        for (int i = 0; i < 40; i++)
        {
            double middle = (never + due) / 2;
            (never, due) = EarlyRefresh.IsDue(s_maxAge - (s_cost * middle), s_maxAge, s_cost, draw) ? (never, middle) : (middle, due);
        }

        return due;
    }
}
