using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Speech;

/// <summary>Tells the language of a recording from as many of its first windows as that takes.</summary>
/// <param name="model">A model of many languages.</param>
/// <param name="transcriber">Encodes the windows.</param>
/// <param name="taskFor">What to write, in a language given by its code.</param>
internal sealed class LanguageDecision(WhisperModel model, WindowTranscriber transcriber, Func<string, DecodingTask> taskFor)
{
    /// <summary>Decides the language.</summary>
    /// <param name="windows">At least one window; those that are read and not <see cref="DecidedLanguage.Encoded"/> are put back.</param>
    /// <param name="cancel">Stops the computation at its next node.</param>
    public async Task<DecidedLanguage> DecideAsync(WindowLookAhead windows, CancellationToken cancel)
    {
        LanguageVote vote = new();
        bool decided = false;
        SpeechWindow? encoded = null;
        List<SpeechWindow> passed = [];
        while (!decided && await windows.NextAsync().ConfigureAwait(false) is { } window)
        {
            float[] probabilities = await Task.Run(() => transcriber.DetectLanguage(window, cancel), cancel).ConfigureAwait(false);
            decided = vote.Add(probabilities, window.SpeechDuration);
            if (encoded is not null)
            {
                passed.Add(encoded);
            }

            encoded = window;
        }

        passed.ForEach(windows.PutBack);
        (int language, double share) = await Task.Run(() => Choose(vote.Leaders(), cancel), cancel).ConfigureAwait(false);
        return new DecidedLanguage(taskFor(model.LanguageCode(language)), share, encoded!);
    }

    // Where the vote leaves doubt, the text decides: the wrong language explains the sound worse.
    private (int Language, double Share) Choose(IReadOnlyList<(int Language, double Share)> leaders, CancellationToken cancel)
    {
        const double Serious = 0.05;
        if (leaders[0].Share >= LanguageVote.Doubt)
        {
            return leaders[0];
        }

        return leaders.Where(leader => leader.Share >= Math.Min(Serious, leaders[0].Share))
            .MaxBy(leader => transcriber.Try(taskFor(model.LanguageCode(leader.Language)), cancel) + (0.5 * Math.Log(leader.Share)));
    }
}

/// <summary>The language that a recording is taken to be in.</summary>
/// <param name="Task">What to write for its windows.</param>
/// <param name="Probability">How sure that is, 0 to 1.</param>
/// <param name="Encoded">The window that the transcriber has encoded last: it is ready to be written.</param>
internal sealed record DecidedLanguage(DecodingTask Task, double Probability, SpeechWindow Encoded);
