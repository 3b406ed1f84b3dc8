using System.Diagnostics;

namespace CesarPS.Hosting;

/// <summary>
/// Lets progress through each time something new begins, and then some ten times a second: the engine tells far more
/// often, and each record costs the host something. From any thread.
/// </summary>
internal sealed class Throttle
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly object _lock = new();
    private string? _subject;
    private long _last;

    /// <summary>Whether this report is to be shown.</summary>
    /// <param name="subject">What it is about.</param>
    public bool Passes(string subject)
    {
        lock (_lock)
        {
            if (subject == _subject && Stopwatch.GetElapsedTime(_last) < Interval)
            {
                return false;
            }

            _subject = subject;
            _last = Stopwatch.GetTimestamp();
            return true;
        }
    }
}
