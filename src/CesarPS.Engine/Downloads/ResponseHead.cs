using System.Globalization;
using System.Net.Http.Headers;

namespace CesarPS.Engine.Downloads;

/// <summary>
/// What a server says of a file before its bytes (RFC 9110): the version it is of, its length, what it is. Kept beside
/// a download that is not finished, since a part that is fetched later repeats little of it.
/// </summary>
internal sealed record ResponseHead
{
    /// <summary>The entity tag as the server wrote it, weak or strong.</summary>
    public string? ETag { get; init; }

    /// <summary>When the file was changed last.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>When the answer was given, by the server's clock.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The bytes of the whole file as it is sent; null where the server does not say.</summary>
    public long? Length { get; init; }

    /// <summary>What the file is, such as <c>audio/mpeg</c>, without parameters.</summary>
    public string? ContentType { get; init; }

    /// <summary>How it is packed for the way, such as <c>gzip</c>; null where it is not.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The name that the server gives it, without any folder.</summary>
    public string? FileName { get; init; }

    /// <summary>Whether the server can be asked if the file is still the same.</summary>
    public bool HasValidator => ETag is not null || LastModified is not null;

    /// <summary>
    /// What makes a request for a part conditional on the version: a strong tag, or a date that the server's own
    /// clock had left behind (RFC 9110, 8.8.2.2 and 13.1.5). Null where parts of two versions could meet.
    /// </summary>
    public RangeConditionHeaderValue? RangeCondition =>
        ETag is not null ? (EntityTagHeaderValue.TryParse(ETag, out EntityTagHeaderValue? tag) && !tag.IsWeak ? new RangeConditionHeaderValue(tag) : null)
        : LastModified is { } modified && Date - modified >= TimeSpan.FromSeconds(1) ? new RangeConditionHeaderValue(modified)
        : null;

    /// <summary>
    /// Whether another answer is of another version. A tag says more than a date; what an answer leaves out says nothing.
    /// </summary>
    public bool IsOtherThan(ResponseHead other) => ETag is not null && other.ETag is not null
        ? ETag != other.ETag
        : LastModified is not null && other.LastModified is not null && LastModified != other.LastModified;

    /// <summary>What an answer says of the whole file.</summary>
    public static ResponseHead Of(HttpResponseMessage response)
    {
        HttpContentHeaders content = response.Content.Headers;
        return new ResponseHead
        {
            ETag = response.Headers.ETag?.ToString(),
            LastModified = content.LastModified,
            Date = response.Headers.Date,
            Length = content.ContentRange?.Length ?? content.ContentLength,
            ContentType = content.ContentType?.MediaType?.ToLowerInvariant(),
            ContentEncoding = content.ContentEncoding.LastOrDefault(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))?.ToLowerInvariant(),
            FileName = Name(content.ContentDisposition),
        };
    }

    /// <summary>The head as lines of a header.</summary>
    public string Write()
    {
        IEnumerable<string?> lines =
        [
            ETag is null ? null : "ETag: " + ETag,
            LastModified is { } modified ? "Last-Modified: " + modified.ToString("R", CultureInfo.InvariantCulture) : null,
            Date is { } date ? "Date: " + date.ToString("R", CultureInfo.InvariantCulture) : null,
            Length is { } length ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}") : null,
            ContentType is null ? null : "Content-Type: " + ContentType,
            ContentEncoding is null ? null : "Content-Encoding: " + ContentEncoding,
            FileName is null ? null : "Name: " + FileName,
        ];
        return string.Concat(lines.OfType<string>().Select(line => line.ReplaceLineEndings(" ") + "\n"));
    }

    /// <summary>Reads what <see cref="Write"/> wrote; what cannot be read is left out.</summary>
    public static ResponseHead Parse(string text)
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in text.Split('\n'))
        {
            if (line.Split(": ", 2) is [var name, var value])
            {
                fields[name] = value;
            }
        }

        return new ResponseHead
        {
            ETag = fields.GetValueOrDefault("ETag"),
            LastModified = Time("Last-Modified"),
            Date = Time("Date"),
            Length = long.TryParse(fields.GetValueOrDefault("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : null,
            ContentType = fields.GetValueOrDefault("Content-Type"),
            ContentEncoding = fields.GetValueOrDefault("Content-Encoding"),
            FileName = fields.GetValueOrDefault("Name"),
        };

        DateTimeOffset? Time(string name) =>
            DateTimeOffset.TryParseExact(fields.GetValueOrDefault(name), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
    }

    private static string? Name(ContentDispositionHeaderValue? disposition)
    {
        string? name = (disposition?.FileNameStar ?? disposition?.FileName)?.Trim('"', ' ');
        return name?.Split('/', '\\')[^1] is { Length: > 0 } last ? last : null;
    }
}
