using CesarPS.Engine.Audio;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Tests.Tools;

public sealed class ToolLocatorTests : IDisposable
{
    private static readonly HostSystem Debian = HostSystem.Linux("ID=debian\n", privileged: false);
    private readonly string _folder = Directory.CreateTempSubdirectory("cesar-tools-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_programs_of_this_machine_are_found_with_their_versions()
    {
        IReadOnlyList<ToolStatus> all = await new ToolLocator().CheckAllAsync(Cancel);

        all.Select(tool => (tool.Name, tool.Optional)).ShouldBe([("ffmpeg", false), ("ffprobe", false), ("yt-dlp", true)]);
        all.Where(tool => !tool.Optional).ShouldAllBe(tool => tool.Problem == null && tool.Version!.Length > 0 && File.Exists(tool.Path));
    }

    [Fact]
    public async Task A_missing_program_is_one_error_with_its_install_command()
    {
        var locator = new ToolLocator(null, _ => null, Debian);

        CesarException error = await Should.ThrowAsync<CesarException>(() => locator.LocateAsync(ToolDefinition.Ffmpeg, Cancel));

        (error.Kind, error.ErrorId).ShouldBe((CesarErrorKind.Tool, "ToolMissing"));
        error.Message.ShouldBe(
            "ffmpeg was not found on PATH. Install it: sudo apt-get install -y ffmpeg, or set CESAR_FFMPEG to the path of the program.");
    }

    [Theory]
    [InlineData("ffmpeg version 4.3.9-0+deb11u1 Copyright", "ToolTooOld")]
    [InlineData("ffmpeg version n4.2 Copyright", "ToolTooOld")]
    [InlineData("ffprobe version 6.0 Copyright", "ToolBroken")]
    [InlineData("something else", "ToolBroken")]
    public async Task A_stand_in_of_the_wrong_version_or_kind_is_refused(string says, string errorId)
    {
        ToolLocator locator = At(StandIn.Write(_folder, $"echo '{says}'"));

        CesarException error = await Should.ThrowAsync<CesarException>(() => locator.LocateAsync(ToolDefinition.Ffmpeg, Cancel));

        error.ErrorId.ShouldBe(errorId);
        error.Message.ShouldContain("apt-get install");
    }

    [Theory]
    [InlineData("4.4", "4.4")]
    [InlineData("n7.1.1", "n7.1.1")]
    [InlineData("N-118000-g0123abc", "N-118000-g0123abc")]
    [InlineData("2024-05-02-git-71669f2ad5-full_build-www.gyan.dev", "2024-05-02-git-71669f2ad5-full_build-www.gyan.dev")]
    public async Task New_versions_and_snapshots_pass(string says, string version)
    {
        ToolLocator locator = At(StandIn.Write(_folder, $"echo 'ffmpeg version {says} Copyright'"));

        (await locator.LocateAsync(ToolDefinition.Ffmpeg, Cancel)).Version.ShouldBe(version);
    }

    [Theory]
    [InlineData("echo 'error while loading shared libraries: libavcodec.so.59' >&2; exit 127", "libavcodec.so.59")]
    [InlineData("exit 3", "exit code 3")]
    public async Task A_stand_in_that_does_not_start_properly_is_broken(string script, string reason)
    {
        ToolLocator locator = At(StandIn.Write(_folder, script));

        CesarException error = await Should.ThrowAsync<CesarException>(() => locator.LocateAsync(ToolDefinition.Ffmpeg, Cancel));

        error.ErrorId.ShouldBe("ToolBroken");
        error.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task A_file_that_is_no_program_is_broken()
    {
        string path = Path.Combine(_folder, "ffmpeg");
        await File.WriteAllTextAsync(path, "no program", Cancel);

        CesarException error = await Should.ThrowAsync<CesarException>(() => At(path).LocateAsync(ToolDefinition.Ffmpeg, Cancel));

        error.ErrorId.ShouldBe("ToolBroken");
    }

    [Fact]
    public async Task A_configured_path_comes_before_the_environment_and_that_before_PATH()
    {
        string configured = StandIn.Write(_folder, "echo 'ffmpeg version 7.1'");
        string named = StandIn.Write(_folder, "echo 'ffmpeg version 7.2'");
        string onPath = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        File.Move(StandIn.Write(_folder, "echo 'ffmpeg version 7.3'"), Path.Combine(onPath, "ffmpeg"));
        string? Environment(string name) => name switch { "PATH" => "relative::" + onPath, "CESAR_FFMPEG" => named, _ => null };

        (await VersionAsync(new ToolLocator(new Dictionary<string, string> { ["ffmpeg"] = configured }, Environment))).ShouldBe("7.1");
        (await VersionAsync(new ToolLocator(null, Environment))).ShouldBe("7.2");
        (await VersionAsync(new ToolLocator(null, name => name == "PATH" ? onPath : null))).ShouldBe("7.3");
        (await VersionAsync(new ToolLocator(new Dictionary<string, string> { ["ffmpeg"] = onPath }, _ => null))).ShouldBe("7.3");
        (await VersionAsync(new ToolLocator(new Dictionary<string, string> { ["ffmpeg"] = "ffmpeg" }, Environment))).ShouldBe("7.3");
    }

    [Fact]
    public async Task A_named_place_is_binding()
    {
        ToolLocator locator = At(Path.Combine(_folder, "not-there"));

        CesarException error = await Should.ThrowAsync<CesarException>(() => locator.LocateAsync(ToolDefinition.Ffmpeg, Cancel));

        error.ErrorId.ShouldBe("ToolMissing");
        error.Message.ShouldContain("not-there");
    }

    [Fact]
    public async Task A_version_is_read_once_and_a_missing_program_is_looked_for_again()
    {
        string count = Path.Combine(_folder, "count");
        string later = Path.Combine(_folder, "later");
        ToolLocator locator = At(later);
        await Should.ThrowAsync<CesarException>(() => locator.LocateAsync(ToolDefinition.Ffmpeg, Cancel));

        File.Move(StandIn.Write(_folder, $"echo run >> '{count}'; echo 'ffmpeg version 7.1'"), later);
        await locator.LocateAsync(ToolDefinition.Ffmpeg, Cancel);
        await locator.LocateAsync(ToolDefinition.Ffmpeg, Cancel);

        File.ReadAllLines(count).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("ID=debian", "sudo apt-get install -y ffmpeg")]
    [InlineData("NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"", "sudo apt-get install -y ffmpeg")]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"", "sudo dnf install -y ffmpeg-free")]
    [InlineData("ID=alpine", "sudo apk add ffmpeg")]
    [InlineData("ID=manjaro\nID_LIKE=arch", "sudo pacman -S ffmpeg")]
    [InlineData("ID=opensuse-leap\nID_LIKE='suse opensuse'", "sudo zypper install ffmpeg")]
    [InlineData("", "the package manager of this system, package ffmpeg")]
    public void The_install_command_is_that_of_the_distribution(string osRelease, string command) =>
        HostSystem.Linux(osRelease, privileged: false).InstallCommand("ffmpeg").ShouldBe(command);

    [Fact]
    public void Root_needs_no_sudo_and_other_systems_have_their_own_command()
    {
        HostSystem.Linux("ID=ubuntu", privileged: true).InstallCommand("ffmpeg").ShouldBe("apt-get install -y ffmpeg");
        HostSystem.MacOS.InstallCommand("ffmpeg").ShouldBe("brew install ffmpeg");
        HostSystem.Windows.InstallCommand("ffmpeg").ShouldBe("winget install Gyan.FFmpeg");
    }

    [Fact]
    public async Task Without_ffprobe_a_recording_is_refused_with_that_reason()
    {
        string path = Path.Combine(_folder, "x.mp3");
        await File.WriteAllTextAsync(path, "x", Cancel);

        CesarException error = await Should.ThrowAsync<CesarException>(
            () => new MediaProbe(new ToolLocator(null, _ => null, Debian)).ProbeAsync(path, Cancel));

        error.Message.ShouldStartWith("ffprobe was not found");
    }

    [Theory]
    [InlineData("echo 'not json'")]
    [InlineData("kill -SEGV $$")]
    public async Task A_stand_in_ffprobe_that_fails_is_a_tools_failure(string script)
    {
        string path = Path.Combine(_folder, "x.mp3");
        await File.WriteAllTextAsync(path, "x", Cancel);
        string ffprobe = StandIn.Write(_folder, $"if [ \"$1\" = -version ]; then echo 'ffprobe version 6.0'; exit; fi\n{script}");

        CesarException error = await Should.ThrowAsync<CesarException>(() => new MediaProbe(
            new ToolLocator(new Dictionary<string, string> { ["ffprobe"] = ffprobe })).ProbeAsync(path, Cancel));

        error.ErrorId.ShouldBe("ToolFailed");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ToolLocator At(string path) =>
        new(new Dictionary<string, string> { ["ffmpeg"] = path }, _ => null, Debian);

    private static async Task<string?> VersionAsync(ToolLocator locator) =>
        (await locator.CheckAllAsync(Cancel))[0].Version;
}
