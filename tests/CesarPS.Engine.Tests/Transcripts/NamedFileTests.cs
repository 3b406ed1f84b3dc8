using System.Diagnostics;
using CesarPS.Engine.Transcripts;
using static CesarPS.Engine.Tests.Transcripts.Samples;

namespace CesarPS.Engine.Tests.Transcripts;

/// <summary>Transcripts in files of the user's own names, and files that are protected.</summary>
public sealed class NamedFileTests : IDisposable
{
    private static readonly Transcript s_short = Of(Segment(0, 1, "Hello."));
    private readonly string _folder = Directory.CreateTempSubdirectory("cesar named ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_name_is_taken_as_it_is()
    {
        string path = Path.Combine(_folder, "my [1] notes.text");
        TranscriptFiles files = new(_folder, ["txt"]);

        files.Write(files.ReserveAs("in/talk.mp3", path), s_short, TestContext.Current.CancellationToken);

        File.ReadAllText(path).ShouldBe("Hello.\n");
    }

    [Fact]
    public void A_name_is_given_once()
    {
        string path = Path.Combine(_folder, "talk.txt");
        TranscriptFiles files = new(_folder, ["txt"]);
        files.ReserveAs("in/talk.mp3", path);

        Should.Throw<CesarException>(() => files.ReserveAs("in/other.mp3", path)).ErrorId.ShouldBe("OutputTaken");
    }

    [Fact]
    public void One_file_takes_one_format() =>
        Should.Throw<CesarException>(() => new TranscriptFiles(_folder, ["txt", "srt"]).ReserveAs("in/talk.mp3", "talk.txt")).ErrorId.ShouldBe("OneFileOneFormat");

    [Fact]
    public void The_recording_is_never_written_over()
    {
        string recording = Path.Combine(_folder, "talk.mp3");
        File.WriteAllText(recording, "sound");
        TranscriptFiles files = new(_folder, ["txt"]);

        Should.Throw<CesarException>(() => files.Write(files.ReserveAs(recording, recording), s_short, TestContext.Current.CancellationToken))
            .ErrorId.ShouldBe("OutputWouldReplaceInput");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_protected_file_is_replaced_only_where_that_is_asked_for(bool force)
    {
        string path = Path.Combine(_folder, "talk.txt");
        File.WriteAllText(path, "mine");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        TranscriptFiles files = new(_folder, ["txt"], replaceReadOnly: force);
        void Write() => files.Write(files.Reserve(["in/talk.mp3"])[0], s_short, TestContext.Current.CancellationToken);

        if (force)
        {
            Write();
            File.ReadAllText(path).ShouldBe("Hello.\n");
        }
        else
        {
            Should.Throw<CesarException>(Write).ErrorId.ShouldBe("OutputReadOnly");
            File.ReadAllText(path).ShouldBe("mine");
            File.SetAttributes(path, FileAttributes.Normal);
        }
    }

    [Fact]
    public void A_file_whose_protection_cannot_be_lifted_is_an_error_like_others_of_writing()
    {
        string path = Path.Combine(_folder, "talk.txt");
        File.WriteAllText(path, "mine");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        Assert.SkipUnless(SetImmutable(path, "+i"), "Only root of a Linux, and not on every file system, can make a file whose permissions nobody can change.");
        TranscriptFiles files = new(_folder, ["txt"], replaceReadOnly: true);
        try
        {
            Should.Throw<CesarException>(() => files.Write(files.Reserve(["in/talk.mp3"])[0], s_short, TestContext.Current.CancellationToken))
                .ErrorId.ShouldBe("OutputFolderUnwritable");
            Directory.GetFiles(_folder).ShouldBe([path]);
        }
        finally
        {
            SetImmutable(path, "-i");
        }
    }

    [Theory]
    [InlineData("talk.SRT", "srt")]
    [InlineData("a.b/talk.json", "json")]
    public void The_extension_says_the_format(string path, string format) => TranscriptFormats.OfFile(path).ShouldBe(format);

    [Fact]
    public void An_extension_that_says_nothing_is_refused() =>
        Should.Throw<CesarException>(() => TranscriptFormats.OfFile("talk.docx")).ErrorId.ShouldBe("UnknownFormat");

    [Fact]
    public void Every_format_says_what_it_is_for() =>
        TranscriptFormats.Names.Select(TranscriptFormats.Describe).ShouldAllBe(text => text.Contains(' '));

    [Fact]
    public void A_transcript_is_read_from_its_file_and_errors_name_the_file()
    {
        string path = Path.Combine(_folder, "talk.json");
        File.WriteAllText(path, TranscriptJson.Write(s_short));
        TranscriptJson.ReadFile(path).Text.ShouldBe("Hello.");

        File.WriteAllText(path, "{}");
        CesarException error = Should.Throw<CesarException>(() => TranscriptJson.ReadFile(path));
        (error.ErrorId, error.Message.StartsWith(path, StringComparison.Ordinal)).ShouldBe(("TranscriptMalformed", true));
        Should.Throw<CesarException>(() => TranscriptJson.ReadFile(path + ".none")).ErrorId.ShouldBe("InputNotFound");
    }

    private static bool SetImmutable(string path, string change)
    {
        const string program = "/usr/bin/chattr";
        if (!Environment.IsPrivilegedProcess || !File.Exists(program))
        {
            return false;
        }

        using Process chattr = Process.Start(new ProcessStartInfo(program, [change, path]) { RedirectStandardError = true })!;
        chattr.WaitForExit();
        return chattr.ExitCode == 0;
    }
}
