using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Speakers;

/// <summary>Makes one speaker's turns of the frames in which they speak.</summary>
/// <param name="speaker">The speaker's number.</param>
/// <param name="samples">The length of the recording.</param>
/// <param name="settings">How turns are made.</param>
internal sealed class TurnBuilder(int speaker, long samples, TurnSettings settings)
{
    private readonly List<RawTurn> _turns = [];
    private int _begin = -1;

    /// <summary>Says whether the speaker speaks in the next frame.</summary>
    public void Add(int frame, bool speaks)
    {
        if (speaks && _begin < 0)
        {
            _begin = frame;
        }
        else if (!speaks && _begin >= 0)
        {
            End(frame);
        }
    }

    /// <summary>Ends the recording at a frame.</summary>
    /// <returns>The turns in order.</returns>
    public IEnumerable<RawTurn> Finish(int frame)
    {
        if (_begin >= 0)
        {
            End(frame);
        }

        return _turns.Where(turn => PcmFormat.Duration(turn.End - turn.Start).TotalSeconds >= settings.ShortestTurn);
    }

    private void End(int frame)
    {
        long start = SpeechFrames.Begin(_begin);
        long end = Math.Min(samples, SpeechFrames.Begin(frame));
        _begin = -1;
        if (_turns.Count > 0 && PcmFormat.Duration(start - _turns[^1].End).TotalSeconds < settings.ShortestPause)
        {
            _turns[^1] = _turns[^1] with { End = end };
        }
        else if (start < end)
        {
            _turns.Add(new RawTurn(start, end, speaker));
        }
    }
}

/// <summary>A turn in samples, its speaker by number.</summary>
internal sealed record RawTurn(long Start, long End, int Speaker);
