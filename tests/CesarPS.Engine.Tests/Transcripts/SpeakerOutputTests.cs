using System.Globalization;
using CesarPS.Engine.Transcripts;
using CesarPS.Engine.Transcripts.Subtitles;
using FsCheck;
using FsCheck.Fluent;
using static CesarPS.Engine.Tests.Transcripts.Samples;

namespace CesarPS.Engine.Tests.Transcripts;

/// <summary>What each format makes of speakers, and the names that users give them.</summary>
public sealed class SpeakerOutputTests
{
    private static readonly Transcript Meeting = Of(
        Segment(0.5, 2, "Good morning. Shall we?", "Speaker 1"),
        Segment(2.1, 3, "Yes.", "Speaker 2"),
        Segment(3, 4.5, "Then we begin.", "Speaker 1")) with
    {
        Turns = [Turn(0.5, 2, "Speaker 1"), Turn(2.1, 3.2, "Speaker 2"), Turn(3, 4.5, "Speaker 1")],
    };

    [Theory]
    [InlineData("txt", "Speaker 1: Good morning. Shall we?\nSpeaker 2: Yes.\nSpeaker 1: Then we begin.\n")]
    [InlineData("srt", "1\n00:00:00,500 --> 00:00:02,000\nSpeaker 1: Good morning. Shall we?\n\n2\n00:00:02,100 --> 00:00:03,000\nSpeaker 2: Yes.\n\n"
        + "3\n00:00:03,000 --> 00:00:04,500\nSpeaker 1: Then we begin.\n")]
    [InlineData("vtt", "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\n<v Speaker 1>Good morning. Shall we?\n\n00:00:02.100 --> 00:00:03.000\n<v Speaker 2>Yes.\n\n"
        + "00:00:03.000 --> 00:00:04.500\n<v Speaker 1>Then we begin.\n")]
    [InlineData("csv", "start,end,speaker,text\n0.500,2.000,Speaker 1,Good morning. Shall we?\n2.100,3.000,Speaker 2,Yes.\n3.000,4.500,Speaker 1,Then we begin.\n")]
    [InlineData("tsv", "start\tend\tspeaker\ttext\n0.500\t2.000\tSpeaker 1\tGood morning. Shall we?\n2.100\t3.000\tSpeaker 2\tYes.\n3.000\t4.500\tSpeaker 1\tThen we begin.\n")]
    [InlineData("md", "# talk.mp3\n\n| Duration | Language | Model |\n|---|---|---|\n| 0:01:24 | en (98 %) | base |\n"
        + "\n| Speaker | Time | Share | Turns |\n|---|--:|--:|--:|\n| Speaker 1 | 0:00:03 | 73 % | 2 |\n| Speaker 2 | 0:00:01 | 27 % | 1 |\n"
        + "\n`0:00:00` **Speaker 1:** Good morning. Shall we?\n\n`0:00:02` **Speaker 2:** Yes.\n\n`0:00:03` **Speaker 1:** Then we begin.\n")]
    [InlineData("rttm", "SPEAKER talk 1 0.500 1.500 <NA> <NA> Speaker_1 <NA> <NA>\nSPEAKER talk 1 2.100 1.100 <NA> <NA> Speaker_2 <NA> <NA>\n"
        + "SPEAKER talk 1 3.000 1.500 <NA> <NA> Speaker_1 <NA> <NA>\n")]
    public void Every_format_tells_who_speaks(string format, string expected) => Write(format, Meeting).ShouldBe(expected);

    [Theory]
    [InlineData("A talk", "A_talk")]
    [InlineData(null, "talk")]
    public void Rttm_calls_a_recording_on_the_web_as_its_transcripts_are_called(string? title, string name)
    {
        const string Link = "https://example.org/videos/talk.mp3?v=1.2";
        Transcript fetched = Meeting with { Source = Link, Origin = new RecordingOrigin { Link = Link, Title = title, Retrieved = DateTimeOffset.UnixEpoch, Checked = DateTimeOffset.UnixEpoch } };

        Write("rttm", fetched).ShouldStartWith($"SPEAKER {name} 1 0.500 ");
    }

    [Fact]
    public void Speakers_have_their_time_share_and_turns_in_order_of_appearance()
    {
        Transcript transcript = Of() with { Turns = [Turn(0, 3, "Bo"), Turn(2, 4, "Bo"), Turn(1, 2, "Anna")] };

        transcript.Speakers.ShouldBe([new Speaker("Bo", TimeSpan.FromSeconds(4), 0.8, 2), new Speaker("Anna", TimeSpan.FromSeconds(1), 0.2, 1)]);
        Of().Speakers.ShouldBeEmpty();

        // What is written holds milliseconds: the order is the same when it is read back.
        (Of() with { Turns = [Turn(1.0002, 2, "Bo"), Turn(1.0001, 2, "Anna")] }).Speakers.Select(speaker => speaker.Name).ShouldBe(["Bo", "Anna"]);
    }

    [Theory]
    [InlineData("שרה כהן")]
    [InlineData("محمد")]
    [InlineData("Dr: Who")]
    [InlineData("<b>&\"Bo\"</v>")]
    [InlineData("=1+1")]
    [InlineData("-->")]
    [InlineData("A|B*_`#$~[x]")]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("two\nlines\tand  tabs")]
    public void A_name_breaks_no_format(string name)
    {
        Transcript named = SpeakerNames.Of([new("Speaker 1", name)]).Apply(Meeting);
        string shown = SpokenText.Clean(name);

        Write("txt", named).Split('\n')[0].ShouldBe($"{shown}: Good morning. Shall we?");
        Write("tsv", named).Split('\n')[1].Split('\t').ShouldBe(["0.500", "2.000", shown, "Good morning. Shall we?"]);
        Write("rttm", named).Split('\n')[0].Split(' ').ShouldBe(["SPEAKER", "talk", "1", "0.500", "1.500", "<NA>", "<NA>", shown.Replace(' ', '_'), "<NA>", "<NA>"]);
        string[] vtt = Write("vtt", named).Split("\n\n");
        vtt.Length.ShouldBe(4);
        vtt[1].Split('\n')[1].ShouldMatch("^<v [^<>]+>Good morning. Shall we\\?$");
        System.Net.WebUtility.HtmlDecode(vtt[1].Split('\n')[1]).ShouldBe($"<v {shown}>Good morning. Shall we?");
        string[] srt = Write("srt", named).Split("\n\n");
        srt.Length.ShouldBe(3);
        srt.ShouldAllBe(cue => cue.Split("-->", StringSplitOptions.None).Length == 2);
        Write("csv", named).Split('\n').Length.ShouldBe(5);
        TranscriptJson.Read(Write("json", named)).Speakers[0].Name.ShouldBe(shown);
    }

    [Fact]
    public void No_cue_mixes_speakers() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(AnyTranscript), transcript =>
    {
        foreach (Cue cue in CueSheet.Make(transcript, new TranscriptWriterOptions(), namesInText: false))
        {
            transcript.Segments.Where(segment => SpokenText.CleanName(segment.Speaker) == cue.Speaker)
                .ShouldContain(segment => Dense(SpokenText.Clean(segment.Text)).Contains(Dense(string.Concat(cue.Lines)), StringComparison.Ordinal));
        }
    }));

    [Fact]
    public void Rttm_of_any_transcript_has_ten_fields_a_line_and_its_turns_read_back() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(AnyTranscript), transcript =>
        {
            string[] lines = Write("rttm", transcript).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines.Length.ShouldBe(transcript.Turns.Count);
            foreach ((string line, SpeakerTurn turn) in lines.Zip(transcript.Turns))
            {
                string[] fields = line.Split(' ');
                fields.Length.ShouldBe(10);
                double.Parse(fields[3], CultureInfo.InvariantCulture).ShouldBe(turn.Start.TotalSeconds, 0.001);
                double.Parse(fields[4], CultureInfo.InvariantCulture).ShouldBe((turn.End - turn.Start).TotalSeconds, 0.002);
            }
        }));

    [Fact]
    public void Rttm_names_the_file_without_spaces() =>
        Write("rttm", Meeting with { Source = "C talks/two words.mp3" }).ShouldStartWith("SPEAKER two_words 1 0.500");

    [Theory]
    [InlineData("Speaker 1=Anna", "Anna", "Speaker 2")]
    [InlineData("speaker 2 = Dr: Who = me", "Speaker 1", "Dr: Who = me")]
    [InlineData("1=Anna,2=Robert", "Anna", "Robert")]
    [InlineData("1=Smith, Anna", "Smith, Anna", "Speaker 2")]
    [InlineData("1=Smith, Anna,Speaker 2=Jones, Bo", "Smith, Anna", "Jones, Bo")]
    [InlineData("3=Carl", "Speaker 1", "Speaker 2")]
    public void Names_are_given_as_they_are_typed(string typed, string first, string second)
    {
        Transcript named = SpeakerNames.Parse([typed]).Apply(Meeting);

        named.Speakers.Select(speaker => speaker.Name).ShouldBe([first, second]);
        named.Segments.Select(segment => segment.Speaker).ShouldBe([first, second, first]);
    }

    [Theory]
    [InlineData("Anna", "'Anna' names nobody")]
    [InlineData("=Anna", "'Anna' is given to nobody")]
    [InlineData("1=", "Speaker 1 is given an empty name")]
    [InlineData("1=Anna,Speaker 1=Bo", "Speaker 1 is given two names")]
    public void What_is_no_name_of_a_speaker_is_refused(string typed, string what)
    {
        var error = Should.Throw<CesarException>(() => SpeakerNames.Parse([typed]));

        (error.Kind, error.ErrorId).ShouldBe((CesarErrorKind.Option, "SpeakerNameInvalid"));
        error.Message.ShouldContain(what);
        error.Message.ShouldContain("\"Speaker 1=Anna\"");
    }

    [Fact]
    public void Two_speakers_of_one_name_become_one()
    {
        Transcript both = Meeting with
        {
            Segments = [Segment(0, 1, "Hm") with { Words = [Word(0, 1, "Hm") with { Speakers = ["Speaker 1", "Speaker 2"] }] }],
        };

        Transcript named = SpeakerNames.Parse(["1=Anna", "2=Anna"]).Apply(both);

        named.Speakers.ShouldBe([new Speaker("Anna", TimeSpan.FromSeconds(4), 1, 1)]);
        named.Words.Single().Speakers.ShouldBe(["Anna"]);
    }

    [Fact]
    public void A_name_for_nobody_is_told()
    {
        SpeakerNames names = SpeakerNames.Parse(["1=Anna", "3=Carl"]);

        names.Missing(Meeting).ShouldBe(["Speaker 3"]);
    }

    private static string Dense(string text) => string.Concat(text.Where(unit => !char.IsWhiteSpace(unit)));
}
