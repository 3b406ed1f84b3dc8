using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CesarPS.Console.Output;
using Spectre.Console;

namespace CesarPS.Console.Commands.Caching;

/// <summary>cesar cache info: the cache in numbers, and who works in it now.</summary>
internal sealed class CacheInfoCommand(CachePlace place) : ICesarCommand
{
    private readonly Option<bool> _json = new("--json");

    /// <inheritdoc/>
    public Command Build()
    {
        Command info = new("info") { _json, place.Folder };
        info.SetAction(parsed => place.Use(parsed, (cache, _) => Show(cache.Info(), parsed.GetValue(_json))));
        return info;
    }

    private static int Show(CacheInfo info, bool json)
    {
        using StandardOutput output = new();
        if (json)
        {
            output.WriteJson(writer => Write(writer, info));
            return ExitCode.Done;
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        output.WriteRendered(Facts(info, now));
        if (info.Stages.Count > 0)
        {
            output.Write(writer => writer.WriteLine());
            output.WriteRendered(Stages(info.Stages));
        }

        if (info.Working.Count > 0)
        {
            output.Write(writer => writer.WriteLine());
            output.WriteRendered(Working(info.Working, now));
        }

        return ExitCode.Done;
    }

    private static Grid Facts(CacheInfo info, DateTimeOffset now)
    {
        Grid facts = new();
        facts.AddColumn(new GridColumn().NoWrap()).AddColumn();
        Fact("Folder", Shown.Text(info.Directory));
        Fact("Size", info.SizeLimit > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Readable.Size(info.Bytes)}, {Readable.Percent(info.Share)} of the limit of {Readable.ChosenSize(info.SizeLimit)}")
            : $"{Readable.Size(info.Bytes)}; the limit is 0: nothing is kept");
        Fact("Entries", info.Entries.ToString("N0", CultureInfo.InvariantCulture)
            + (info is { Oldest: { } oldest, Newest: { } newest } ? $"; the oldest was made {Readable.Ago(oldest, now)}, the newest {Readable.Ago(newest, now)}" : ""));
        Fact("Status", Status(info.Status));
        Fact("Hit rate", info.HitRate is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"{Readable.Percent(rate)}: {info.Hits:N0} of {info.Hits + info.Misses:N0} results were found")
            : "-");
        Fact("Time saved", info.TimeSaved > TimeSpan.Zero ? Readable.Spent(info.TimeSaved) : "-");
        if (info.Damaged > 0)
        {
            Fact("Damaged", $"{Readable.Entries((int)info.Damaged)} worked out anew; 'cesar cache verify' looks for more");
        }

        if (info.Collisions > 0)
        {
            Fact("Collisions", $"{Readable.Entries((int)info.Collisions)} with the digest of another key");
        }

        return facts;

        void Fact(string name, string value) => facts.AddRow(new Text(name), new Text(value));
    }

    private static string Status(CacheStatus status) => status switch
    {
        CacheStatus.Cold => "COLD: nothing is kept yet, everything has to be worked out",
        CacheStatus.Warming => "WARMING: most of what was asked for lately had to be worked out",
        _ => "WARM: most of what was asked for lately was found",
    };

    private static Grid Stages(IReadOnlyList<CacheStageInfo> stages)
    {
        Grid table = new();
        table.AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().RightAligned().NoWrap()).AddColumn(new GridColumn().RightAligned().NoWrap());
        table.AddRow("STAGE", "ENTRIES", "SIZE");
        foreach (CacheStageInfo stage in stages)
        {
            table.AddRow(new Text(Shown.Text(stage.Stage)), new Text(stage.Entries.ToString("N0", CultureInfo.InvariantCulture)), new Text(Readable.Size(stage.Bytes)));
        }

        return table;
    }

    private static Grid Working(IReadOnlyList<LockHolder> working, DateTimeOffset now)
    {
        Grid table = new();
        table.AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
        table.AddRow("UNDER WAY", "BY", "SINCE", "SOURCE");
        foreach (LockHolder holder in working.OrderBy(holder => holder.Since))
        {
            table.AddRow(new Text(Shown.Text(holder.Stage)), new Text(Shown.Text(holder.Name)), new Text(Readable.Ago(holder.Since, now)), new Text(Shown.Name(holder.Origin)));
        }

        return table;
    }

    private static void Write(Utf8JsonWriter json, CacheInfo info)
    {
        json.WriteStartObject();
        json.WriteString("directory", info.Directory);
        json.WriteNumber("bytes", info.Bytes);
        json.WriteNumber("sizeLimit", info.SizeLimit);
        json.WriteNumber("share", Math.Round(info.Share, 4));
        json.WriteNumber("entries", info.Entries);
        json.WriteStartArray("stages");
        foreach (CacheStageInfo stage in info.Stages)
        {
            json.WriteStartObject();
            json.WriteString("stage", stage.Stage);
            json.WriteNumber("entries", stage.Entries);
            json.WriteNumber("bytes", stage.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteTime("oldest", info.Oldest);
        json.WriteTime("newest", info.Newest);
        json.WriteNumber("hits", info.Hits);
        json.WriteNumber("misses", info.Misses);
        if (info.HitRate is { } rate)
        {
            json.WriteNumber("hitRate", Math.Round(rate, 4));
        }
        else
        {
            json.WriteNull("hitRate");
        }

        json.WriteNumber("damaged", info.Damaged);
        json.WriteNumber("collisions", info.Collisions);
        json.WriteNumber("timeSaved", Math.Round(info.TimeSaved.TotalSeconds, 3));
        json.WriteString("status", info.Status.ToString().ToUpperInvariant());
        json.WriteStartArray("working");
        foreach (LockHolder holder in info.Working)
        {
            json.WriteStartObject();
            json.WriteHolder(holder);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
