using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Sources;

namespace CesarPS.Engine.Pipeline;

/// <summary>Fetched recordings as JSON.</summary>
internal sealed class AcquisitionCodec : ICacheCodec<Acquisition>
{
    private const string DayForm = "yyyy-MM-dd";

    /// <inheritdoc/>
    public void Write(Acquisition value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        writer.WriteStartObject();
        writer.WriteString("sha256", value.Sha256);
        writer.WriteNumber("bytes", value.Bytes);
        writer.WriteBoolean("stored", value.IsStored);
        writer.WriteString("fetched", value.Fetched.UtcDateTime);
        writer.WriteString("checked", value.Checked.UtcDateTime);
        Text("head", value.Head?.Write());
        Text("title", value.Details.Title);
        Text("uploader", value.Details.Uploader);
        Text("published", value.Details.Published?.ToString(DayForm, CultureInfo.InvariantCulture));
        if (value.Marks is { } marks)
        {
            writer.WriteStartObject("marks");
            Text("uploaded", marks.Uploaded);
            Text("modified", marks.Modified);
            Text("duration", marks.Duration?.ToString(CultureInfo.InvariantCulture));
            Text("availability", marks.Availability);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();

        void Text(string name, string? text)
        {
            if (KeyBuilder.Valid(text) is { } valid)
            {
                writer.WriteString(name, valid);
            }
        }
    }

    /// <inheritdoc/>
    public Acquisition Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root => new Acquisition
    {
        Sha256 = root.GetProperty("sha256").GetString()!,
        Bytes = root.GetProperty("bytes").GetInt64(),
        IsStored = root.GetProperty("stored").GetBoolean(),
        Fetched = root.GetProperty("fetched").GetDateTimeOffset(),
        Checked = root.GetProperty("checked").GetDateTimeOffset(),
        Head = Text(root, "head") is { } head ? ResponseHead.Parse(head) : null,
        Details = new RecordingDetails
        {
            Title = Text(root, "title"),
            Uploader = Text(root, "uploader"),
            Published = Text(root, "published") is { } day ? DateOnly.ParseExact(day, DayForm, CultureInfo.InvariantCulture) : null,
        },
        Marks = root.TryGetProperty("marks", out JsonElement marks)
            ? new VideoMarks(
                Text(marks, "uploaded"),
                Text(marks, "modified"),
                Text(marks, "duration") is { } seconds ? long.Parse(seconds, CultureInfo.InvariantCulture) : null,
                Text(marks, "availability"))
            : null,
    });

    /// <inheritdoc/>
    public string Output(Acquisition value) => value.Content;

    /// <inheritdoc/>
    public Artifact? Artifact(Acquisition value) => value.Artifact;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;
}
