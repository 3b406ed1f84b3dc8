using CesarPS.Engine.Sources;

namespace CesarPS.Engine.Tests.Sources;

/// <summary>What is served when: the tables of docs/freshness.md, row by row and for every case there is.</summary>
public sealed class FreshnessTests
{
    private static readonly string[] s_page = File.ReadAllLines(Path.Combine(TestPaths.RepositoryRoot, "docs", "freshness.md"));

    public static IEnumerable<TheoryDataRow<string>> PlanRows => Rows("| entry | switches | done |");

    public static IEnumerable<TheoryDataRow<string>> VerdictRows => Rows("| entry | switches | answer | done | served |");

    [Theory]
    [MemberData(nameof(PlanRows))]
    public void Before_the_source_is_asked(string row)
    {
        string[] cells = Cells(row);
        (EntryState State, FreshnessSwitches Switches)[] cases =
            [.. from state in Enum.GetValues<EntryState>() from switches in AllSwitches() where First(PlanRows, state, switches, null) == row select (state, switches)];

        cases.ShouldNotBeEmpty("a row that no case reaches says nothing");
        cases.ShouldAllBe(each => Freshness.Plan(each.State, each.Switches) == Enum.Parse<FreshnessPlan>(cells[2], true));
    }

    [Theory]
    [MemberData(nameof(VerdictRows))]
    public void After_the_source_was_asked(string row)
    {
        string[] cells = Cells(row);
        (EntryState State, SourceAnswer Answer, FreshnessSwitches Switches)[] cases =
        [
            .. from state in Enum.GetValues<EntryState>()
               from answer in Enum.GetValues<SourceAnswer>()
               from switches in AllSwitches()
               where Freshness.Plan(state, switches) != FreshnessPlan.Serve && First(VerdictRows, state, switches, answer) == row
               select (state, answer, switches),
        ];

        cases.ShouldNotBeEmpty("a row that no case reaches says nothing");
        cases.ShouldAllBe(each => Freshness.Judge(each.State, each.Answer, each.Switches) == Enum.Parse<FreshnessVerdict>(cells[3].Replace(" ", ""), true));
    }

    [Fact]
    public void Every_case_is_in_the_tables()
    {
        foreach (EntryState state in Enum.GetValues<EntryState>())
        {
            foreach (FreshnessSwitches switches in AllSwitches())
            {
                First(PlanRows, state, switches, null).ShouldNotBeNull($"{state} {switches}");
                foreach (SourceAnswer answer in Enum.GetValues<SourceAnswer>())
                {
                    First(VerdictRows, state, switches, answer).ShouldNotBeNull($"{state} {switches} {answer}");
                }
            }
        }
    }

    private static IEnumerable<FreshnessSwitches> AllSwitches() =>
        from refresh in (bool[])[false, true] from bypass in (bool[])[false, true] from stale in (bool[])[false, true] select new FreshnessSwitches(refresh, bypass, stale);

    private static string? First(IEnumerable<TheoryDataRow<string>> rows, EntryState state, FreshnessSwitches switches, SourceAnswer? answer) =>
        rows.Select(row => row.Data).FirstOrDefault(row => Cells(row) is var cells && Fits(cells[0], state) && Fits(cells[1], switches) && (answer is null || Fits(cells[2], answer.Value)));

    private static bool Fits<T>(string cell, T value)
        where T : struct, Enum => cell == "any" || cell.Split(", ").Contains(value.ToString().ToLowerInvariant());

    private static bool Fits(string cell, FreshnessSwitches switches) => cell switch
    {
        "any" => true,
        "--no-cache" => switches.Bypass,
        "--refresh" => switches.Refresh,
        "without --refresh" => !switches.Refresh,
        "--allow-stale" => switches.AllowStale,
        _ => throw new InvalidDataException($"The table asks for '{cell}'."),
    };

    private static string[] Cells(string row) => row.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries);

    private static TheoryDataRow<string>[] Rows(string head) =>
        [.. s_page.SkipWhile(line => line != head).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => new TheoryDataRow<string>(line))];
}
