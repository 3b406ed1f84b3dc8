using System.Text.Json;

namespace CesarPS.Console.Tests;

/// <summary>What cesar cache changes: clear, clean, limit, verify --repair.</summary>
public sealed class CacheChangeTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly Workplace _work = new();
    private readonly FilledCache _cache;

    public CacheChangeTests() => _cache = new FilledCache(_work.CacheFolder);

    public void Dispose()
    {
        _cache.Dispose();
        _work.Dispose();
    }

    [Fact]
    public async Task Without_a_terminal_clear_wants_to_be_told_that_it_is_meant()
    {
        Fill();

        Ended refused = await CesarProgram.RunAsync(_work.Cached with { Input = "y\n" }, "cache", "clear");
        string[] left = await SourcesAsync();
        Ended done = await CesarProgram.RunAsync(_work.Cached, "cache", "clear", "--yes");
        Ended again = await CesarProgram.RunAsync(_work.Cached, "cache", "clear", "--yes");

        refused.ExitCode.ShouldBe(2, refused.ToString());
        refused.Errors.ShouldContain("--yes");
        left.Length.ShouldBe(3);
        done.ExitCode.ShouldBe(0, done.ToString());
        done.Output.ShouldMatch(@"^3 entries removed, [\d.]+ \w+ freed\.\n$");
        (await SourcesAsync()).ShouldBeEmpty();
        again.Output.ShouldBe("There was nothing to remove.\n");
    }

    [Theory]
    [InlineData("y", 0, 0)]
    [InlineData("n", 1, 3)]
    [InlineData("", 1, 3)]
    public async Task On_a_terminal_clear_asks(string answer, int exitCode, int left)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "A terminal is made with script.");
        Fill();
        Setting terminal = _work.Cached with { Input = answer + "\n", Through = ["sh", "-c", "script -qec \"'$0' cache clear\" /dev/null"] };

        Ended run = await CesarProgram.RunAsync(terminal);

        run.ExitCode.ShouldBe(exitCode, run.ToString());
        run.Output.ShouldContain("(3 entries, ");
        run.Output.ShouldContain("? [y/N] ");
        (await SourcesAsync()).Length.ShouldBe(left);
    }

    [Theory]
    [InlineData("--older-than 30d", "middle new")]
    [InlineData("--stage window", "new old")]
    [InlineData("--source m*", "new old")]
    [InlineData("--larger-than 1KB", "new old")]
    [InlineData("--stage acquire --older-than 90d", "middle new old")]
    [InlineData("--to-size 0", "")]
    [InlineData("--to-size 1GB", "middle new old")]
    public async Task What_fits_is_removed_and_a_dry_run_only_says_so(string options, string left)
    {
        Fill();
        string[] arguments = ["cache", "clean", .. options.Split(' ')];

        Ended dry = await CesarProgram.RunAsync(_work.Cached, [.. arguments, "--dry-run"]);
        string[] before = await SourcesAsync();
        Ended run = await CesarProgram.RunAsync(_work.Cached, arguments);

        string[] expected = left.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int removed = 3 - expected.Length;
        before.Length.ShouldBe(3);
        dry.ExitCode.ShouldBe(0, dry.ToString());
        dry.Output.Split('\n').Length.ShouldBe(removed == 0 ? 2 : removed + 3, dry.ToString());
        dry.Output.ShouldContain(removed == 0 ? "Nothing would be removed." : "would be removed, ");
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldStartWith(removed switch
        {
            0 => "There was nothing to remove.",
            1 => "1 entry removed, ",
            _ => $"{removed} entries removed, ",
        });
        (await SourcesAsync()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("clean", "Say what is to go")]
    [InlineData("clean --dry-run", "Say what is to go")]
    [InlineData("clean --older-than 30", "takes an age, such as 30d")]
    [InlineData("clean --to-size many", "takes a size, such as 5GB")]
    [InlineData("clean --to-size 1GB --stage window", "not both")]
    [InlineData("clean --stage transcrib", "Did you mean 'transcribe'?")]
    [InlineData("clean --source ", "takes a pattern")]
    [InlineData("list --larger-than -5", "takes a size")]
    [InlineData("list --sort siz", "Did you mean 'size'?")]
    [InlineData("limit 5apples", "a size, such as 5GB")]
    [InlineData("limit -5GB", "no option '-5GB'")]
    [InlineData("clear --yes --cache-dir ", "--cache-dir takes a folder")]
    [InlineData("show", "show")]
    [InlineData("verify --repar", "Did you mean '--repair'?")]
    [InlineData("inof", "Did you mean 'info'?")]
    public async Task What_makes_no_sense_is_refused_and_nothing_is_removed(string commandLine, string reason)
    {
        Fill();

        Ended run = await CesarProgram.RunAsync(_work.Cached, ["cache", .. commandLine.Split(' ')]);

        run.ExitCode.ShouldBe(2, run.ToString());
        run.Errors.ShouldStartWith("cesar: ");
        run.Errors.ShouldContain(reason);
        run.Output.ShouldBeEmpty();
        (await SourcesAsync()).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_limit_is_kept_in_the_configuration_file_and_holds_at_once()
    {
        await _cache.AddWithFileAsync("transcode", "audio", 2 * Day, 300_000);
        _cache.Add("transcribe", "text", Day);
        _cache.Dispose();
        _work.Write("settings.json", "{\n  // mine\n  \"model\": \"base\"\n}\n");
        Setting setting = _work.Cached.With("CESAR_CONFIG", _work.At("settings.json"));

        Ended before = await CesarProgram.RunAsync(setting, "cache", "limit");
        Ended set = await CesarProgram.RunAsync(setting, "cache", "limit", "100KB");
        Ended after = await CesarProgram.RunAsync(setting, "cache", "limit");

        before.Output.ShouldBe("10 GB (default)\n");
        set.ExitCode.ShouldBe(0, set.ToString());
        set.Output.ShouldMatch(@"^The limit is 0\.1 MB; the cache takes [\d.]+ (B|KiB)\.\n\d entr(y|ies) removed, \d+\.\d KiB freed\.\n$");
        after.Output.ShouldBe($"0.1 MB ({_work.At("settings.json")})\n");
        File.ReadAllText(_work.At("settings.json")).ShouldBe("{\n  // mine\n  \"model\": \"base\",\n  \"cache-limit\": \"100KB\"\n}\n");
        (await SourcesAsync()).ShouldContain("text");
    }

    [Fact]
    public async Task A_limit_that_a_variable_overrules_is_told_and_removes_nothing()
    {
        Fill();
        Setting setting = _work.Cached.With("CESAR_CONFIG", _work.At("settings.json")).With("CESAR_CACHE_LIMIT", "2GB");

        Ended run = await CesarProgram.RunAsync(setting, "cache", "limit", "1KB");

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Errors.ShouldContain("the limit of 2 GB from CESAR_CACHE_LIMIT wins");
        run.Output.ShouldStartWith("The limit is 2 GB;");
        (await SourcesAsync()).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_limit_is_not_written_into_a_damaged_file()
    {
        _work.Write("settings.json", "{ \"model\": ");

        Ended run = await CesarProgram.RunAsync(_work.Cached.With("CESAR_CONFIG", _work.At("settings.json")), "cache", "limit", "5GB");

        run.ExitCode.ShouldBe(2, run.ToString());
        File.ReadAllText(_work.At("settings.json")).ShouldBe("{ \"model\": ");
    }

    [Fact]
    public async Task Damage_is_found_and_mended()
    {
        string[] keys = Fill();
        Ended well = await CesarProgram.RunAsync(_work.Cached, "cache", "verify");
        _cache.Damage(keys[1]);

        Ended found = await CesarProgram.RunAsync(_work.Cached, "cache", "verify");
        Ended mended = await CesarProgram.RunAsync(_work.Cached, "cache", "verify", "--repair");
        Ended after = await CesarProgram.RunAsync(_work.Cached, "cache", "verify");

        well.ExitCode.ShouldBe(0, well.ToString());
        well.Output.ShouldMatch(@"^3 entries, [\d.]+ KiB read in [\d.]+ s: all is well\.\n$");
        found.ExitCode.ShouldBe(1, found.ToString());
        found.Output.ShouldContain(keys[1]);
        found.Output.ShouldContain("'cesar cache verify --repair' mends that.");
        mended.ExitCode.ShouldBe(0, mended.ToString());
        mended.Output.ShouldContain(", repaired.");
        after.ExitCode.ShouldBe(0, after.ToString());
        (await SourcesAsync()).ShouldBe(["new", "old"]);
    }

    // Three entries: their keys in the order old, middle, new.
    private string[] Fill()
    {
        string[] keys =
        [
            _cache.Add("acquire", "old", 40 * Day),
            _cache.Add("window", "middle", 2 * Day, $"\"{new string('x', 5000)}\""),
            _cache.Add("transcribe", "new", Day),
        ];
        _cache.Dispose();
        return keys;
    }

    private async Task<string[]> SourcesAsync()
    {
        Ended list = await CesarProgram.RunAsync(_work.Cached, "cache", "list", "--json");
        list.ExitCode.ShouldBe(0, list.ToString());
        return [.. JsonDocument.Parse(list.Output).RootElement.EnumerateArray().Select(entry => entry.GetProperty("source").GetString()!).Order(StringComparer.Ordinal)];
    }
}
