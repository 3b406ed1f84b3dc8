using System.Globalization;

namespace CesarPS.Benchmarks.Measuring;

/// <summary>Lines for whoever waits, on standard error: standard output is for tables.</summary>
internal static class Notice
{
    public static void Say(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
