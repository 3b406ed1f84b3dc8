namespace CesarPS.Engine.Speech;

/// <summary>
/// Remembers what was found in windows, from run to run. A window is known by its samples and where speech is in them,
/// so that a run that was cut off, or one with another end, finds again what is the same.
/// </summary>
internal interface IWindowMemory
{
    /// <summary>The segments of a window, on the clock of the samples that were read; null where they are not known.</summary>
    IReadOnlyList<Segment>? Find(SpeechWindow window, string language);

    /// <summary>Remembers the segments of a window.</summary>
    void Keep(SpeechWindow window, string language, IReadOnlyList<Segment> segments, TimeSpan elapsed);

    /// <summary>The language that was decided on for a recording that begins with these windows; null where it is not known.</summary>
    RememberedLanguage? FindLanguage(IReadOnlyList<SpeechWindow> first);

    /// <summary>Remembers the language of a recording by its first windows.</summary>
    void KeepLanguage(IReadOnlyList<SpeechWindow> first, RememberedLanguage language, TimeSpan elapsed);
}

/// <summary>A language that was decided on.</summary>
/// <param name="Language">Its code.</param>
/// <param name="Probability">How sure that was, 0 to 1.</param>
internal sealed record RememberedLanguage(string Language, double Probability);
