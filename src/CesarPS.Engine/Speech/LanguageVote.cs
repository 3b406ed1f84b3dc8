namespace CesarPS.Engine.Speech;

/// <summary>
/// The language of a recording, by vote of its first windows: a window that is sure decides alone, doubtful ones add up.
/// </summary>
internal sealed class LanguageVote
{
    /// <summary>The most windows that vote.</summary>
    public const int Windows = 3;

    /// <summary>A share, or a window's probability, below which a language is in doubt.</summary>
    public const double Doubt = 0.6;

    /// <summary>A window this sure, of at least <see cref="SureSpeech"/>, decides alone.</summary>
    private const float Sure = 0.8f;

    private static readonly TimeSpan SureSpeech = TimeSpan.FromSeconds(2);

    private readonly int _windows;
    private float[]? _sum;
    private double _weight;

    /// <summary>A vote of the windows there are.</summary>
    /// <param name="windows">How many windows can vote at the most.</param>
    public LanguageVote(int windows = Windows) => _windows = windows;

    /// <summary>How many windows have voted.</summary>
    public int Voted { get; private set; }

    /// <summary>Counts the probabilities that a window gives each language, weighed by how much is said in it.</summary>
    /// <returns>Whether the vote is decided.</returns>
    public bool Add(ReadOnlySpan<float> probabilities, TimeSpan speech)
    {
        _sum ??= new float[probabilities.Length];
        float weight = (float)Math.Max(0.1, speech.TotalSeconds);
        float highest = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            _sum[i] += probabilities[i] * weight;
            highest = Math.Max(highest, probabilities[i]);
        }

        _weight += weight;
        Voted++;
        return Voted >= _windows || (Voted == 1 && highest >= Sure && speech >= SureSpeech);
    }

    /// <summary>The languages with most votes, first the first, and their shares; no more than three.</summary>
    public IReadOnlyList<(int Language, double Share)> Leaders()
    {
        if (_sum is null)
        {
            throw new InvalidOperationException("No window has voted.");
        }

        return [.. _sum.Select((votes, language) => (Language: language, Share: Math.Round(votes / _weight, 4)))
            .OrderByDescending(candidate => candidate.Share)
            .Take(3)];
    }
}
