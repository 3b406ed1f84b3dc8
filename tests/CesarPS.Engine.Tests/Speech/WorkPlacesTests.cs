using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Tests.Speech;

public sealed class WorkPlacesTests
{
    private readonly WorkPlaces _places = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_have_a_place_as_there_are_places()
    {
        await _places.TakeAsync(2, Cancel);
        await _places.TakeAsync(2, Cancel);
        Task third = _places.TakeAsync(2, Cancel);
        third.IsCompleted.ShouldBeFalse();

        _places.Return();

        await third;
        _places.TakeAsync(2, Cancel).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_asks_first_is_served_first()
    {
        await _places.TakeAsync(1, Cancel);
        Task[] waiting = [_places.TakeAsync(1, Cancel), _places.TakeAsync(1, Cancel), _places.TakeAsync(1, Cancel)];

        foreach (Task next in waiting)
        {
            waiting.Count(task => task.IsCompleted).ShouldBe(Array.IndexOf(waiting, next));
            _places.Return();
            await next;
        }
    }

    [Fact]
    public async Task One_who_wants_fewer_at_work_is_not_overtaken()
    {
        await _places.TakeAsync(2, Cancel);
        Task alone = _places.TakeAsync(1, Cancel);

        Task behind = _places.TakeAsync(2, Cancel);

        behind.IsCompleted.ShouldBeFalse();
        _places.Return();
        await alone;
        await behind;
    }

    [Fact]
    public async Task One_who_gives_up_leaves_the_queue_to_those_behind()
    {
        using CancellationTokenSource stop = new();
        await _places.TakeAsync(2, Cancel);
        Task impatient = _places.TakeAsync(1, stop.Token);
        Task behind = _places.TakeAsync(2, Cancel);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(impatient);
        await behind;
        _places.TakeRest(3).Count.ShouldBe(1, "what was not taken is free");
    }

    [Fact]
    public async Task One_who_gave_up_before_takes_nothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(_places.TakeAsync(1, new CancellationToken(canceled: true)));

        _places.TakeRest(1).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_recording_that_is_alone_may_have_all_that_is_left_for_a_while()
    {
        using IDisposable recording = _places.Begin();
        await _places.TakeAsync(4, Cancel);
        Task late;
        using (TakenPlaces rest = _places.TakeRest(4))
        {
            rest.Count.ShouldBe(3);
            late = _places.TakeAsync(4, Cancel);
            late.IsCompleted.ShouldBeFalse();
        }

        await late;
    }

    [Fact]
    public async Task Beside_another_recording_nothing_is_left_over()
    {
        using IDisposable recording = _places.Begin();
        IDisposable other = _places.Begin();
        await _places.TakeAsync(4, Cancel);

        _places.TakeRest(4).Count.ShouldBe(0);

        other.Dispose();
        other.Dispose();
        _places.TakeRest(4).Count.ShouldBe(3, "the other one has ended, once");
    }
}
