using System.Diagnostics;
using System.Globalization;

namespace CesarPS.Build;

/// <summary>What the build tells people: one line as a step starts, one when it has ended and how long it took.</summary>
internal static class Say
{
    public static void Line(string text) => Console.WriteLine(text);

    /// <summary>Does a piece of work under a heading, and adds the time it took.</summary>
    public static void Doing(string what, Action work)
    {
        Console.WriteLine($"==> {what}");
        var watch = Stopwatch.StartNew();
        work();
        if (watch.Elapsed >= TimeSpan.FromSeconds(1))
        {
            Console.WriteLine($"    done in {Seconds(watch.Elapsed)}");
        }
    }

    public static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    public static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");
}
