using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Tests.Speech;

/// <summary>The promise of the C interface: a window gives the same result, whatever was done before or beside it.</summary>
[Collection(WithWhisper.Name)]
public sealed class WhisperSessionTests(WhisperLab lab)
{
    private static readonly DecodingTask s_english = new("en", Translate: false, []);

    [Fact]
    public async Task A_window_decodes_the_same_whatever_the_session_did_before()
    {
        float[] window = await lab.SpeechAsync(0, 2.6);
        float[] other = await lab.SpeechAsync(30.4, 33.8);
        using WhisperSession session = new(lab.Model, 1);
        Decoding first = Run(session, window, 1);
        Decoding wide = Run(session, window, 5);

        ShouldEqual(Run(session, window, 1), first);
        Run(session, other, 8);
        session.Align(s_english, lab.Model.Tokenize(" The wind sings"), Cancel);
        ShouldEqual(Run(session, window, 1), first);
        ShouldEqual(Run(session, window, 5), wide);
        Text(first).ShouldContain("Robert");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_window_decodes_the_same_in_another_session_with_any_number_of_threads(int threads)
    {
        float[] window = await lab.SpeechAsync(0, 2.6);
        using WhisperSession one = new(lab.Model, 1);
        using WhisperSession another = new(lab.Model, threads);

        ShouldEqual(Run(another, window, 5), Run(one, window, 5));
        another.DetectLanguage(Cancel).ShouldBe(one.DetectLanguage(Cancel));
    }

    [Fact]
    public async Task Sessions_that_work_at_the_same_time_do_not_mix()
    {
        float[][] windows = [await lab.SpeechAsync(0, 2.6), await lab.SpeechAsync(2.6, 5)];
        using WhisperSession one = new(lab.Model, 1);
        using WhisperSession other = new(lab.Model, 1);
        Decoding[] inTurn = [Run(one, windows[0], 1), Run(one, windows[1], 1)];

        Decoding[] together = await Task.WhenAll(
            Task.Run(() => Run(one, windows[0], 1), Cancel),
            Task.Run(() => Run(other, windows[1], 1), Cancel));

        ShouldEqual(together[0], inTurn[0]);
        ShouldEqual(together[1], inTurn[1]);
    }

    [Fact]
    public async Task A_window_need_not_be_encoded_again_to_be_decoded_again()
    {
        float[] window = await lab.SpeechAsync(0, 2.6);
        using WhisperSession session = new(lab.Model, 1);
        Decoding first = Run(session, window, 1);
        session.DetectLanguage(Cancel);

        ShouldEqual(session.Decode(s_english, 1, 0, Cancel), first);
    }

    [Fact]
    public async Task Sampling_draws_the_same_text_each_time()
    {
        float[] window = await lab.SpeechAsync(0, 2.6);
        using WhisperSession session = new(lab.Model, 1);
        using WhisperSession another = new(lab.Model, 1);
        Decoding drawn = Run(session, window, 2, temperature: 0.6f);

        ShouldEqual(Run(session, window, 2, temperature: 0.6f), drawn);
        ShouldEqual(Run(another, window, 2, temperature: 0.6f), drawn);
        drawn.Temperature.ShouldBe(0.6f);
    }

    [Fact]
    public async Task Timestamps_come_first_never_run_backwards_and_end_with_the_window()
    {
        float[] window = await lab.SpeechAsync(5, 10.5);
        using WhisperSession session = new(lab.Model, 1);
        foreach ((int width, float temperature) in new[] { (1, 0f), (3, 0f), (1, 0.4f) })
        {
            WhisperToken[] tokens = Run(session, window, width, temperature).Tokens;
            int zero = lab.Model.Info.FirstTimestamp;
            double[] times = [.. tokens.Where(token => token.Id >= zero).Select(token => (token.Id - zero) * 0.02)];

            tokens[0].Id.ShouldBeGreaterThanOrEqualTo(zero);
            times.ShouldBe(times.Order());
            times[^1].ShouldBeLessThanOrEqualTo(5.5 + 0.021);
            tokens.ShouldAllBe(token => token.LogProbability <= 1e-5f && (token.Id < lab.Model.Info.EndOfText || token.Id >= zero));
        }
    }

    [Fact]
    public async Task Words_are_aligned_in_order_within_the_window()
    {
        using WhisperSession session = new(lab.Model, 1);
        Decoding decoding = Run(session, await lab.SpeechAsync(0, 2.6), 1);
        int[] text = [.. decoding.Tokens.Select(token => token.Id).Where(id => id < lab.Model.Info.EndOfText)];

        float[] times = session.Align(s_english, text, Cancel);

        times.Length.ShouldBe(text.Length + 1);
        times.ShouldBe(times.Order());
        times[0].ShouldBeInRange(0, 1);
        times[^1].ShouldBeInRange(1.2f, 2.6f);
        session.Align(s_english, text, Cancel).ShouldBe(times);
    }

    [Fact]
    public async Task Probabilities_of_languages_add_up_to_one_and_English_leads()
    {
        using WhisperSession session = new(lab.Model, 1);
        session.Encode(await lab.SpeechAsync(0, 2.6), 256, Cancel);

        float[] probabilities = session.DetectLanguage(Cancel);

        probabilities.Length.ShouldBe(99);
        probabilities.Sum().ShouldBe(1, 1e-3);
        lab.Model.LanguageCode(Array.IndexOf(probabilities, probabilities.Max())).ShouldBe("en");
    }

    [Theory]
    [InlineData(0, 0)] // no sound
    [InlineData(200, 0)] // less than the spectrogram needs
    [InlineData(480_001, 0)] // more than 30 s
    [InlineData(16_000, 1_501)] // more than the encoder has
    [InlineData(16_000, -1)]
    public void A_window_that_cannot_be_encoded_is_refused(int samples, int audioContext) =>
        Refused(session => session.Encode(new float[samples], audioContext, Cancel));

    [Theory]
    [InlineData(9, 0f, "en")]
    [InlineData(0, 0f, "en")]
    [InlineData(-1, 0f, "en")]
    [InlineData(1, -0.1f, "en")]
    [InlineData(1, float.NaN, "en")]
    [InlineData(1, 0f, "xx")]
    [InlineData(1, 0f, "")]
    [InlineData(1, 0f, "yue")] // Whisper knows it, this model does not
    public void A_task_that_makes_no_sense_is_refused(int width, float temperature, string language) => Refused(session =>
    {
        session.Encode(new float[16_000], 256, Cancel);
        session.Decode(new DecodingTask(language, Translate: false, []), width, temperature, Cancel);
    });

    [Fact]
    public void Nothing_is_decoded_before_a_window_is_encoded()
    {
        Refused(session => session.Decode(s_english, 1, 0, Cancel));
        Refused(session => session.DetectLanguage(Cancel));
        Refused(session => session.Align(s_english, [1, 2, 3], Cancel));
    }

    [Fact]
    public void A_window_that_was_refused_takes_the_one_before_it_away() => Refused(session =>
    {
        session.Encode(new float[16_000], 256, Cancel);
        Should.Throw<CesarException>(() => session.Encode([], 0, Cancel));
        session.Decode(s_english, 1, 0, Cancel);
    });

    [Fact]
    public void Texts_that_cannot_be_aligned_are_refused()
    {
        Refused(session => Aligned(session, []));
        Refused(session => Aligned(session, new int[448]));

        void Aligned(WhisperSession session, int[] tokens)
        {
            session.Encode(new float[16_000], 256, Cancel);
            session.Align(s_english, tokens, Cancel);
        }
    }

    [Fact]
    public async Task A_long_prompt_leaves_room_for_the_text()
    {
        using WhisperSession session = new(lab.Model, 1);
        int[] prompt = lab.Model.Tokenize(string.Concat(Enumerable.Repeat(" They talked about a lighthouse and its keeper.", 200)));
        prompt.Length.ShouldBeGreaterThan(1_000);
        session.Encode(await lab.SpeechAsync(0, 2.6), 256, Cancel);

        Text(session.Decode(s_english with { Prompt = prompt }, 1, 0, Cancel)).ShouldContain("Robert");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Decoding Run(WhisperSession session, float[] window, int width, float temperature = 0)
    {
        session.Encode(window, 256, Cancel);
        return session.Decode(s_english, width, temperature, Cancel);
    }

    private static void ShouldEqual(Decoding actual, Decoding expected)
    {
        actual.Tokens.ShouldBe(expected.Tokens);
        actual.ShouldBe(expected with { Tokens = actual.Tokens }); // a record compares its arrays by reference
    }

    private void Refused(Action<WhisperSession> call)
    {
        using WhisperSession session = new(lab.Model, 1);

        CesarException error = Should.Throw<CesarException>(() => call(session));

        error.Kind.ShouldBe(CesarErrorKind.Native);
        error.ErrorId.ShouldBe("WhisperFailed");
    }

    private string Text(Decoding decoding) => string.Concat(decoding.Tokens
        .Where(token => token.Id < lab.Model.Info.EndOfText)
        .Select(token => System.Text.Encoding.UTF8.GetString(lab.Model.TokenBytes(token.Id))));
}
