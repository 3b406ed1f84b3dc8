namespace CesarPS.Engine.Speakers;

/// <summary>
/// Who of up to three people talks in one window. Probabilities are kept in sixteen steps: more would say nothing
/// about who speaks, and a day of meetings would need room for it.
/// </summary>
internal sealed class SegmentedWindow
{
    /// <summary>Nobody is alone: nobody talks, or several do.</summary>
    public const int Nobody = -1;

    /// <summary>The level of certainty.</summary>
    public const int Highest = 15;

    private const int Frames = SegmentationModel.Frames;
    private const int Speakers = SegmentationModel.Speakers;

    // Who talks in each class of the model, after nobody.
    private static readonly int[][] Members = [[], [0], [1], [2], [0, 1], [0, 2], [1, 2]];

    private readonly byte[] _levels;
    private readonly sbyte[] _alone = new sbyte[Frames];

    /// <summary>A window whose probabilities are known.</summary>
    /// <param name="start">The frame that is the window's first, counted from the beginning of the recording, or of the block that it is in.</param>
    /// <param name="levels">Each person's probability, 0 to <see cref="Highest"/>, frame by frame.</param>
    public SegmentedWindow(int start, byte[] levels)
    {
        (Start, _levels) = (start, levels);
        for (int frame = 0; frame < Frames; frame++)
        {
            _alone[frame] = (sbyte)FindAlone(frame);
        }
    }

    /// <summary>The frame that is the window's first, counted from the beginning of the recording, or of the block that it is in.</summary>
    public int Start { get; }

    /// <summary>Each person's probability, 0 to <see cref="Highest"/>, frame by frame.</summary>
    public ReadOnlyMemory<byte> Levels => _levels;

    /// <summary>Decodes the model's classes to people: each one's probability is that of all sets with them.</summary>
    /// <param name="start">The frame that is the window's first, counted from the beginning of the recording, or of the block that it is in.</param>
    /// <param name="logProbabilities">What the model says of the window.</param>
    /// <param name="length">How many of its frames are within the recording; the others are silent.</param>
    public static SegmentedWindow Decode(int start, ReadOnlySpan<float> logProbabilities, int length)
    {
        byte[] levels = new byte[Frames * Speakers];
        Span<float> sums = stackalloc float[Speakers];
        for (int frame = 0; frame < Math.Min(length, Frames); frame++)
        {
            sums.Clear();
            for (int c = 1; c < Members.Length; c++)
            {
                float probability = MathF.Exp(logProbabilities[(frame * SegmentationModel.Classes) + c]);
                foreach (int speaker in Members[c])
                {
                    sums[speaker] += probability;
                }
            }

            for (int speaker = 0; speaker < Speakers; speaker++)
            {
                levels[(frame * Speakers) + speaker] = (byte)Math.Clamp(MathF.Round(sums[speaker] * Highest), 0, Highest);
            }
        }

        return new SegmentedWindow(start, levels);
    }

    /// <summary>The probability that somebody talks in a frame of the window.</summary>
    public float Probability(int frame, int speaker) => _levels[(frame * Speakers) + speaker] / (float)Highest;

    /// <summary>Whether somebody more likely talks than not.</summary>
    public bool IsActive(int frame, int speaker) => _levels[(frame * Speakers) + speaker] * 2 > Highest;

    /// <summary>Whether somebody talks and nobody else does.</summary>
    public bool IsAlone(int frame, int speaker) => _alone[frame] == speaker;

    /// <summary>Who talks while nobody else does; <see cref="Nobody"/> otherwise.</summary>
    public int Alone(int frame) => _alone[frame];

    private int FindAlone(int frame)
    {
        int alone = Nobody;
        for (int speaker = 0; speaker < Speakers; speaker++)
        {
            if (IsActive(frame, speaker))
            {
                if (alone != Nobody)
                {
                    return Nobody;
                }

                alone = speaker;
            }
        }

        return alone;
    }
}
