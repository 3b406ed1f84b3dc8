using System.Globalization;
using System.Runtime.InteropServices;

namespace CesarPS.Benchmarks.Measuring;

/// <summary>A table as a README holds it, on standard output.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string> _rows = [];

    public void Add(params FormattableString[] cells) =>
        _rows.Add(Row(cells.Select(cell => cell.ToString(CultureInfo.InvariantCulture))));

    public void Print()
    {
        Console.WriteLine($"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture}), {Environment.ProcessorCount} cores");
        Console.WriteLine();
        Console.WriteLine(Row(columns));
        Console.WriteLine(Row(columns.Select((_, i) => i == 0 ? "---" : "---:")));
        _rows.ForEach(Console.WriteLine);
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
