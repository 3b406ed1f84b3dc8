using CesarPS.Engine.Speech;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Tests.Speech;

[Collection(WithWhisper.Name)]
public sealed class SessionPoolTests(WhisperLab lab)
{
    private readonly WorkPlaces _places = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_are_no_more_sessions_than_places()
    {
        using SessionPool pool = new(lab.Model, _places);
        WhisperSession one = await pool.RentAsync(1, limit: 2, wide: false, Cancel);
        WhisperSession other = await pool.RentAsync(1, limit: 2, wide: false, Cancel);
        Task<WhisperSession> third = pool.RentAsync(1, limit: 2, wide: false, Cancel);
        third.IsCompleted.ShouldBeFalse();

        pool.Return(one);

        (await third).ShouldBeSameAs(one);
        pool.Return(one);
        pool.Return(other);
    }

    [Fact]
    public async Task A_session_with_other_threads_takes_the_place_of_an_idle_one()
    {
        using SessionPool pool = new(lab.Model, _places);
        WhisperSession one = await pool.RentAsync(1, limit: 1, wide: false, Cancel);
        pool.Return(one);

        WhisperSession two = await pool.RentAsync(2, limit: 1, wide: false, Cancel);
        pool.Return(two);
        WhisperSession again = await pool.RentAsync(1, limit: 1, wide: false, Cancel);

        two.Threads.ShouldBe(2);
        again.Threads.ShouldBe(1);
        again.ShouldNotBeSameAs(one);
        pool.Return(again);
    }

    [Fact]
    public async Task The_encoder_has_the_places_that_are_left_only_while_it_computes()
    {
        float[] window = await lab.SpeechAsync(0, 2.6);
        using SessionPool pool = new(lab.Model, _places);
        using IDisposable recording = _places.Begin();
        WhisperSession session = await pool.RentAsync(1, limit: 2, wide: true, Cancel);
        Func<TakenPlaces> takeHelp = session.TakeHelp.ShouldNotBeNull();
        int helped = 0;
        session.TakeHelp = () =>
        {
            TakenPlaces help = takeHelp();
            helped += help.Count;
            return help;
        };

        session.Encode(window, 0, Cancel);

        helped.ShouldBe(1);
        await _places.TakeAsync(2, Cancel);
        session.Encode(window, 0, Cancel);
        helped.ShouldBe(1, "nothing was left");
        pool.Return(session);
        (await pool.RentAsync(1, limit: 2, wide: false, Cancel)).TakeHelp.ShouldBeNull();
        pool.Return(session);
    }
}
