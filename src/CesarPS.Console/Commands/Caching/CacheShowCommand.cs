using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CesarPS.Console.Output;
using CesarPS.Engine.Caching;
using Spectre.Console;

namespace CesarPS.Console.Commands.Caching;

/// <summary>cesar cache show: everything about one entry, with what it was made from and what was made from it.</summary>
internal sealed class CacheShowCommand(CachePlace place) : ICesarCommand
{
    // The text of an hour is no help on a screen.
    private const int LongestValue = 400;
    private readonly Argument<string> _key = new("KEY");
    private readonly Option<bool> _json = new("--json");

    /// <inheritdoc/>
    public Command Build()
    {
        Command show = new("show") { _key, _json, place.Folder };
        show.SetAction(parsed => place.Use(parsed, (cache, _) => Show(parsed, cache)));
        return show;
    }

    private int Show(ParseResult parsed, CacheAdministration cache)
    {
        string key = parsed.GetValue(_key)!;
        UsageException.RequireNoStrayOption(parsed, [key]);
        CacheEntryDetails details = cache.Show(key.Trim().TrimEnd('…').ToLowerInvariant());
        using StandardOutput output = new();
        if (parsed.GetValue(_json))
        {
            output.WriteJson(json => Write(json, details));
        }
        else
        {
            output.WriteRendered(Table(details, DateTimeOffset.UtcNow));
        }

        return ExitCode.Done;
    }

    private static Grid Table(CacheEntryDetails details, DateTimeOffset now)
    {
        CacheEntry entry = details.Entry;
        Grid table = new();
        table.AddColumn(new GridColumn().NoWrap()).AddColumn();
        Row("Key", entry.Key);
        Row("Stage", string.Create(CultureInfo.InvariantCulture, $"{entry.Stage}, version {details.Version}"));
        Row("Source", entry.Source.Length > 0 ? entry.Source : "-");
        Row("Input", entry.Input);
        Row("Output", details.Output ?? "-");
        Row("Size", Readable.Size(entry.Bytes));
        Row("Created", Time(entry.Created));
        Row("Last used", Time(entry.LastUsed));
        Row("Took", Readable.Spent(entry.Elapsed));
        if (details.Artifact is { } artifact)
        {
            Row("File", $"{Readable.Size(artifact.Bytes)}, {(details.HasArtifact ? "here" : "removed")}, SHA-256 {artifact.Sha256}");
        }

        Several("Options", details.Fields.Select(field => $"{field.Name} = {field.Value ?? "-"}"));
        Several("Made from", details.MadeFrom.Select(Brief));
        Several("Used by", details.UsedBy.Select(Brief));
        if (details.Holder is { } holder)
        {
            Row("At work", $"{holder.Name}, since {Time(holder.Since)}");
        }

        if (details.Failure is { } failure)
        {
            Row("Failed", $"{Time(failure.At)}: {failure.Message} ({failure.ErrorId})");
        }

        Row("Value", details.Value.Length <= LongestValue ? details.Value : $"{Cut(details.Value)}… (--json shows all of it)");
        return table;

        void Row(string name, string value) => table.AddRow(new Text(name), new Text(Shown.Text(value)));

        void Several(string name, IEnumerable<string> values)
        {
            string label = name;
            foreach (string value in values.DefaultIfEmpty("-"))
            {
                Row(label, value);
                label = "";
            }
        }

        string Time(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC ({Readable.Ago(time, now)})");

        string Brief(CacheEntry other) => $"{other.ShortKey}  {other.Stage}  {Readable.Size(other.Bytes)}  {Readable.Ago(other.Created, now)}";
    }

    // Not between the halves of a character.
    private static string Cut(string text) => text[..(char.IsHighSurrogate(text[LongestValue - 1]) ? LongestValue - 1 : LongestValue)];

    private static void Write(Utf8JsonWriter json, CacheEntryDetails details)
    {
        json.WriteStartObject();
        json.WriteEntryFields(details.Entry);
        json.WriteNumber("version", details.Version);
        json.WriteStartObject("fields");
        foreach (KeyField field in details.Fields)
        {
            json.WriteString(field.Name, field.Value);
        }

        json.WriteEndObject();
        json.WriteString("output", details.Output);
        json.WritePropertyName("artifact");
        if (details.Artifact is { } artifact)
        {
            json.WriteStartObject();
            json.WriteString("sha256", artifact.Sha256);
            json.WriteNumber("bytes", artifact.Bytes);
            json.WriteBoolean("present", details.HasArtifact);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("madeFrom");
        json.WriteEntries(details.MadeFrom);
        json.WritePropertyName("usedBy");
        json.WriteEntries(details.UsedBy);
        json.WritePropertyName("holder");
        if (details.Holder is { } holder)
        {
            json.WriteStartObject();
            json.WriteHolder(holder);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("failure");
        if (details.Failure is { } failure)
        {
            json.WriteStartObject();
            json.WriteTime("at", failure.At);
            json.WriteString("errorId", failure.ErrorId);
            json.WriteString("message", failure.Message);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("value");
        json.WriteRawValue(details.Value);
        json.WriteEndObject();
    }
}
