namespace CesarPS.Engine.Speakers;

/// <summary>A second or so of one person's speech, and what the voice in it is like.</summary>
/// <param name="Window">The window that it was cut by, counted from the first of the same features.</param>
/// <param name="Speaker">Which of the window's people speaks.</param>
/// <param name="Centre">The window's frame that is its middle.</param>
/// <param name="Embedding">The voice, at length 1.</param>
internal sealed record VoicePiece(int Window, int Speaker, int Centre, float[] Embedding);

/// <summary>Cuts a window's speech into pieces.</summary>
/// <remarks>
/// A window may take two people for one, and mostly does where they sound alike. A piece is short enough to belong to
/// one of them, and holds nothing of those whom the window does tell apart.
/// </remarks>
internal static class VoicePieces
{
    /// <summary>The middles of a person's pieces.</summary>
    /// <param name="window">The window.</param>
    /// <param name="speaker">Which of its people.</param>
    /// <param name="from">The window's frame to begin at.</param>
    /// <param name="to">The window's frame to end before.</param>
    /// <param name="settings">How long and how dense pieces are.</param>
    public static List<int> Cut(SegmentedWindow window, int speaker, int from, int to, SpeakerFeatureSettings settings)
    {
        var centres = new List<int>();
        int[] last = [];
        // Places are counted from the recording's start, so that they do not move with the windows.
        int first = from - ((window.Start + from) % settings.PieceShift);
        for (int place = first; place < to; place += settings.PieceShift)
        {
            int count = 0;
            int sum = 0;
            for (int frame = Math.Max(from, place); frame < Math.Min(to, place + settings.PieceShift); frame++)
            {
                if (window.IsAlone(frame, speaker))
                {
                    count++;
                    sum += frame;
                }
            }

            if (count < settings.ShortestPiece)
            {
                continue;
            }

            int centre = sum / count;
            int[] frames = Frames(window, speaker, centre, settings);
            if (!frames.SequenceEqual(last))
            {
                centres.Add(centre);
                last = frames;
            }
        }

        return centres;
    }

    /// <summary>The window's frames that a piece consists of: those around its middle in which its speaker is alone.</summary>
    public static int[] Frames(SegmentedWindow window, int speaker, int centre, SpeakerFeatureSettings settings)
    {
        int reach = settings.PieceLength / 2;
        int from = Math.Max(0, centre - reach);
        int to = Math.Min(SegmentationModel.Frames - 1, centre + reach);
        var frames = new List<int>(to - from + 1);
        for (int frame = from; frame <= to; frame++)
        {
            if (window.IsAlone(frame, speaker))
            {
                frames.Add(frame);
            }
        }

        return [.. frames];
    }
}
