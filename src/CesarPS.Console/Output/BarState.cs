using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Pipeline;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CesarPS.Console.Output;

/// <summary>What stands beside a bar.</summary>
internal abstract class BarState
{
    public string Name { get; set; } = "";

    /// <summary>How much is done, 0 to 1.</summary>
    public double Share { get; protected set; }

    public virtual string Percent => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Share * 100),3} %");

    public abstract string Stage { get; }

    public abstract string Speed { get; }

    public abstract string Left { get; }

    /// <summary>The time left where the work goes on as it has gone; empty before that can be known.</summary>
    protected static string LeftText(TimeSpan elapsed, double done, double remaining) =>
        done > 0 && elapsed > TimeSpan.FromSeconds(1) ? Readable.Clock(elapsed * (remaining / done)) + " left" : "";
}

/// <summary>Beside the bar of a recording.</summary>
internal sealed class FileBar : BarState
{
    /// <summary>The stage of a recording that has not begun, or whose transcript waits for one before it.</summary>
    public const string Waiting = "waiting";

    // When the stage began: each has a pace of its own.
    private long _started;
    private TranscriptionProgress? _last;

    public override string Percent => _last?.Duration is null && Download?.BytesTotal is null ? "" : base.Percent;

    public override string Stage => Download is not null ? "download" : _last?.Stage ?? Waiting;

    private DownloadProgress? Download => _last?.Download;

    public override string Speed => Download is { } download ? DownloadBar.SpeedOf(download) : _last is { Stage: not Waiting, Position: { Ticks: > 0 } position } ? Readable.Speed(position, Stopwatch.GetElapsedTime(_started)) : "";

    public override string Left => Download is { } download ? DownloadBar.LeftOf(download) : _last is { Stage: not Waiting, Duration: { } duration, Position: var position }
        ? LeftText(Stopwatch.GetElapsedTime(_started), position.TotalSeconds, Math.Max(0, (duration - position).TotalSeconds))
        : "";

    public void Update(TranscriptionProgress progress)
    {
        _started = progress.Stage == _last?.Stage ? _started : Stopwatch.GetTimestamp();
        _last = progress;
        Share = progress.Download is { } download ? DownloadBar.ShareOf(download)
            : progress.Duration is { Ticks: > 0 } duration ? Math.Clamp(progress.Position / duration, 0, 0.999)
            : 0;
    }
}

/// <summary>Beside the bar of a model's download.</summary>
internal sealed class DownloadBar : BarState
{
    private DownloadProgress? _last;

    public override string Stage => "download";

    public override string Speed => _last is null ? "" : SpeedOf(_last);

    public override string Left => _last is null ? "" : LeftOf(_last);

    public static string SpeedOf(DownloadProgress download) => download.BytesPerSecond > 0 ? Readable.Size((long)download.BytesPerSecond) + "/s" : "";

    public static string LeftOf(DownloadProgress download) => download.Left is { } left ? Readable.Clock(left) + " left" : "";

    public static double ShareOf(DownloadProgress download) =>
        download.BytesTotal is > 0 and { } total ? Math.Clamp((double)download.BytesDone / total, 0, 1) : 0;

    public void Update(DownloadProgress progress)
    {
        _last = progress;
        Share = ShareOf(progress);
    }
}

/// <summary>A column of plain text: names are never taken for markup.</summary>
internal sealed class StateColumn(ConcurrentDictionary<int, BarState> states, Func<BarState, string> text) : ProgressColumn
{
    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(states.TryGetValue(task.Id, out BarState? state) ? text(state) : "") { Overflow = Overflow.Ellipsis };
}
