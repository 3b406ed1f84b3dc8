using CesarPS.Engine.Speech.Whisper;
using CesarPS.Engine.Tests.Inference;

namespace CesarPS.Engine.Tests.Speech;

[Collection(WithWhisper.Name)]
public sealed class WhisperStopTests(WhisperLab lab)
{
    private static readonly DecodingTask s_english = new("en", Translate: false, []);

    // Each of these works for a second or more where it is not stopped.
    public static TheoryData<string> Calls => ["encode", "beam", "sample"];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_stops_while_it_works_and_the_session_goes_on(string call)
    {
        float[] window = await lab.SpeechAsync(0, 30);
        using WhisperSession session = new(lab.Model, 1);
        if (call != "encode")
        {
            session.Encode(window, 0, TestContext.Current.CancellationToken);
        }

        using LateCancel stop = new(TimeSpan.FromMilliseconds(30));
        OperationCanceledException error = await Should.ThrowAsync<OperationCanceledException>(
            Task.Run(() => Call(session, call, window, stop.Token), CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));

        error.CancellationToken.ShouldBe(stop.Token);
        ShouldWork(session, await lab.SpeechAsync(0, 2.6));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_that_was_stopped_before_does_not_begin(string call)
    {
        float[] window = await lab.SpeechAsync(0, 2.6);
        using WhisperSession session = new(lab.Model, 1);
        session.Encode(window, 256, TestContext.Current.CancellationToken);

        Should.Throw<OperationCanceledException>(() => Call(session, call, window, new CancellationToken(canceled: true)));

        ShouldWork(session, window);
    }

    [Fact]
    public async Task Detection_and_alignment_stop_too()
    {
        float[] window = await lab.SpeechAsync(0, 2.6);
        CancellationToken stopped = new(canceled: true);
        using WhisperSession session = new(lab.Model, 1);
        session.Encode(window, 256, TestContext.Current.CancellationToken);

        Should.Throw<OperationCanceledException>(() => session.DetectLanguage(stopped));
        Should.Throw<OperationCanceledException>(() => session.Align(s_english, lab.Model.Tokenize(" Good morning"), stopped));

        // What was encoded is still there.
        session.Decode(s_english, 1, 0, TestContext.Current.CancellationToken).Tokens.ShouldBe(Reference(window));
    }

    private static void Call(WhisperSession session, string call, float[] window, CancellationToken cancel)
    {
        switch (call)
        {
            case "encode":
                session.Encode(window, 0, cancel);
                break;
            case "beam":
                session.Decode(s_english, 8, 0, cancel);
                break;
            default:
                session.Decode(s_english, 8, 1, cancel);
                break;
        }
    }

    private void ShouldWork(WhisperSession session, float[] window)
    {
        session.Encode(window, 256, TestContext.Current.CancellationToken);
        session.Decode(s_english, 1, 0, TestContext.Current.CancellationToken).Tokens.ShouldBe(Reference(window));
    }

    private WhisperToken[] Reference(float[] window)
    {
        using WhisperSession untouched = new(lab.Model, 1);
        untouched.Encode(window, 256, TestContext.Current.CancellationToken);
        return untouched.Decode(s_english, 1, 0, TestContext.Current.CancellationToken).Tokens;
    }
}
