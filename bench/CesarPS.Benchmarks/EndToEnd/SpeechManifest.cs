using System.Text.Json;
using System.Text.Json.Serialization;

namespace CesarPS.Benchmarks.EndToEnd;

/// <summary>The recordings of the speech set, by its manifest.</summary>
internal sealed class SpeechManifest
{
    private readonly string _folder;
    private readonly Recording[] _recordings;

    public SpeechManifest(string folder)
    {
        _folder = folder;
        _recordings = [.. File.ReadLines(Path.Combine(folder, "manifest.jsonl"))
            .Where(line => line.Length > 0)
            .Select(line => JsonSerializer.Deserialize<Recording>(line)!)];
    }

    /// <summary>The path of a recording.</summary>
    public string Named(string name) => PathOf(Find(name));

    /// <summary>What is said in a recording.</summary>
    public string Reference(string name) => Find(name).Reference ?? throw new BenchException($"The speech set does not say what is said in '{name}'.");

    /// <summary>What each speaker of a recording says.</summary>
    public IReadOnlyDictionary<string, string> SpeakerReference(string name) =>
        Find(name).SpeakerReference ?? throw new BenchException($"The speech set does not say who says what in '{name}'.");

    /// <summary>The file of a recording's turns.</summary>
    public string Turns(string name) =>
        Find(name).Rttm is { } rttm ? Path.GetFullPath(Path.Combine(_folder, rttm)) : throw new BenchException($"The speech set does not say who speaks when in '{name}'.");

    /// <summary>The recordings whose turns are known.</summary>
    public string[] WithTurns() => [.. _recordings.Where(recording => recording.Rttm is not null).Select(recording => recording.Name)];

    /// <summary>
    /// The English recordings that the set's own score counts: with a reference that can be trusted, and one of
    /// those that hold the same speech.
    /// </summary>
    public string[] ScoredEnglish() =>
    [
        .. _recordings
            .Where(recording => recording.Language == "en" && recording.Reference is { Length: > 0 } && recording.Confidence != "low")
            .DistinctBy(recording => recording.SameSpeech is { Length: > 0 } same ? same : recording.Name)
            .Select(PathOf),
    ];

    private Recording Find(string name) =>
        _recordings.FirstOrDefault(recording => recording.Name == name) ?? throw new BenchException($"The speech set has no recording '{name}'.");

    private string PathOf(Recording recording) => Path.GetFullPath(Path.Combine(_folder, recording.File));

    private sealed record Recording(
        [property: JsonPropertyName("name")] string Name,
        [property: JsonPropertyName("file")] string File,
        [property: JsonPropertyName("language")] string? Language,
        [property: JsonPropertyName("reference")] string? Reference,
        [property: JsonPropertyName("confidence")] string? Confidence,
        [property: JsonPropertyName("same_speech")] string? SameSpeech,
        [property: JsonPropertyName("rttm")] string? Rttm,
        [property: JsonPropertyName("speaker_reference")] IReadOnlyDictionary<string, string>? SpeakerReference);
}
