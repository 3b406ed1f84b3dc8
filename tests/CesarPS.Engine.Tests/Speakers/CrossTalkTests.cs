using CesarPS.Engine.Speakers;
using static CesarPS.Engine.Tests.Transcripts.Samples;

namespace CesarPS.Engine.Tests.Speakers;

/// <summary>Which words of a channel were said into another microphone, on words and levels made by hand.</summary>
public sealed class CrossTalkTests
{
    private const int Quiet = 90;

    [Fact]
    public void What_is_much_louder_in_the_other_channel_is_taken_out_whatever_was_heard() =>
        Kept([Said(0, "good morning to you")], [Said(0, "could warning to who"), Said(3, "hello")], Levels((0, 2, 20, 40), (3, 3.5, 40, 20)))
            .ShouldBe(["good morning to you", "hello"]);

    [Fact]
    public void The_same_words_at_the_same_time_are_kept_where_they_are_louder() =>
        Kept([Said(0, "good morning to you")], [Said(0.1, "Good morning, to you"), Said(3, "hello there")], Levels((0, 2.2, 20, 26), (3, 4, 26, 20)))
            .ShouldBe(["good morning to you", "hello there"]);

    [Fact]
    public void The_same_words_equally_loud_are_kept_once() =>
        Kept([Said(0, "good morning")], [Said(0, "good morning")], Levels((0, 1, 20, 20))).ShouldBe(["good morning", ""]);

    [Fact]
    public void Two_who_speak_at_the_same_time_are_both_kept() =>
        Kept([Said(0, "I think that we should")], [Said(0.5, "yes yes")], Levels((0, 2.5, 20, 24))).ShouldBe(["I think that we should", "yes yes"]);

    [Fact]
    public void The_same_words_later_are_an_echo_of_nobody() =>
        Kept([Said(0, "really")], [Said(1, "really")], Levels((0, 0.5, 20, 26), (1, 1.5, 26, 20))).ShouldBe(["really", "really"]);

    [Fact]
    public void A_word_left_over_among_anothers_words_goes_with_them() =>
        Kept([Said(0, "good morning to you")], [Said(0, "could warning to who um"), Said(4, "yes")], Levels((0, 2, 20, 40), (4, 4.5, 40, 20)))
            .ShouldBe(["good morning to you", "yes"]);

    [Fact]
    public void A_segment_is_parted_where_anothers_words_are_taken_out() =>
        Parts([Said(0, "so I said mumble mumble and then")], Levels((0, 1.5, 20, 40), (1.5, 2.5, 40, 20), (2.5, 3.5, 20, 40)))
            .ShouldBe(["0-1.5 so I said", "2.5-3.5 and then"]);

    [Fact]
    public void A_microphone_that_is_set_lower_loses_nothing() =>
        Kept([Said(0, "a b c d"), Said(3, "mumble")], [Said(3, "my own words here")], Levels((0, 2, 10, 40), (3, 5, 30, 22)))
            .ShouldBe(["a b c d", "my own words here"]);

    [Fact]
    public void A_channel_in_which_nobody_speaks_stays_empty() =>
        Kept([Said(0, "good morning to you")], [Said(0, "good morning to you")], Levels((0, 2, 20, 40))).ShouldBe(["good morning to you", ""]);

    [Fact]
    public void Channels_become_one_conversation_in_order_of_time()
    {
        IReadOnlyList<Segment>[] channels = [[Said(0, "Hello."), Said(2, "Fine.")], [Said(0.6, "How are you?")]];

        ChannelConversation.Merge(channels).Select(segment => $"{segment.Speaker}: {segment.Text}")
            .ShouldBe(["Speaker 1: Hello.", "Speaker 2: How are you?", "Speaker 1: Fine."]);
        ChannelConversation.Merge(channels).ShouldAllBe(segment => segment.Words.All(word => word.Speaker == segment.Speaker));
        ChannelConversation.Turns(channels).ShouldBe([Turn(0, 0.5, "Speaker 1"), Turn(0.6, 2.1, "Speaker 2"), Turn(2, 2.5, "Speaker 1")]);
    }

    [Theory]
    [InlineData("It was the", "light that", 0.6, "1: It was the light that, 2: Really?")]
    [InlineData("It was the", "light that", 0.2, "1: It was the light that, 2: Really?")]
    [InlineData("It was the", "light that", 1.1, "1: It was the, 1: light that, 2: Really?")]
    [InlineData("It was \u201cred.\u201d", "It shone.", 0.6, "1: It was \u201cred.\u201d, 2: Really?, 1: It shone.")]
    public void A_sentence_that_somebody_talks_into_stays_whole(string first, string rest, double other, string merged)
    {
        Segment[] sentence = [new(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1), first), new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), rest)];
        Segment into = new(TimeSpan.FromSeconds(other), TimeSpan.FromSeconds(2), "Really?");

        string.Join(", ", ChannelConversation.Merge([sentence, [into]]).Select(segment => $"{segment.Speaker![^1]}: {segment.Text}")).ShouldBe(merged);
    }

    [Fact]
    public void A_speech_without_an_end_is_not_kept_whole()
    {
        Segment[] speech = [.. Enumerable.Range(0, 30).Select(i => new Segment(TimeSpan.FromSeconds(i), TimeSpan.FromSeconds(i + 1), "and"))];
        Segment[] into = [.. Enumerable.Range(0, 30).Select(i => new Segment(TimeSpan.FromSeconds(i + 0.5), TimeSpan.FromSeconds(i + 0.7), "Yes."))];

        ChannelConversation.Merge([speech, into]).ShouldAllBe(segment => segment.End - segment.Start <= TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Segments_of_one_speaker_with_a_short_pause_between_are_one_turn() =>
        ChannelConversation.Turns([[Said(0, "One."), Said(0.9, "Two."), Said(4, "Three.")]]).ShouldBe([Turn(0, 1.4, "Speaker 1"), Turn(4, 4.5, "Speaker 1")]);

    private static string[] Kept(Segment[] first, Segment[] second, ChannelLevels levels) =>
        [.. CrossTalk.Suppress([first, second], levels).Select(segments => string.Join(' ', segments.Select(segment => segment.Text)))];

    private static string[] Parts(Segment[] first, ChannelLevels levels) =>
    [
        .. CrossTalk.Suppress([first, []], levels)[0].Select(segment => FormattableString.Invariant($"{segment.Start.TotalSeconds}-{segment.End.TotalSeconds} {segment.Text}")),
    ];

    /// <summary>Ten seconds of two channels: decibels below full scale within stretches, silence elsewhere.</summary>
    private static ChannelLevels Levels(params (double Start, double End, byte First, byte Second)[] stretches)
    {
        byte[][] levels = [Silent(), Silent()];
        foreach ((double start, double end, byte first, byte second) in stretches)
        {
            int from = (int)(start / ChannelLevels.Frame.TotalSeconds);
            int count = (int)((end - start) / ChannelLevels.Frame.TotalSeconds);
            levels[0].AsSpan(from, count).Fill(first);
            levels[1].AsSpan(from, count).Fill(second);
        }

        return new ChannelLevels(levels, AreSame: false);

        static byte[] Silent()
        {
            byte[] silent = new byte[200];
            silent.AsSpan().Fill(Quiet);
            return silent;
        }
    }
}
