namespace CesarPS.Console.Tests;

/// <summary>Folders that a cache cannot be in, or is in by another name.</summary>
public sealed class CachePlaceTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_folder_is_named_in_many_ways()
    {
        _work.Write("settings.json", """{ "cache-dir": "beside-the-settings" }""");
        Directory.CreateDirectory(_work.At("elsewhere"));
        Setting bare = new Setting { Folder = _work.At("elsewhere") }.With("CESAR_CACHE_DIR", "").With("HOME", _work.At("home"));
        string home = await PathAsync(bare, "cache", "path");

        home.ShouldBe(_work.At("home", ".cache", "cesarps"));
        (await PathAsync(bare.With("XDG_CACHE_HOME", "/xdg"), "cache", "path")).ShouldBe("/xdg/cesarps");
        (await PathAsync(bare, "cache", "path", "--cache-dir", "~/my cache")).ShouldBe(_work.At("home", "my cache"));
        (await PathAsync(bare, "cache", "path", "--cache-dir", "../near")).ShouldBe(_work.At("near"));
        (await PathAsync(bare.With("CESAR_CACHE_DIR", "here"), "cache", "path")).ShouldBe(_work.At("elsewhere", "here"));
        (await PathAsync(bare.With("CESAR_CONFIG", _work.At("settings.json")), "cache", "path")).ShouldBe(_work.At("beside-the-settings"));
    }

    [Theory]
    [InlineData("info")]
    [InlineData("list")]
    [InlineData("show abc")]
    [InlineData("clear --yes")]
    [InlineData("clean --stage window")]
    [InlineData("verify")]
    [InlineData("limit 5GB")]
    public async Task A_file_is_no_folder(string command)
    {
        _work.Write("file", "mine");
        Setting setting = _work.Cached.With("CESAR_CACHE_DIR", _work.At("file")).With("CESAR_CONFIG", _work.At("settings.json"));

        Ended run = await CesarProgram.RunAsync(setting, ["cache", .. command.Split(' ')]);

        run.ExitCode.ShouldBe(2, run.ToString());
        run.Errors.ShouldContain("is a file. Name a folder");
        run.ErrorLines.Length.ShouldBe(1, run.ToString());
        File.ReadAllText(_work.At("file")).ShouldBe("mine");
        File.Exists(_work.At("settings.json")).ShouldBeFalse("nothing is set where nothing can come of it");
    }

    [Fact]
    public async Task Doctor_says_what_is_wrong_with_a_file_in_the_place_of_the_folder_and_that_it_is_no_disaster()
    {
        _work.Write("file", "mine");

        Ended run = await CesarProgram.RunAsync(_work.Cached.With("CESAR_CACHE_DIR", _work.At("file")), "doctor");

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldMatch("(?m)^warn +cache ");
        run.Output.ShouldContain("There is a file where the folder of the cache should be.");
        run.Output.ShouldContain("CESAR_CACHE_DIR");
    }

    [Fact]
    public async Task Doctor_looks_at_the_folder_and_leaves_nothing_in_it()
    {
        Ended run = await CesarProgram.RunAsync(_work.Cached, "doctor");

        run.Output.ShouldMatch($@"(?m)^ok +cache +writable, locks work, [\d.]+ GiB free  {_work.CacheFolder}$");
        Directory.Exists(_work.CacheFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task Doctor_warns_where_locks_do_not_work()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Locks cannot be switched off there.");

        Ended run = await CesarProgram.RunAsync(_work.Cached.With("DOTNET_SYSTEM_IO_DISABLEFILELOCKING", "1"), "doctor");

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldMatch("(?m)^warn +cache +writable, locks do not work, ");
        run.Output.ShouldContain("File locks do not keep processes apart there");
    }

    [Fact]
    public async Task Doctor_warns_of_a_disk_that_is_nearly_full()
    {
        _work.Mount("cache", "size=4m");

        Ended run = await CesarProgram.RunAsync(_work.Cached, "doctor");

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldMatch(@"(?m)^warn +cache +writable, locks work, 0\.0 GiB free");
        run.Output.ShouldContain("There is little space left on its disk.");
        _work.Files("cache").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_read_only_cache_can_be_looked_at_and_not_cleared()
    {
        _work.Mount("cache", "size=4m");
        using (FilledCache cache = new(_work.CacheFolder))
        {
            cache.Add("transcribe", "talk.mp3", TimeSpan.FromDays(1));
        }

        _work.MakeReadOnly("cache");

        Ended info = await CesarProgram.RunAsync(_work.Cached, "cache", "info");
        Ended list = await CesarProgram.RunAsync(_work.Cached, "cache", "list");
        Ended clear = await CesarProgram.RunAsync(_work.Cached, "cache", "clear", "--yes");
        Ended doctor = await CesarProgram.RunAsync(_work.Cached, "doctor");

        info.ExitCode.ShouldBe(0, info.ToString());
        info.Output.ShouldMatch("(?m)^Entries +1;");
        list.Output.ShouldContain("talk.mp3");
        clear.ExitCode.ShouldBe(1, clear.ToString());
        clear.Errors.ShouldStartWith("cesar: The cache in '");
        clear.ErrorLines.Length.ShouldBe(1, clear.ToString());
        doctor.Output.ShouldMatch("(?m)^warn +cache ");
        doctor.Output.ShouldContain("Nothing can be kept there");
    }

    private static async Task<string> PathAsync(Setting setting, params string[] arguments)
    {
        Ended run = await CesarProgram.RunAsync(setting, arguments);
        run.ExitCode.ShouldBe(0, run.ToString());
        return run.Output.TrimEnd('\n');
    }
}
