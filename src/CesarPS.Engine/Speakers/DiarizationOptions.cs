namespace CesarPS.Engine.Speakers;

/// <summary>What is asked of diarization.</summary>
internal sealed record DiarizationOptions
{
    /// <summary>How many speakers there are; null to find out.</summary>
    public int? Speakers { get; init; }

    /// <summary>The fewest speakers that there may be; null for one.</summary>
    public int? MinSpeakers { get; init; }

    /// <summary>The most speakers that there may be; null for as many as are found.</summary>
    public int? MaxSpeakers { get; init; }

    /// <summary>How voices are told apart.</summary>
    public VoiceSettings Voices { get; init; } = new();

    /// <summary>How turns are made.</summary>
    public TurnSettings Turns { get; init; } = new();
}

/// <summary>How voices are told apart.</summary>
internal sealed record VoiceSettings
{
    /// <summary>The likeness (see <see cref="VoiceCluster.Likeness"/>) below which two groups of pieces are two people.</summary>
    public double Threshold { get; init; } = 0.55;

    /// <summary>The scatter of one person's pieces, as the mean cosine of two of them, that is taken for granted until a group is large.</summary>
    public double ExpectedCohesion { get; init; } = 0.45;

    /// <summary>How much the expectation weighs, in seconds squared: as much as so many pairs of pieces of one second.</summary>
    public double CohesionWeight { get; init; } = 5;

    /// <summary>How much less alike two pieces count whose speakers a window told apart, as a cosine.</summary>
    public double ApartPenalty { get; init; } = 0.5;

    /// <summary>Least speech of a piece that takes part in grouping, in seconds; shorter ones are given to a group afterwards.</summary>
    public double ShortestPiece { get; init; } = 0.5;

    /// <summary>Least speech of a speaker, in seconds: what is less is given to the speaker that sounds most alike.</summary>
    public double LeastSpeech { get; init; } = 2;

    /// <summary>The same as a share of all speech: the longer a recording is, the more gathers that is like nobody.</summary>
    public double LeastShare { get; init; } = 0.01;

    /// <summary>Speech, in seconds, that makes a speaker in a recording of any length.</summary>
    public double EnoughSpeech { get; init; } = 10;
}

/// <summary>How turns are made.</summary>
internal sealed record TurnSettings
{
    /// <summary>How far pieces bear on who speaks, in seconds: less with distance.</summary>
    public double Reach { get; init; } = 1;

    /// <summary>How much all other pieces of a window's person bear on it beside those near by.</summary>
    public double WholeWindow { get; init; } = 0.1;

    /// <summary>Share of the windows, by their probabilities, that must agree that somebody speaks.</summary>
    public double Agreement { get; init; } = 0.5;

    /// <summary>A pause of one speaker that is shorter is part of the turn, in seconds.</summary>
    public double ShortestPause { get; init; } = 0.75;

    /// <summary>A turn that is shorter is none, in seconds.</summary>
    public double ShortestTurn { get; init; } = 0.1;
}
