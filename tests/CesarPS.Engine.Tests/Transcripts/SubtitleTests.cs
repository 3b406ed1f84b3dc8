using System.Globalization;
using System.Text.RegularExpressions;
using CesarPS.Engine.Transcripts;
using CesarPS.Engine.Transcripts.Subtitles;
using FsCheck;
using FsCheck.Fluent;
using static CesarPS.Engine.Tests.Transcripts.Samples;

namespace CesarPS.Engine.Tests.Transcripts;

public sealed partial class SubtitleTests
{
    private static readonly Gen<TranscriptWriterOptions> Layouts =
        from length in Gen.Choose(8, 50)
        from lines in Gen.Choose(1, 3)
        from words in Gen.Elements(true, false)
        select new TranscriptWriterOptions { MaxLineLength = length, MaxLinesPerCue = lines, WordCues = words };

    private static readonly Arbitrary<(Transcript Transcript, TranscriptWriterOptions Layout)> Any = Arb.From(
        from transcript in AnyTranscript
        from layout in Layouts
        select (transcript, layout));

    [Theory]
    [InlineData(1, "Dr. Hans-Ulrich Meyer-Landrut (ZDF)", "Dr. Hans-Ulrich Meyer-Landrut (ZDF): That")]
    [InlineData(2, "Dr. Hans-Ulrich Meyer-Landrut (ZDF)", "Dr. Hans-Ulrich Meyer-Landrut (ZDF): That")]
    [InlineData(1, "Her Excellency the Ambassador of Liechtenstein", "Her Excellency the Ambassador of Li…: That")]
    [InlineData(1, "国際連合難民高等弁務官事務所駐日代表補佐官", "国際連合難民高等弁務官事務所駐日代…: That")]
    public void A_long_name_stays_with_the_first_words_and_is_shortened_where_it_must(int lines, string name, string first) =>
        CueSheet.Make(Of(Segment(0, 4, "That sounds wonderful, and I should like to hear more of it.", name)), new() { MaxLinesPerCue = lines }, namesInText: true)[0]
            .Lines[0].ShouldBe(first);

    [Fact]
    public void Srt_numbers_its_cues_and_names_a_speaker_where_the_speaker_changes() =>
        Write("srt", Of(Segment(0, 1.5, "Hello.", "Anna"), Segment(1.5, 2, "Again.", "Anna"), Segment(3661.0004, 3662, "Hi.", "Bo")))
            .ShouldBe("1\n00:00:00,000 --> 00:00:01,500\nAnna: Hello.\n\n2\n00:00:01,500 --> 00:00:02,000\nAgain.\n\n"
                + "3\n01:01:01,000 --> 01:01:02,000\nBo: Hi.\n");

    [Fact]
    public void Vtt_escapes_text_and_marks_every_cue_of_a_speaker() =>
        Write("vtt", Of(Segment(0, 1, "a < b && c --> d\n\nNOTE", "An>na"), Segment(1, 2, "<script>")))
            .ShouldBe("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v An&gt;na>a &lt; b &amp;&amp; c --&gt; d NOTE\n\n"
                + "00:00:01.000 --> 00:00:02.000\n&lt;script&gt;\n");

    [Fact]
    public void Srt_writes_no_arrow_and_no_empty_cue() =>
        Write("srt", Of(Segment(0, 1, " \n"), Segment(1, 2, "00:00:01,000 --> 00:00:02,000\n\nb")))
            .ShouldBe("1\n00:00:01,000 --> 00:00:02,000\n00:00:01,000 → 00:00:02,000 b\n");

    [Fact]
    public void An_empty_transcript_gives_no_cues()
    {
        Write("srt", Of()).ShouldBe("");
        Write("vtt", Of()).ShouldBe("WEBVTT\n");
    }

    [Fact]
    public void A_long_segment_is_parted_at_the_end_of_a_sentence() =>
        Cues(Segment(0, 10, "One two three four. Five six seven eight nine ten eleven."), 20, 2)
            .Select(cue => cue.Text).ShouldBe(["One two three four.", "Five six seven eight|nine ten eleven."]);

    [Fact]
    public void Who_talks_into_a_segment_is_shown_where_they_do_and_the_first_is_named_again() =>
        Write("srt", Of(Segment(0, 8, "One two three four. Five six seven eight.", "Anna"), Segment(2, 3, "Yes.", "Bo")), new() { MaxLineLength = 27, MaxLinesPerCue = 1 })
            .ShouldBe("1\n00:00:00,000 --> 00:00:02,000\nAnna: One two three four.\n\n2\n00:00:02,000 --> 00:00:03,000\nBo: Yes.\n\n"
                + "3\n00:00:03,764 --> 00:00:08,000\nAnna: Five six seven eight.\n");

    [Fact]
    public void Lines_are_about_equally_long() =>
        Cues(Segment(0, 4, "the quick brown fox jumps over the lazy dog tonight"), 42, 2)
            .Single().Text.ShouldBe("the quick brown fox jumps|over the lazy dog tonight");

    [Fact]
    public void Words_that_spell_the_text_give_the_times_of_its_parts()
    {
        Segment segment = Segment(0, 10, "first half, second half.") with
        {
            Words = [Word(1, 2, "first"), Word(2, 3, "half,"), Word(7, 8, "second"), Word(8, 9, "half.")],
        };
        Cues(segment, 12, 1).ShouldBe([("1000-3000", "first half,"), ("7000-9000", "second half.")]);
    }

    [Fact]
    public void Without_fitting_words_time_is_shared_among_characters()
    {
        Segment segment = Segment(0, 10, "aaaa bbbb cccc dddd eeee") with { Words = [Word(3, 4, "other")] };
        Cues(segment, 9, 1).ShouldBe([("0-4000", "aaaa bbbb"), ("4000-8000", "cccc dddd"), ("8000-10000", "eeee")]);
    }

    [Theory]
    [InlineData("今日はとてもいい天気ですね。散歩に行きましょう。", "今日はとてもいい|天気ですね。|散歩に行きましょう。", 20)]
    [InlineData("สวัสดีครับยินดีต้อนรับ", "สวัสดีครับ|ยินดีต้อนรับ", 12)]
    public void Text_without_spaces_wraps_between_characters(string text, string expected, int length)
    {
        var lines = Cues(Segment(0, 5, text), length, 3).Single().Text.Split('|');
        string.Concat(lines).ShouldBe(expected.Replace("|", "", StringComparison.Ordinal));
        lines.Length.ShouldBeGreaterThan(1);
        lines.ShouldAllBe(line => Width(line) <= length);
        lines.ShouldAllBe(line => !line.StartsWith('。') && !line.EndsWith('เ'));
    }

    [Fact]
    public void A_word_longer_than_a_line_is_cut_between_characters() =>
        Cues(Segment(0, 3, "aaaaaaaaaabbbbbbbbbbe\u0301"), 10, 3).Single().Text.ShouldBe("aaaaaaaaaa|bbbbbbbbbb|e\u0301");

    [Fact]
    public void French_punctuation_stays_with_its_word() =>
        Cues(Segment(0, 3, "Bonjour à vous ! Oui"), 14, 3).Single().Text.ShouldContain("vous !");

    [Theory]
    [InlineData("srt", "1\n00:00:00,000 --> 00:00:00,900\nHi,\n\n2\n00:00:01,000 --> 00:00:02,000\nyou\n")]
    [InlineData("vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:00.900\nHi,\n\n00:00:01.000 --> 00:00:02.000\nyou\n")]
    public void Word_cues_show_one_word_with_its_punctuation(string format, string expected)
    {
        Segment segment = Segment(0, 5, "Hi, you") with
        {
            Words = [Word(0, 0.8, "Hi"), Word(0.8, 0.9, ",") with { SpaceBefore = false }, Word(1, 2, "you")],
        };
        Write(format, Of(segment), new() { WordCues = true }).ShouldBe(expected);
    }

    [Fact]
    public void Word_cues_without_words_part_the_text_at_spaces() =>
        Write("vtt", Of(Segment(0, 2, "a b")), new() { WordCues = true })
            .ShouldBe("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\na\n\n00:00:01.000 --> 00:00:02.000\nb\n");

    [Fact]
    public void Any_transcript_gives_cues_in_order_that_fit_and_do_not_overlap() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Any, input =>
        {
            long last = 0;
            foreach (Cue cue in CueSheet.Make(input.Transcript, input.Layout, namesInText: true))
            {
                cue.Start.ShouldBeGreaterThanOrEqualTo(last);
                cue.End.ShouldBeGreaterThan(cue.Start);
                cue.Lines.Count.ShouldBeInRange(1, input.Layout.MaxLinesPerCue);
                cue.Lines.ShouldAllBe(line => line.Trim().Length > 0 && Width(line) <= input.Layout.MaxLineLength);
                last = cue.End;
            }
        }));

    [Fact]
    public void Wrapping_loses_and_moves_nothing_but_spaces() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Any, input =>
        {
            var layout = input.Layout with { WordCues = false };
            string shown = string.Concat(CueSheet.Make(input.Transcript, layout, namesInText: false).SelectMany(cue => cue.Lines));
            string said = string.Concat(input.Transcript.Segments.Select(segment => SpokenText.Clean(segment.Text)));

            // Where segments overlap, or words lie outside of theirs, their cues are mixed.
            bool isInTurn = input.Transcript.Segments.Zip(input.Transcript.Segments.Skip(1)).All(pair => Times(pair.First).Max() <= Times(pair.Second).Min());
            string.Concat(Dense(shown).Order()).ShouldBe(string.Concat(Dense(said).Order()));
            (isInTurn ? Dense(shown) : "").ShouldBe(isInTurn ? Dense(said) : "");
        }));

    [Fact]
    public void Any_vtt_reads_back_as_the_cues_it_was_made_of() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Any, input =>
        {
            string[] blocks = Write("vtt", input.Transcript, input.Layout).TrimEnd('\n').Split("\n\n");
            blocks[0].ShouldBe("WEBVTT");
            List<Cue> cues = CueSheet.Make(input.Transcript, input.Layout, namesInText: false);
            blocks.Length.ShouldBe(cues.Count + 1);
            foreach ((string block, Cue cue) in blocks.Skip(1).Zip(cues))
            {
                string[] lines = block.Split('\n');
                VttTimes().IsMatch(lines[0]).ShouldBeTrue(lines[0]);
                string text = string.Join('\n', lines.Skip(1));
                text.ShouldNotContain("-->");
                Match voice = Regex.Match(text, "^<v ([^<>]+)>");
                Unescape(voice.Groups[1].Value).ShouldBe(cue.Speaker ?? "");
                Unescape(text[voice.Length..]).ShouldBe(string.Join('\n', cue.Lines));
            }
        }));

    [Fact]
    public void Any_srt_holds_numbered_blocks_with_a_line_of_times_and_no_other_arrow() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Any, input =>
        {
            string srt = Write("srt", input.Transcript, input.Layout);
            string[] blocks = srt.Length == 0 ? [] : srt.TrimEnd('\n').Split("\n\n");
            for (int i = 0; i < blocks.Length; i++)
            {
                string[] lines = blocks[i].Split('\n');
                lines[0].ShouldBe((i + 1).ToString(CultureInfo.InvariantCulture));
                SrtTimes().IsMatch(lines[1]).ShouldBeTrue(lines[1]);
                string.Concat(lines.Skip(2)).ShouldNotBeEmpty();
                lines.Skip(2).ShouldAllBe(line => !line.Contains("-->"));
            }
        }));

    [GeneratedRegex(@"^\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}$")]
    private static partial Regex VttTimes();

    [GeneratedRegex(@"^\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}$")]
    private static partial Regex SrtTimes();

    private static TimeSpan[] Times(Segment segment) => [segment.Start, segment.End, .. segment.Words.SelectMany(word => new[] { word.Start, word.End })];

    private static List<(string Times, string Text)> Cues(Segment segment, int length, int lines) =>
    [
        .. CueSheet.Make(Of(segment), new() { MaxLineLength = length, MaxLinesPerCue = lines }, namesInText: true)
            .Select(cue => ($"{cue.Start}-{cue.End}", string.Join('|', cue.Lines))),
    ];

    private static int Width(string line)
    {
        int width = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(line);
        while (elements.MoveNext())
        {
            width += WritingSystem.Columns(elements.GetTextElement());
        }

        return width;
    }

    private static string Dense(string text) => string.Concat(text.Where(unit => !char.IsWhiteSpace(unit)));

    private static string Unescape(string text) => text.Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
}
