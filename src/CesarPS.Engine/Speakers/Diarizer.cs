using System.Globalization;
using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Speakers;

/// <summary>
/// Tells who speaks when, from the features of a recording: groups its pieces of speech by voice, decides how many
/// speakers there are, gives each window's people to them, and lets the windows vote on every frame.
/// </summary>
/// <param name="settings">How the features were made.</param>
/// <param name="workers">How many processors may be used at once.</param>
internal sealed class Diarizer(SpeakerFeatureSettings settings, int workers)
{
    /// <summary>Finds the turns.</summary>
    /// <param name="features">The recording.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>
    /// The turns in order of time, on the clock of the samples; those of different speakers may overlap. Speakers are
    /// numbered in the order in which they are heard.
    /// </returns>
    public IReadOnlyList<SpeakerTurn> Diarize(RecordingFeatures features, DiarizationOptions options, CancellationToken cancel)
    {
        IReadOnlyList<float[]> speakers = new VoiceClustering(features, settings, options, workers).FindSpeakers(cancel);
        TurnBuilder[] builders = [.. speakers.Select((_, k) => new TurnBuilder(k, features.Samples, options.Turns))];
        SpeakerEvidence evidence = new(settings, speakers, options.Turns);
        SpeakerVotes votes = new(speakers.Count, options.Turns.Agreement);
        int end = 0;

        // A window reaches into the block behind its own and no further.
        IReadOnlyList<SegmentedWindow> windows = [];
        foreach (SpeakerFeatures next in features.Read(cancel))
        {
            evidence.Add(next);
            Count(windows);
            windows = next.Windows;
        }

        Count(windows);
        votes.Advance(end, Tell);
        return Name(builders.SelectMany(builder => builder.Finish(end)));

        void Count(IReadOnlyList<SegmentedWindow> some)
        {
            // Evidence is weighed side by side, votes are counted in order.
            var scores = some.AsParallel().AsOrdered().WithDegreeOfParallelism(workers).WithCancellation(cancel).Select(evidence.Weigh).ToArray();
            for (int i = 0; i < scores.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                votes.Add(some[i], scores[i], Tell);
                end = some[i].Start + SegmentationModel.Frames;
            }

            if (scores.Length > 0)
            {
                evidence.Forget(some[^1].Start);
            }
        }

        void Tell(int frame, int speaker, bool speaks) => builders[speaker].Add(frame, speaks);
    }

    private static SpeakerTurn[] Name(IEnumerable<RawTurn> turns)
    {
        var names = new Dictionary<int, string>();
        return
        [
            .. turns.OrderBy(turn => turn.Start).ThenByDescending(turn => turn.End).ThenBy(turn => turn.Speaker).Select(turn =>
            {
                if (!names.TryGetValue(turn.Speaker, out string? name))
                {
                    name = string.Create(CultureInfo.InvariantCulture, $"Speaker {names.Count + 1}");
                    names.Add(turn.Speaker, name);
                }

                return new SpeakerTurn(PcmFormat.Duration(turn.Start), PcmFormat.Duration(turn.End), name);
            }),
        ];
    }
}
