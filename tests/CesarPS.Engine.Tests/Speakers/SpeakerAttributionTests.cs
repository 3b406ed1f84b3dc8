using CesarPS.Engine.Speakers;
using FsCheck;
using FsCheck.Fluent;
using static CesarPS.Engine.Tests.Transcripts.Samples;

namespace CesarPS.Engine.Tests.Speakers;

/// <summary>Which word is whose, on turns and words made by hand.</summary>
public sealed class SpeakerAttributionTests
{
    private static readonly SpeakerTurn[] Dialogue = [Turn(0, 2, "A"), Turn(2, 4, "B"), Turn(4, 6, "A")];

    [Fact]
    public void A_segment_over_one_turn_is_that_speakers_and_stays_whole() =>
        Lines([Said(0, "One two three. Four")], Dialogue).ShouldBe(["A 0-2 One two three. Four"]);

    [Fact]
    public void A_segment_is_parted_where_the_speaker_changes() =>
        Lines([Said(0, "Shall we begin now? Yes indeed we shall. Good then,")], Dialogue)
            .ShouldBe(["A 0-2 Shall we begin now?", "B 2-4 Yes indeed we shall.", "A 4-5 Good then,"]);

    [Fact]
    public void Parts_keep_their_words_and_what_is_known_of_the_whole()
    {
        Segment whole = Said(0, "Shall we begin now? Yes of course.") with { AverageLogProbability = -0.25, NoSpeechProbability = 0.125 };

        IReadOnlyList<Segment> parts = SpeakerAttribution.Attribute([whole], Dialogue);

        parts.SelectMany(part => part.Words).Select(word => word.Text).ShouldBe(whole.Words.Select(word => word.Text));
        parts.ShouldAllBe(part => part.AverageLogProbability == -0.25 && part.NoSpeechProbability == 0.125);
        parts.ShouldAllBe(part => part.Words.All(word => word.Speaker == part.Speaker));
    }

    [Fact]
    public void A_turn_that_ends_a_word_late_does_not_take_the_first_word_of_the_answer() =>
        Lines([Said(0, "Shall we begin now? Yes of course.")], [Turn(0, 2.4, "A"), Turn(2.4, 4, "B")])
            .ShouldBe(["A 0-2 Shall we begin now?", "B 2-3.5 Yes of course."]);

    [Fact]
    public void A_turn_that_ends_a_word_early_does_not_lose_the_last_word_of_the_question() =>
        Lines([Said(0, "Shall we begin now? Yes of course.")], [Turn(0, 1.6, "A"), Turn(1.6, 4, "B")])
            .ShouldBe(["A 0-2 Shall we begin now?", "B 2-3.5 Yes of course."]);

    [Fact]
    public void One_word_within_a_sentence_does_not_flip() =>
        Lines([Said(0, "It was really very cold up there")], [Turn(0, 1.5, "A"), Turn(1.5, 2, "B"), Turn(2, 4, "A")])
            .ShouldBe(["A 0-3.5 It was really very cold up there"]);

    [Fact]
    public void An_answer_of_one_word_between_sentences_is_the_other_speakers() =>
        Lines([Said(0, "Were they good? Terrible. I knew it.")], [Turn(0, 1.5, "A"), Turn(1.5, 2, "B"), Turn(2, 3.5, "A")])
            .ShouldBe(["A 0-1.5 Were they good?", "B 1.5-2 Terrible.", "A 2-3.5 I knew it."]);

    [Fact]
    public void A_change_within_a_sentence_is_believed_where_both_speak_long_enough() =>
        Lines([Said(0, "so I went up there but you never came down again")], [Turn(0, 2.5, "A"), Turn(2.5, 5.5, "B")])
            .ShouldBe(["A 0-2.5 so I went up there", "B 2.5-5.5 but you never came down again"]);

    [Fact]
    public void Words_under_two_speakers_keep_both_with_the_one_who_goes_on_first()
    {
        IReadOnlyList<Segment> segments = SpeakerAttribution.Attribute([Said(0, "one two three four")], [Turn(0, 2, "A"), Turn(1, 1.5, "B")]);

        segments.Single().Words.Select(word => string.Join('+', word.Speakers)).ShouldBe(["A", "A", "A+B", "A"]);
    }

    [Fact]
    public void A_word_that_two_barely_share_is_one_speakers() =>
        SpeakerAttribution.Attribute([Said(0, "one")], [Turn(0, 0.5, "A"), Turn(0.4, 1, "B")]).Single().Words.Single().Speakers.ShouldBe(["A"]);

    [Fact]
    public void Words_in_no_turn_go_to_the_nearest() =>
        Lines([Said(2.5, "one. two.")], [Turn(0, 2, "A"), Turn(4, 5, "B")]).ShouldBe(["A 2.5-3 one.", "B 3-3.5 two."]);

    [Fact]
    public void Words_far_from_any_turn_are_nobodys() =>
        Lines([Said(0, "Hello there."), Said(10, "Somebody else?")], [Turn(0, 1, "A")]).ShouldBe(["A 0-1 Hello there.", "? 10-11 Somebody else?"]);

    [Fact]
    public void Without_turns_nothing_changes()
    {
        Segment[] segments = [Said(0, "Hello there.")];

        SpeakerAttribution.Attribute(segments, []).ShouldBe(segments);
        SpeakerAttribution.Attribute([], Dialogue).ShouldBeEmpty();
    }

    [Fact]
    public void Punctuation_on_its_own_stays_with_its_word()
    {
        Segment segment = Segment(0, 3, "Well? No") with
        {
            Words = [Word(0, 1.9, "Well"), Word(1.9, 2.5, "?") with { SpaceBefore = false }, Word(2.5, 3, "No")],
        };

        Lines([segment], Dialogue).ShouldBe(["A 0-2.5 Well?", "B 2.5-3 No"]);
    }

    [Fact]
    public void Text_without_spaces_is_parted_without_spaces()
    {
        Segment segment = Segment(0, 4, "元気ですか。はい。") with
        {
            Words = [.. "元気ですか。はい。".Select((character, i) => Word(i * 0.4, (i + 1) * 0.4, character.ToString()) with { SpaceBefore = false })],
        };

        Lines([segment], [Turn(0, 2.4, "A"), Turn(2.4, 4, "B")]).ShouldBe(["A 0-2.4 元気ですか。", "B 2.4-4 はい。"]);
    }

    [Fact]
    public void A_segment_without_words_has_one_speaker() =>
        Lines([Segment(0, 3, "Mostly A, then B.")], Dialogue).ShouldBe(["A 0-3 Mostly A, then B."]);

    [Fact]
    public void The_order_in_which_turns_are_given_changes_nothing() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Cases), any =>
        Lines(any.Segments, [.. any.Turns.Reverse()]).ShouldBe(Lines(any.Segments, any.Turns))));

    [Fact]
    public void Other_names_change_nothing_but_names() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Cases), any =>
        Lines(any.Segments, [.. any.Turns.Select(turn => turn with { Speaker = "x" + turn.Speaker })])
            .ShouldBe(Lines(any.Segments, any.Turns).Select(line => line[0] == '?' ? line : "x" + line))));

    [Fact]
    public void No_word_is_lost_moved_or_changed() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Cases), any =>
    {
        IReadOnlyList<Segment> attributed = SpeakerAttribution.Attribute(any.Segments, any.Turns);

        attributed.SelectMany(segment => segment.Words).Select(word => (word.Start, word.End, word.Text))
            .ShouldBe(any.Segments.SelectMany(segment => segment.Words).Select(word => (word.Start, word.End, word.Text)));
        string.Join(' ', attributed.Select(segment => segment.Text)).ShouldBe(string.Join(' ', any.Segments.Select(segment => segment.Text)));
        attributed.ShouldAllBe(segment => segment.End >= segment.Start);
        attributed.ShouldAllBe(segment => segment.Words.All(word => word.Speaker == segment.Speaker));
        attributed.ShouldAllBe(segment => segment.Words.All(word => word.Speakers.Distinct().Count() == word.Speakers.Count));
    }));

    [Fact]
    public void Ten_hours_of_twelve_speakers_are_parted_like_a_minute()
    {
        Segment[] segments = [.. Enumerable.Range(0, 12_000).Select(i => Said(i * 3, "This is what I say."))];
        SpeakerTurn[] turns = [.. Enumerable.Range(0, 12_000).Select(i => Turn(i * 3, (i * 3) + 2.6, "S" + (i % 12)))];

        SpeakerAttribution.Attribute(segments, turns).Select(segment => segment.Speaker).ShouldBe(turns.Select(turn => turn.Speaker));
    }

    private static Gen<(Segment[] Segments, SpeakerTurn[] Turns)> Cases =>
        from texts in Gen.Elements("Yes.", "No, not at all", "I went there. Did you?", "and then", "Hm").ListOf(6)
        from gaps in Gen.Choose(0, 15).ListOf(6)
        from turns in
            (from start in Gen.Choose(0, 200)
             from length in Gen.Choose(1, 60)
             from speaker in Gen.Elements("A", "B", "C")
             select Turn(start / 10.0, (start + length) / 10.0, speaker)).ListOf()
        select (Place(texts, gaps), turns.DistinctBy(turn => turn.Start).ToArray());

    private static Segment[] Place(IEnumerable<string> texts, IEnumerable<int> gaps)
    {
        List<Segment> segments = [];
        double at = 0;
        foreach ((string text, int gap) in texts.Zip(gaps))
        {
            Segment segment = Said(at + (gap / 10.0), text);
            segments.Add(segment);
            at = segment.End.TotalSeconds;
        }

        return [.. segments];
    }

    private static string[] Lines(IReadOnlyList<Segment> segments, SpeakerTurn[] turns) =>
        [.. SpeakerAttribution.Attribute(segments, turns).Select(segment => FormattableString.Invariant(
            $"{segment.Speaker ?? "?"} {segment.Start.TotalSeconds}-{segment.End.TotalSeconds} {segment.Text}"))];
}
