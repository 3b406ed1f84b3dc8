using System.Runtime.InteropServices;
using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Tests.Audio;

public sealed partial class BadInputTests(Recordings recordings)
{
    private const int Nobody = 65534;

    [Fact]
    public async Task A_missing_file_is_named() => await RefusedAsync(recordings.PathOf("nothing.mp3"), "InputNotFound");

    [Fact]
    public async Task A_dangling_link_is_a_missing_file()
    {
        string path = await recordings.MakeAsync("dangling.wav", file => Task.FromResult(File.CreateSymbolicLink(file, "/nowhere")));
        await RefusedAsync(path, "InputNotFound");
    }

    [Fact]
    public async Task A_folder_is_refused() => await RefusedAsync(recordings.Folder, "InputIsDirectory");

    [Fact]
    public async Task An_empty_file_is_refused() =>
        await RefusedAsync(await recordings.MakeAsync("empty.mp3", file => File.WriteAllTextAsync(file, "")), "InputEmpty");

    [Theory]
    [InlineData("text.mp3", "These are words, not sound.\n")]
    [InlineData("text.wav", "These are words, not sound.\n")]
    [InlineData("text.txt", "These are words, not sound.\n")]
    [InlineData("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nother.mp3\n#EXT-X-ENDLIST\n")]
    [InlineData("list.mp3", "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nother.mp3\n#EXT-X-ENDLIST\n")]
    [InlineData("concat.mp3", "ffconcat version 1.0\nfile other.mp3\n")]
    [InlineData("subtitles.mp4", "1\n00:00:01,000 --> 00:00:02,000\nHello.\n")]
    public async Task Text_and_lists_of_other_files_are_no_recordings(string name, string text)
    {
        string path = await recordings.MakeAsync(name, file => File.WriteAllTextAsync(file, text));
        await RefusedAsync(path, "InputNotMedia");
    }

    [Fact]
    public async Task A_picture_is_no_recording() => await RefusedAsync(
        await recordings.MakeAsync("picture.png", "-f", "lavfi", "-i", Recordings.Picture, "-frames:v", "1"), "InputNotMedia");

    [Theory]
    [InlineData("zeros.mp3")]
    [InlineData("zeros.wav")]
    public async Task Two_gigabytes_of_zeros_are_refused_at_once(string name)
    {
        string path = await recordings.MakeAsync(name, file =>
        {
            using FileStream stream = File.Create(file);
            stream.SetLength(2L << 30);
            return Task.CompletedTask;
        });
        await RefusedAsync(path, "InputNotMedia");
    }

    [Fact]
    public async Task A_video_without_sound_says_so() => await RefusedAsync(
        await recordings.MakeAsync("silent.mp4", "-f", "lavfi", "-i", Recordings.Picture, "-c:v", "mpeg4"), "InputNoAudio");

    [Fact]
    public async Task An_mp4_without_its_index_is_called_cut_off()
    {
        string whole = await recordings.BurstAsync("burst.m4a", "-c:a", "aac");
        await RefusedAsync(await recordings.CutAsync(whole, 0.5), "InputDamaged");
    }

    [Theory]
    [InlineData("front.m4a", "-c:a aac -movflags +faststart")]
    [InlineData("noise.mp3", "-b:a 96k")]
    [InlineData("noise.flac", "-c:a flac")]
    [InlineData("noise.mka", "-c:a libvorbis")]
    public async Task A_recording_cut_in_half_is_read_as_far_as_it_goes_with_a_warning(string name, string codec)
    {
        string whole = await recordings.MakeAsync(
            "whole_" + name, ["-f", "lavfi", "-i", "anoisesrc=d=20:r=44100:a=0.3:seed=1", .. codec.Split(' ')]);
        var log = new KeptLog();

        Samples samples = await Samples.DecodeAsync(await recordings.CutAsync(whole, 0.5), logger: log);

        samples.Seconds.ShouldBeInRange(8.5, 11);
        log.Warnings.ShouldHaveSingleItem().ShouldContain(name);
    }

    [Fact]
    public async Task A_pipe_and_a_device_are_refused_and_not_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked for the kind of a file.");
        string path = await recordings.MakeAsync("pipe.wav", async file =>
            await System.Diagnostics.Process.Start("mkfifo", [file]).WaitForExitAsync());

        await RefusedAsync(path, "InputNotFile");
        await RefusedAsync("/dev/zero", "InputNotFile");
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_refused()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Needs a thread's own user, which Linux alone has.");
            return;
        }

        string path = await recordings.MakeAsync("secret.wav", file => File.WriteAllTextAsync(file, "secret"));
        File.SetUnixFileMode(path, UnixFileMode.None);
        File.SetUnixFileMode(recordings.Folder, (UnixFileMode)0b111_101_101);

        // root may read everything: this thread alone, and only for the check, is somebody else.
        int before = SetFileSystemUser(Nobody);
        try
        {
            Should.Throw<CesarException>(() => InputFile.Check(path)).ErrorId.ShouldBe("InputUnreadable");
        }
        finally
        {
            _ = SetFileSystemUser(before);
        }
    }

    [Theory]
    [InlineData("with space.mp3")]
    [InlineData("quote\" and ' both.mp3")]
    [InlineData("[brackets] {braces} (round) $HOME `id` ;&|.mp3")]
    [InlineData("line\nbreak.mp3")]
    [InlineData("emoji 🎙️ ünï.mp3")]
    [InlineData("-i.mp3")]
    [InlineData("%03d.mp3")]
    [InlineData("concat:x")]
    [InlineData("pipe:0")]
    [InlineData("back\\slash*?.mp3")]
    public async Task Any_name_is_a_file_name(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows forbids some of these names.");
        string sound = await recordings.BurstAsync("burst.mp3", "-b:a", "96k");
        string path = await recordings.MakeAsync(name, file =>
        {
            File.Copy(sound, file);
            return Task.CompletedTask;
        });

        (await Samples.DecodeAsync(Path.GetRelativePath(Environment.CurrentDirectory, path))).Onset.ShouldBe(2.0, 0.03);
    }

    [Fact]
    public async Task An_address_is_taken_for_a_local_file_name() =>
        (await RefusedAsync("http://127.0.0.1/x.mp3", "InputNotFound")).Message.ShouldContain("http://127.0.0.1/x.mp3");

    private static async Task<CesarException> RefusedAsync(string path, string errorId)
    {
        CesarException error = await Should.ThrowAsync<CesarException>(() => Samples.DecodeAsync(path));
        error.ErrorId.ShouldBe(errorId, error.Message);
        error.Kind.ShouldBe(CesarErrorKind.Input);
        error.Message.ShouldContain(path);
        return error;
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(int user);
}
