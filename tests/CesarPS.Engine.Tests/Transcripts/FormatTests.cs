using System.Globalization;
using CesarPS.Engine.Transcripts;
using FsCheck;
using FsCheck.Fluent;
using static CesarPS.Engine.Tests.Transcripts.Samples;

namespace CesarPS.Engine.Tests.Transcripts;

public sealed class FormatTests
{
    private static readonly Transcript Conversation = Of(
        Segment(0, 1.25, "Hello, \"you\".", "Anna"),
        Segment(1.25, 2, "-Hm?", "Bo"),
        Segment(2, 3, "Tab\there\nnow.", "Bo"),
        Segment(5.5, 6, "R&B &lt; *5* <b>", "Bo"),
        Segment(6, 7, ""));

    [Fact]
    public void Plain_text_has_one_segment_a_line() =>
        Write("txt", Of(Segment(0, 1, "Hello, \"you\"."), Segment(1, 2, " "), Segment(2, 3, "Tab\there\nnow."))).ShouldBe("Hello, \"you\".\nTab here now.\n");

    [Fact]
    public void Plain_text_of_speakers_has_one_paragraph_a_line_with_its_speaker() =>
        Write("txt", Conversation).ShouldBe("Anna: Hello, \"you\".\nBo: -Hm? Tab here now.\nBo: R&B &lt; *5* <b>\n");

    [Fact]
    public void Csv_quotes_fields_and_guards_formulas() =>
        Write("csv", Conversation).ShouldBe(
            "start,end,speaker,text\n0.000,1.250,Anna,\"Hello, \"\"you\"\".\"\n1.250,2.000,Bo,'-Hm?\n2.000,3.000,Bo,Tab here now.\n"
            + "5.500,6.000,Bo,R&B &lt; *5* <b>\n6.000,7.000,,\n");

    [Fact]
    public void Tsv_writes_text_as_spoken_with_spaces_for_tabs() =>
        Write("tsv", Conversation).ShouldBe(
            "start\tend\tspeaker\ttext\n0.000\t1.250\tAnna\tHello, \"you\".\n1.250\t2.000\tBo\t-Hm?\n2.000\t3.000\tBo\tTab here now.\n"
            + "5.500\t6.000\tBo\tR&B &lt; *5* <b>\n6.000\t7.000\t\t\n");

    [Fact]
    public void Markdown_parts_paragraphs_at_pauses_and_speakers_and_shows_text_as_spoken() =>
        Write("md", Conversation).ShouldBe(
            "# talk.mp3\n\n| Duration | Language | Model |\n|---|---|---|\n| 0:01:24 | en (98 %) | base |\n"
            + "\n`0:00:00` **Anna:** Hello, \"you\".\n\n`0:00:01` **Bo:** -Hm? Tab here now.\n"
            + "\n`0:00:05` **Bo:** R&B \\&lt; \\*5\\* \\<b>\n");

    [Fact]
    public void Markdown_says_what_was_translated_and_leaves_out_what_is_not_known()
    {
        Transcript translated = Of() with { Source = "https://host/a_b/", Language = "", LanguageProbability = null, Task = TranscriptionTask.Translate };
        Write("md", translated).ShouldBe(
            "# https://host/a\\_b/\n\n| Duration | Language | Model |\n|---|---|---|\n| 0:01:24 | –, translated to English | base |\n");
    }

    [Fact]
    public void Markdown_joins_text_without_spaces_as_it_is_written_and_parts_long_speech_at_a_sentence()
    {
        Write("md", Of(Segment(0, 1, "今日は。"), Segment(1, 2, "はい。"), Segment(2, 3, "𠀀"), Segment(3, 4, "𠀀 ok")))
            .ShouldEndWith("`0:00:00` 今日は。はい。𠀀𠀀 ok\n");
        Segment[] speech = [.. Enumerable.Range(0, 60).Select(i => Segment(i, i + 1, "A sentence of about thirty two."))];
        Write("md", Of(speech)).Split("\n\n").Length.ShouldBe(2 + 3, "the title, the table and three paragraphs");
    }

    [Fact]
    public void Every_format_has_a_writer_that_bears_its_name()
    {
        TranscriptFormats.Names.ShouldBe(["txt", "srt", "vtt", "json", "md", "csv", "tsv", "rttm"]);
        foreach (string name in TranscriptFormats.Names)
        {
            ITranscriptWriter writer = TranscriptFormats.Create(name.ToUpperInvariant());
            (writer.Format, writer.Extension).ShouldBe((name, "." + name));
        }
    }

    [Theory]
    [InlineData("str", "Did you mean 'srt'?")]
    [InlineData("jsno", "Did you mean 'json'?")]
    [InlineData("docx", "Formats: txt, srt, vtt, json, md, csv, tsv, rttm.")]
    public void An_unknown_format_is_refused_with_the_nearest_name(string typed, string advice)
    {
        var error = Should.Throw<CesarException>(() => TranscriptFormats.Create(typed));
        (error.Kind, error.ErrorId).ShouldBe((CesarErrorKind.Option, "UnknownFormat"));
        error.Message.ShouldContain(advice);
    }

    [Theory]
    [InlineData("large-v3-trubo", "large-v3-turbo")]
    [InlineData("SMALL", "small")]
    [InlineData("qqqqqqq", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_found_where_one_is_near(string typed, string? expected) =>
        NearestName.Of(typed, ["base", "small", "large-v3", "large-v3-turbo"]).ShouldBe(expected);

    [Theory]
    [InlineData(7, 2, "LineLengthInvalid")]
    [InlineData(42, 0, "LinesPerCueInvalid")]
    public void A_layout_that_shows_nothing_is_refused(int length, int lines, string id) =>
        Should.Throw<CesarException>(() => TranscriptFormats.Create("srt", new() { MaxLineLength = length, MaxLinesPerCue = lines })).ErrorId.ShouldBe(id);

    [Fact]
    public void The_language_of_the_system_changes_nothing()
    {
        Transcript transcript = Of(Segment(1234.5, 1240, "I İ ı i", "Anna") with { AverageLogProbability = -0.25 });
        string[] expected = [.. TranscriptFormats.Names.Select(name => Write(name, transcript))];
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NegativeSign = "−";
            culture.DateTimeFormat.TimeSeparator = ".";
            CultureInfo.CurrentCulture = culture;
            $"{-0.5}".ShouldBe("−0,5");
            TranscriptFormats.Names.Select(name => Write(name, transcript)).ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Any_transcript_is_written_with_line_feeds_alone_and_without_control_characters() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(AnyTranscript), transcript =>
        {
            foreach (string name in TranscriptFormats.Names)
            {
                string text = Write(name, transcript);
                text.Where(char.IsControl).ShouldAllBe(unit => unit == '\n' || (unit == '\t' && name == "tsv"));
                byte[] bytes = TranscriptFormats.Encoding.GetBytes(text);
                TranscriptFormats.Encoding.GetString(bytes).ShouldBe(text, "no half of a surrogate pair is left");
            }
        }));

    [Fact]
    public void Any_table_has_four_fields_a_row() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(AnyTranscript), transcript =>
        {
            string[] rows = Write("tsv", transcript).TrimEnd('\n').Split('\n');
            rows.Length.ShouldBe(transcript.Segments.Count + 1);
            rows.ShouldAllBe(row => row.Split('\t').Length == 4);
        }));
}
