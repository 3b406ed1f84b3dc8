using CesarPS.Console.Output;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Console.Tests;

/// <summary>The order of transcripts on standard output.</summary>
public sealed class StreamSinkTests : IDisposable
{
    private readonly StringWriter _text = new() { NewLine = "\n" };

    public void Dispose() => _text.Dispose();

    [Fact]
    public void What_comes_of_the_first_recording_is_seen_at_once_and_the_rest_is_held()
    {
        StreamSink sink = Sink("txt");
        ITranscriptOutput first = sink.Open("first"), second = sink.Open("second");

        second.Stream(Segments("Two."));
        first.Stream(Segments("One."));

        first.Turn.IsCompleted.ShouldBeTrue();
        second.Turn.IsCompleted.ShouldBeFalse();
        _text.ToString().ShouldBe("One.\n");
    }

    [Fact]
    public void A_recording_whose_turn_comes_shows_what_was_held_and_streams_on()
    {
        StreamSink sink = Sink("txt");
        ITranscriptOutput first = sink.Open("first"), second = sink.Open("second");
        first.Stream(Segments("One."));
        second.Stream(Segments("Two,"));

        first.Write(Whole("One.", "More."), CancellationToken.None);
        first.End();

        second.Turn.IsCompletedSuccessfully.ShouldBeTrue();
        _text.ToString().ShouldBe("One.\nMore.\n\nTwo,\n");
        second.Stream(Segments("three."));
        second.Write(Whole("Two,", "three."), CancellationToken.None);
        _text.ToString().ShouldBe("One.\nMore.\n\nTwo,\nthree.\n");
    }

    [Fact]
    public void What_is_held_is_written_once_though_its_recording_ends_meanwhile()
    {
        Thread? late = null;
        ITranscriptOutput? second = null;
        StreamSink sink = new(TranscriptFormats.Create("txt", null), write =>
        {
            if (second is { Turn.IsCompleted: true } && late is null)
            {
                late = new Thread(() => second.Write(Whole("Two."), CancellationToken.None));
                late.Start();
                SpinWait.SpinUntil(() => late.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
            }

            write(_text);
        });
        ITranscriptOutput first = sink.Open("first");
        first.Stream(Segments("One."));
        second = sink.Open("second");
        second.Stream(Segments("Two."));

        first.End();
        late.ShouldNotBeNull().Join();

        _text.ToString().ShouldBe("One.\n\nTwo.\n");
    }

    [Fact]
    public void A_recording_that_failed_leaves_no_gap()
    {
        StreamSink sink = Sink("txt");
        ITranscriptOutput[] outputs = [sink.Open("first"), sink.Open("failed"), sink.Open("third")];
        outputs[2].Stream(Segments("Three."));
        outputs[0].Write(Whole("One."), CancellationToken.None);
        outputs[0].End();

        outputs[1].End();

        _text.ToString().ShouldBe("One.\n\nThree.\n");
    }

    [Fact]
    public void A_recording_that_begins_when_all_before_it_have_ended_has_its_turn()
    {
        StreamSink sink = Sink("txt");
        ITranscriptOutput first = sink.Open("first");
        first.Write(Whole("One."), CancellationToken.None);
        first.End();

        ITranscriptOutput second = sink.Open("second");
        second.Write(Whole("Two."), CancellationToken.None);

        _text.ToString().ShouldBe("One.\n\nTwo.\n");
    }

    [Fact]
    public void A_format_that_is_a_whole_comes_whole()
    {
        StreamSink sink = Sink("srt");
        ITranscriptOutput output = sink.Open("first");

        output.Stream(Segments("One."));
        _text.ToString().ShouldBeEmpty();

        output.Write(Whole("One."), CancellationToken.None);
        _text.ToString().ShouldStartWith("1\n00:00:00,000 --> ");
    }

    private static Segment[] Segments(params string[] texts) =>
        [.. texts.Select(text => new Segment(TimeSpan.Zero, TimeSpan.FromSeconds(1), text))];

    private static Transcript Whole(params string[] texts) => new()
    {
        Source = "recording",
        Duration = TimeSpan.FromSeconds(2),
        Language = "en",
        Model = new ModelIdentity("base", ""),
        Segments = Segments(texts),
    };

    private StreamSink Sink(string format) => new(TranscriptFormats.Create(format, null), write => write(_text));
}
