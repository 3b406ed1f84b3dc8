using System.Diagnostics;
using System.Text;
using CesarPS.Engine.Transcripts;
using static CesarPS.Engine.Tests.Transcripts.Samples;

namespace CesarPS.Engine.Tests.Transcripts;

public sealed class TranscriptFilesTests : IDisposable
{
    private static readonly Transcript Short = Of(Segment(0, 1, "Hé."));
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("cesar files ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_format_is_written_beside_the_others_in_a_folder_that_is_made()
    {
        string folder = Path.Combine(_folder, "new", "deep");
        var files = new TranscriptFiles(folder, ["txt", "JSON", "txt"]);
        files.Write(files.Reserve(["in/talk.mp3"])[0], Short, Cancel);
        Names(folder).ShouldBe(["talk.json", "talk.txt"]);
        File.ReadAllBytes(Path.Combine(folder, "talk.txt")).ShouldBe(Encoding.UTF8.GetBytes("Hé.\n"));
    }

    [Fact]
    public void Inputs_with_one_name_never_share_a_file() =>
        Stems("a/talk.mp3", "b/talk.wav", "c/talk.wav", "d/Talk.mp3", "e/talk (2).ogg", "a/talk.mp3", "f/talk.wav.mp3").ShouldBe(
            ["talk", "talk.wav", "talk (2)", "Talk (3)", "talk (2).ogg", "talk", "talk.wav.mp3"]);

    [Theory]
    [InlineData("in/con.mp3", "_con")]
    [InlineData("in/LPT1.talk.mp3", "_LPT1.talk")]
    [InlineData("in/.mp3", ".mp3")]
    [InlineData("in/-x \"quoted\" [1]\n👋.mp3", "-x \"quoted\" [1]\n👋")]
    [InlineData("in/", "transcript")]
    public void Names_follow_the_input_and_are_made_safe(string input, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && expected.Contains('"'), "Windows has no such names.");
        Stems(input).ShouldBe([expected]);
    }

    [Fact]
    public void Characters_that_a_file_system_refuses_are_replaced() =>
        new OutputNames(4, [':', '?']).Take("who: me?.mp3").ShouldBe("who_ me_");

    [Fact]
    public void Names_too_long_for_a_file_system_are_cut_between_characters_and_stay_apart()
    {
        string name = string.Concat(Enumerable.Repeat("é👋", 60));
        var files = new TranscriptFiles(_folder, ["txt", "json"]);
        var targets = files.Reserve([$"a/{name}1.mp3", $"b/{name}2.mp3", $"c/{name}2.mp3"]);
        foreach (TranscriptTarget target in targets)
        {
            files.Write(target, Short, Cancel);
        }

        Names(_folder).Length.ShouldBe(6);
        Names(_folder).ShouldAllBe(file => Encoding.UTF8.GetByteCount(file) <= 255 && !file.Contains('\ufffd'));
    }

    [Fact]
    public void A_file_of_an_earlier_run_is_replaced_unless_it_is_to_be_kept()
    {
        string path = Path.Combine(_folder, "talk.txt");
        File.WriteAllText(path, "old");
        var keeping = new TranscriptFiles(_folder, ["srt", "txt"], keepExisting: true);
        ErrorOf(() => keeping.Write(keeping.Reserve(["talk.mp3"])[0], Short, Cancel)).ShouldBe("OutputExists");
        Names(_folder).ShouldBe(["talk.txt"]);
        File.ReadAllText(path).ShouldBe("old");

        var replacing = new TranscriptFiles(_folder, ["txt"]);
        replacing.Write(replacing.Reserve(["talk.mp3"])[0], Short, Cancel);
        File.ReadAllText(path).ShouldBe("Hé.\n");
    }

    [Fact]
    public void A_file_that_appears_meanwhile_is_kept_too()
    {
        string path = Path.Combine(_folder, "talk.txt");
        using (var pending = new PendingFiles(_folder))
        {
            pending.Add(path, output => output.Write("new"));
            File.WriteAllText(path, "old");
            ErrorOf(() => pending.Publish(replace: false)).ShouldBe("OutputExists");
        }

        Names(_folder).ShouldBe(["talk.txt"]);
        File.ReadAllText(path).ShouldBe("old");
    }

    [Fact]
    public void An_input_is_never_replaced_even_through_a_link()
    {
        string input = Path.Combine(_folder, "talk.txt");
        File.WriteAllText(input, "sound");
        string link = Path.Combine(_folder, "link");
        Directory.CreateSymbolicLink(link, _folder);
        var files = new TranscriptFiles(link, ["txt"]);
        ErrorOf(() => files.Write(files.Reserve([input])[0], Short, Cancel)).ShouldBe("OutputWouldReplaceInput");
        File.ReadAllText(input).ShouldBe("sound");
    }

    [Fact]
    public void Links_that_lead_to_each_other_do_not_trap_the_search()
    {
        string one = Path.Combine(_folder, "one");
        string two = Path.Combine(_folder, "two");
        Directory.CreateSymbolicLink(one, two);
        Directory.CreateSymbolicLink(two, one);
        var files = new TranscriptFiles(one, ["txt"]);
        ErrorOf(() => files.Write(files.Reserve(["talk.mp3"])[0], Short, Cancel)).ShouldBe("OutputFolderUnwritable");
    }

    [Fact]
    public void A_folder_of_the_files_name_is_an_error()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "talk.txt"));
        var files = new TranscriptFiles(_folder, ["txt"]);
        ErrorOf(() => files.Write(files.Reserve(["talk.mp3"])[0], Short, Cancel)).ShouldBe("OutputIsFolder");
    }

    [Fact]
    public void A_folder_that_is_a_file_is_an_error()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var files = new TranscriptFiles(file, ["txt"]);
        ErrorOf(() => files.Write(files.Reserve(["talk.mp3"])[0], Short, Cancel)).ShouldBe("OutputFolderUnwritable");
    }

    [Fact]
    public void No_format_or_an_unknown_one_is_refused_before_any_work()
    {
        ErrorOf(() => _ = new TranscriptFiles(_folder, [])).ShouldBe("NoFormat");
        ErrorOf(() => _ = new TranscriptFiles(_folder, ["txt", "pdf"])).ShouldBe("UnknownFormat");
    }

    [Fact]
    public void Nothing_is_left_of_a_write_that_fails_or_is_cancelled()
    {
        using (var pending = new PendingFiles(_folder))
        {
            pending.Add(Path.Combine(_folder, "a.txt"), output => output.Write("whole"));
            Should.Throw<FormatException>(() => pending.Add(Path.Combine(_folder, "b.txt"), _ => throw new FormatException()));
            Names(_folder).ShouldNotBeEmpty();
        }

        var files = new TranscriptFiles(_folder, ["txt"]);
        Should.Throw<OperationCanceledException>(() => files.Write(files.Reserve(["talk.mp3"])[0], Short, new CancellationToken(true)));
        Names(_folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("size=64k", "OutputDiskFull", "no space")]
    [InlineData("ro", "OutputFolderUnwritable", "read-only")]
    public void A_disk_that_takes_nothing_is_explained(string mountOptions, string id, string said)
    {
        string disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", mountOptions, "tmpfs", disk), "Mounting a small disk needs root.");
        try
        {
            Segment[] many = [.. Enumerable.Range(0, 5000).Select(i => Segment(i, i + 1, "A sentence that takes some space."))];
            var files = new TranscriptFiles(disk, ["txt", "json"]);
            var error = Should.Throw<CesarException>(() => files.Write(files.Reserve(["talk.mp3"])[0], Of(many), Cancel));
            (error.Kind, error.ErrorId).ShouldBe((CesarErrorKind.Output, id));
            error.Message.ShouldContain(said);
            Names(disk).ShouldBeEmpty();
        }
        finally
        {
            Run("umount", disk).ShouldBeTrue();
        }
    }

    [Fact]
    public void Other_failures_of_the_system_are_explained_too()
    {
        Explained(new UnauthorizedAccessException("no")).ShouldContain("permission");
        Explained(new PathTooLongException("long")).ShouldContain("too long");
        Explained(new IOException("It broke.")).ShouldContain("It broke. Check the folder");
        Explained(new IOException("full", unchecked((int)0x80070070))).ShouldContain("no space");

        string Explained(Exception cause) => OutputFailure.Explain(_folder, cause).Message;
    }

    private string[] Stems(params string[] inputs) =>
        [.. new TranscriptFiles(_folder, ["txt"]).Reserve(inputs).Select(target => Path.GetFileNameWithoutExtension(target.Paths[0]))];

    private static string[] Names(string folder) => [.. new DirectoryInfo(folder).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    private static string ErrorOf(Action work) => Should.Throw<CesarException>(work).ErrorId;

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
