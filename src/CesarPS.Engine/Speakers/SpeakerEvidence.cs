namespace CesarPS.Engine.Speakers;

/// <summary>
/// Which speakers the people of a window are. A window's person may be one speaker at first and another later: the
/// pieces near by decide, and a little all others of the same person in that window.
/// </summary>
/// <param name="pieceSettings">How pieces were cut.</param>
/// <param name="speakers">The direction of each speaker's voice.</param>
/// <param name="settings">How far pieces bear.</param>
internal sealed class SpeakerEvidence(SpeakerFeatureSettings pieceSettings, IReadOnlyList<float[]> speakers, TurnSettings settings)
{
    /// <summary>Frames from one place to the next at which evidence is weighed: 0.17 s.</summary>
    public const int Step = 10;

    private const int Frames = SegmentationModel.Frames;
    private const int Speakers = SegmentationModel.Speakers;

    // In order of their middles: those of one block come before those of the next.
    private readonly List<PlacedPiece> _pieces = [];

    /// <summary>Adds the pieces of the recording's next block.</summary>
    public void Add(SpeakerFeatures block) =>
        _pieces.AddRange(block.Pieces.Select(piece => Place(piece, block.Windows[piece.Window])).OrderBy(piece => piece.Centre));

    /// <summary>Forgets the pieces that bear on no window from a frame on.</summary>
    public void Forget(int from) => _pieces.RemoveRange(0, FirstFrom(from - pieceSettings.PieceLength));

    /// <summary>Weighs the evidence for the people of a window, whose block and the one behind it were added. May be called from several threads.</summary>
    /// <returns>For each place and person the mean cosine with each speaker; all 0 where a person is never alone, so that nothing is known.</returns>
    public double[,][] Weigh(SegmentedWindow window)
    {
        int reach = pieceSettings.PieceLength;
        var near = new List<Evidence>[] { [], [], [] };
        for (int i = FirstFrom(window.Start - reach); i < _pieces.Count && _pieces[i].Centre < window.Start + Frames + reach; i++)
        {
            Collect(_pieces[i], window, near);
        }

        var scores = new double[(Frames / Step) + 1, Speakers][];
        for (int speaker = 0; speaker < Speakers; speaker++)
        {
            (double[] sums, double total) = Everywhere(near[speaker]);
            for (int place = 0; place <= Frames / Step; place++)
            {
                scores[place, speaker] = Mean(near[speaker], (place * Step) + (Step / 2), sums, total);
            }
        }

        return scores;
    }

    private int FirstFrom(int centre)
    {
        int low = 0, high = _pieces.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _pieces[middle].Centre < centre ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // What all evidence of the window's person says at each of its frames.
    private (double[] Sums, double Total) Everywhere(List<Evidence> evidence)
    {
        double[] sums = new double[speakers.Count];
        double total = 0;
        foreach ((_, double weight, double[] cosines) in evidence)
        {
            double share = weight * settings.WholeWindow;
            total += share;
            VoiceVector.Add(sums, cosines, share);
        }

        return (sums, total);
    }

    // And what those near a frame say beside it.
    private double[] Mean(List<Evidence> evidence, int frame, double[] everywhere, double total)
    {
        double reach = settings.Reach / SpeechFrames.Seconds;
        double[] sums = [.. everywhere];
        foreach ((int centre, double weight, double[] cosines) in evidence)
        {
            double nearness = 1 - (Math.Abs(frame - centre) / reach);
            if (nearness > 0)
            {
                double share = weight * nearness;
                total += share;
                VoiceVector.Add(sums, cosines, share);
            }
        }

        for (int k = 0; k < sums.Length && total > 0; k++)
        {
            sums[k] /= total;
        }

        return sums;
    }

    // A piece bears on whom it was cut from, in whichever window, as far as they are alone in the same frames.
    private static void Collect(PlacedPiece piece, SegmentedWindow window, List<Evidence>[] near)
    {
        Span<int> shared = stackalloc int[Speakers];
        foreach (int frame in piece.Frames)
        {
            int within = frame - window.Start;
            if (within is >= 0 and < Frames && window.Alone(within) is int alone and not SegmentedWindow.Nobody)
            {
                shared[alone]++;
            }
        }

        for (int speaker = 0; speaker < Speakers; speaker++)
        {
            if (shared[speaker] > 0)
            {
                near[speaker].Add(new Evidence(piece.Centre - window.Start, (double)shared[speaker] * shared[speaker] / piece.Frames.Length, piece.Cosines));
            }
        }
    }

    private PlacedPiece Place(VoicePiece piece, SegmentedWindow window) => new(
        window.Start + piece.Centre,
        Array.ConvertAll(VoicePieces.Frames(window, piece.Speaker, piece.Centre, pieceSettings), frame => frame + window.Start),
        [.. speakers.Select(speaker => VoiceVector.Dot(piece.Embedding, speaker))]);

    private sealed record PlacedPiece(int Centre, int[] Frames, double[] Cosines);

    private readonly record struct Evidence(int Centre, double Weight, double[] Cosines);
}
