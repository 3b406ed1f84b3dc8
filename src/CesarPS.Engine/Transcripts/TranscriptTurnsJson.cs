using System.Text.Json;

namespace CesarPS.Engine.Transcripts;

/// <summary>Who speaks in a transcript as JSON: nothing where speakers were not asked for.</summary>
internal static class TranscriptTurnsJson
{
    /// <summary>Writes the fields <c>speakers</c> and <c>turns</c>.</summary>
    public static void Write(Utf8JsonWriter json, Transcript transcript)
    {
        if (transcript.Turns.Count == 0)
        {
            return;
        }

        json.WriteStartArray("speakers");
        foreach (Speaker speaker in transcript.Speakers)
        {
            json.WriteStartObject();
            json.WriteString("name", TranscriptJson.Valid(speaker.Name));
            TranscriptJson.WriteSeconds(json, "speakingTime", speaker.SpeakingTime);
            TranscriptJson.WriteNumber(json, "share", speaker.Share);
            json.WriteNumber("turns", speaker.TurnCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("turns");
        foreach (SpeakerTurn turn in transcript.Turns)
        {
            json.WriteStartObject();
            TranscriptJson.WriteSeconds(json, "start", turn.Start);
            TranscriptJson.WriteSeconds(json, "end", turn.End);
            json.WriteString("speaker", TranscriptJson.Valid(turn.Speaker));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
