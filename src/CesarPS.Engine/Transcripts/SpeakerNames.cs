using System.Text.RegularExpressions;

namespace CesarPS.Engine.Transcripts;

/// <summary>Names that a user gives to the speakers of a transcript, which are called <c>Speaker 1</c>, <c>Speaker 2</c> and so on.</summary>
public sealed partial class SpeakerNames
{
    private const string Prefix = "Speaker ";
    private const string Typed = "Write the speaker, = and the name: \"Speaker 1=Anna\", or 1=Anna.";
    private const string Paired = "Give each speaker one name: @{ 1 = 'Anna' }, or @{ 'Speaker 1' = 'Anna' }.";

    // What is shorter is no end of a turn: the pause that diarization fills.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.75);
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _form;

    private SpeakerNames(string form) => _form = form;

    /// <summary>No names: everybody is called as they are.</summary>
    public static SpeakerNames None { get; } = new(Typed);

    /// <summary>Whether nobody is named.</summary>
    public bool IsEmpty => _names.Count == 0;

    /// <summary>Reads names as they are typed: <c>Speaker 1=Anna</c>, or <c>1=Anna</c>; several in one text are parted by commas.</summary>
    /// <exception cref="CesarException">A text is not of that form, or a speaker is named twice (<c>SpeakerNameInvalid</c>).</exception>
    public static SpeakerNames Parse(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        SpeakerNames names = new(Typed);
        foreach (string text in texts.SelectMany(text => Separator().Split(text)))
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                throw names.Invalid($"'{text.Trim()}' names nobody");
            }

            names.Add(text[..equals], text[(equals + 1)..]);
        }

        return names.IsEmpty ? None : names;
    }

    /// <summary>Reads names that are given in pairs.</summary>
    /// <exception cref="CesarException">A name is empty, or a speaker is named twice (<c>SpeakerNameInvalid</c>).</exception>
    public static SpeakerNames Of(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        SpeakerNames names = new(Paired);
        foreach ((string speaker, string name) in pairs)
        {
            names.Add(speaker, name);
        }

        return names;
    }

    /// <summary>The transcript with these names in the place of the speakers'. Two speakers of one name become one.</summary>
    public Transcript Apply(Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        return transcript with
        {
            Turns = Apply(transcript.Turns),
            Segments = [.. transcript.Segments.Select(Apply)],
        };
    }

    /// <summary>The speakers who are named here and whom a transcript does not have.</summary>
    public IReadOnlyList<string> Missing(Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        return [.. _names.Keys.Except(Present(transcript), StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The speakers of a transcript, also those of whom an edited one has no turns.</summary>
    internal static IReadOnlyList<string> Present(Transcript transcript) =>
        [.. transcript.Speakers.Select(speaker => speaker.Name).Concat(transcript.Segments.Select(segment => segment.Speaker).OfType<string>()).Distinct()];

    /// <summary>
    /// The turns with these names. Where two speakers become one, so do those of their turns that overlap or have no
    /// pause between them: nobody talks beside themselves.
    /// </summary>
    internal IReadOnlyList<SpeakerTurn> Apply(IReadOnlyList<SpeakerTurn> turns)
    {
        if (IsEmpty)
        {
            return turns;
        }

        var renamed = new List<SpeakerTurn>();
        var last = new Dictionary<string, (int Index, string Before)>(StringComparer.Ordinal);
        foreach (SpeakerTurn turn in turns)
        {
            string name = NameOf(turn.Speaker);
            if (last.TryGetValue(name, out (int Index, string Before) earlier) && earlier.Before != turn.Speaker && turn.Start - renamed[earlier.Index].End < s_pause)
            {
                SpeakerTurn united = renamed[earlier.Index];
                renamed[earlier.Index] = united with { End = turn.End > united.End ? turn.End : united.End };
                last[name] = (earlier.Index, turn.Speaker);
                continue;
            }

            last[name] = (renamed.Count, turn.Speaker);
            renamed.Add(turn with { Speaker = name });
        }

        return renamed;
    }

    /// <summary>The segment with these names.</summary>
    internal Segment Apply(Segment segment) => IsEmpty ? segment : segment with
    {
        Speaker = segment.Speaker is null ? null : NameOf(segment.Speaker),
        Words = [.. segment.Words.Select(word => word.Speakers.Count == 0 ? word : word with { Speakers = [.. word.Speakers.Select(NameOf).Distinct()] })],
    };

    private string NameOf(string speaker) => _names.GetValueOrDefault(speaker, speaker);

    private void Add(string speaker, string name)
    {
        speaker = SpokenText.Clean(speaker);
        if (Number().Match(speaker) is { Success: true } number)
        {
            speaker = Prefix + number.Groups["number"].Value;
        }

        if (speaker.Length == 0 || SpokenText.CleanName(name) is not { } shown)
        {
            throw Invalid(speaker.Length == 0 ? $"'{SpokenText.Clean(name)}' is given to nobody" : $"{speaker} is given an empty name");
        }

        if (!_names.TryAdd(speaker, shown) && _names[speaker] != shown)
        {
            throw Invalid($"{speaker} is given two names, '{_names[speaker]}' and '{shown}'");
        }
    }

    private CesarException Invalid(string what) => new(CesarErrorKind.Option, "SpeakerNameInvalid",
        $"Names of speakers: {what}. {_form}");

    // A number, by itself or behind the word, without zeros before it.
    [GeneratedRegex(@"^(Speaker )?0*(?<number>[0-9]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    // A comma parts two pairs; one within a name ("Smith, Anna") has no equals sign behind it.
    [GeneratedRegex(@",(?=[^,=]+=)")]
    private static partial Regex Separator();
}
