using System.Globalization;
using System.Text.Json;

namespace CesarPS.Console.Tests;

/// <summary>What cesar cache shows: info, list, show, path.</summary>
public sealed class CacheLookTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly Workplace _work = new();
    private readonly FilledCache _cache;

    public CacheLookTests() => _cache = new FilledCache(_work.CacheFolder);

    public void Dispose()
    {
        _cache.Dispose();
        _work.Dispose();
    }

    [Fact]
    public async Task A_cache_that_is_not_there_yet_is_cold_and_looking_does_not_make_it()
    {
        Ended info = await CesarProgram.RunAsync(_work.Cached, "cache", "info");
        Ended list = await CesarProgram.RunAsync(_work.Cached, "cache", "list");
        Ended json = await CesarProgram.RunAsync(_work.Cached, "cache", "list", "--json");
        Ended path = await CesarProgram.RunAsync(_work.Cached, "cache", "path");

        info.ExitCode.ShouldBe(0, info.ToString());
        info.Output.ShouldMatch("(?m)^Status +COLD: nothing is kept yet");
        info.Output.ShouldMatch(@"(?m)^Size +0 B, 0 % of the limit of 10 GB$");
        info.Output.ShouldMatch("(?m)^Hit rate +-$");
        (list.ExitCode, list.Output, list.Errors).ShouldBe((0, "", "The cache is empty.\n"));
        JsonDocument.Parse(json.Output).RootElement.GetArrayLength().ShouldBe(0);
        path.Output.ShouldBe(_work.CacheFolder + "\n");
        Directory.Exists(_work.CacheFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task Info_counts_entries_and_bytes_of_each_stage()
    {
        _cache.Add("transcribe", "talk.mp3", 3 * Day);
        _cache.Add("window", "talk.mp3", 2 * Day);
        _cache.Add("window", "talk.mp3", Day);
        await _cache.AddWithFileAsync("transcode", "talk.mp3", 40 * Day, 3_000_000);
        _cache.Dispose();

        Ended text = await CesarProgram.RunAsync(_work.Cached.With("CESAR_CACHE_LIMIT", "30MB"), "cache", "info");
        Ended json = await CesarProgram.RunAsync(_work.Cached.With("CESAR_CACHE_LIMIT", "30MB"), "cache", "info", "--json");

        text.ExitCode.ShouldBe(0, text.ToString());
        text.Output.ShouldMatch(@"(?m)^Size +2\.9 MiB, 10 % of the limit of 30 MB$");
        text.Output.ShouldMatch("(?m)^Entries +4; the oldest was made 1 month ago, the newest 1 day ago$");
        text.Output.ShouldMatch(@"(?m)^Status +WARMING: ");
        text.Output.ShouldMatch(@"(?m)^transcode +1 +2\.9 MiB$");
        text.Output.ShouldMatch(@"(?m)^window +2 +[\d.]+ (B|KiB)$");
        JsonElement info = JsonDocument.Parse(json.Output).RootElement;
        info.GetProperty("directory").GetString().ShouldBe(_work.CacheFolder);
        info.GetProperty("entries").GetInt32().ShouldBe(4);
        info.GetProperty("sizeLimit").GetInt64().ShouldBe(30_000_000);
        info.GetProperty("share").GetDouble().ShouldBe(0.1, 0.01);
        info.GetProperty("status").GetString().ShouldBe("WARMING");
        info.GetProperty("misses").GetInt64().ShouldBe(1);
        info.GetProperty("stages").EnumerateArray().Sum(stage => stage.GetProperty("bytes").GetInt64()).ShouldBe(info.GetProperty("bytes").GetInt64());
        info.GetProperty("working").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Info_tells_who_works_on_what_since_when()
    {
        (Task work, TaskCompletionSource<string> result) = await _cache.WorkAsync("transcribe", "line\nbreak [red].mp3");

        Ended text = await CesarProgram.RunAsync(_work.Cached, "cache", "info");
        Ended json = await CesarProgram.RunAsync(_work.Cached, "cache", "info", "--json");
        result.SetResult("{}");
        await work;

        text.Output.ShouldMatch($@"(?m)^transcribe +process {Environment.ProcessId} +3 minutes ago +line\\nbreak \[red\]\.mp3$");
        JsonElement working = JsonDocument.Parse(json.Output).RootElement.GetProperty("working")[0];
        working.GetProperty("process").GetInt32().ShouldBe(Environment.ProcessId);
        working.GetProperty("source").GetString().ShouldBe("line\nbreak [red].mp3");
    }

    [Fact]
    public async Task Names_with_everything_in_them_stay_on_their_line()
    {
        string[] names = ["/a/[red]brackets[/] {0} :smile:.wav", "line\nbreak \u001b[31mred.wav", "🎙️ émoji 音声.wav", new string('n', 300) + ".wav"];
        foreach (string name in names)
        {
            _cache.Add("transcribe", name, Day);
        }

        _cache.Dispose();
        Ended text = await CesarProgram.RunAsync(_work.Cached, "cache", "list");
        Ended json = await CesarProgram.RunAsync(_work.Cached, "cache", "list", "--json");

        text.ExitCode.ShouldBe(0, text.ToString());
        text.Output.Split('\n').Length.ShouldBe(names.Length + 2, text.ToString());
        text.Output.ShouldNotContain('\u001b');
        text.Output.ShouldMatch(@"(?m)^[0-9a-f]{12}  transcribe  +\d+ B  1 day ago +/a/\[red\]brackets\[/\] \{0\} :smile:\.wav$");
        text.Output.ShouldContain(@"line\nbreak \u001b[31mred.wav");
        JsonDocument.Parse(json.Output).RootElement.EnumerateArray().Select(entry => entry.GetProperty("source").GetString()).ShouldBe(names, ignoreOrder: true);
    }

    [Theory]
    [InlineData("", "new middle old")]
    [InlineData("--sort size", "middle new old")]
    [InlineData("--sort source", "middle new old")]
    [InlineData("--sort stage", "old middle new")]
    [InlineData("--stage window", "middle")]
    [InlineData("--source ?ew", "new")]
    [InlineData("--source *E*", "new middle")]
    [InlineData("--older-than 36h", "middle old")]
    [InlineData("--larger-than 1KB", "middle")]
    [InlineData("--older-than 30d --stage window", "")]
    public async Task Entries_are_filtered_and_sorted(string options, string expected)
    {
        _cache.Add("acquire", "old", 40 * Day);
        _cache.Add("window", "middle", 2 * Day, $"\"{new string('x', 5000)}\"");
        _cache.Add("zeta", "new", Day, "{ \"a\": 1 }");
        _cache.Dispose();

        Ended run = await CesarProgram.RunAsync(_work.Cached, ["cache", "list", "--json", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        run.ExitCode.ShouldBe(0, run.ToString());
        string.Join(' ', JsonDocument.Parse(run.Output).RootElement.EnumerateArray().Select(entry => entry.GetProperty("source").GetString())).ShouldBe(expected);
    }

    [Fact]
    public async Task An_entry_is_shown_with_its_chain_by_the_beginning_of_its_key()
    {
        string pcm = "pcm:" + new string('b', 64);
        string source = _cache.Add("acquire", "talk.mp3", Day, input: "local_path:1", output: "local_file:" + new string('c', 64));
        string audio = await _cache.AddWithFileAsync("transcode", "talk.mp3", Day, 64_000, "local_file:" + new string('c', 64), pcm);
        string text = _cache.Add("transcribe", "talk.mp3", Day, $"[\"{new string('w', 900)} the end\"]", pcm, took: TimeSpan.FromSeconds(65));
        _cache.Dispose();

        Ended shown = await CesarProgram.RunAsync(_work.Cached, "cache", "show", audio[..12]);
        Ended last = await CesarProgram.RunAsync(_work.Cached, "cache", "show", text);
        Ended json = await CesarProgram.RunAsync(_work.Cached, "cache", "show", text[..20].ToUpperInvariant(), "--json");

        shown.ExitCode.ShouldBe(0, shown.ToString());
        shown.Output.ShouldMatch($"(?m)^Key +{audio}$");
        shown.Output.ShouldMatch("(?m)^Stage +transcode, version 1$");
        shown.Output.ShouldMatch($"(?m)^Output +{pcm}$");
        shown.Output.ShouldMatch("(?m)^File +62.5 KiB, here, SHA-256 [0-9a-f]{64}$");
        shown.Output.ShouldMatch($"(?m)^Made from +{source[..12]}  acquire ");
        shown.Output.ShouldMatch($"(?m)^Used by +{text[..12]}  transcribe ");
        last.Output.ShouldMatch(@"(?m)^Options +language = -\n +task = transcribe$");
        last.Output.ShouldMatch("(?m)^Took +1:05$");
        last.Output.ShouldMatch(@"(?m)^Value +\[""w+… \(--json shows all of it\)$");
        JsonElement entry = JsonDocument.Parse(json.Output).RootElement;
        entry.GetProperty("key").GetString().ShouldBe(text);
        entry.GetProperty("version").GetInt32().ShouldBe(3);
        entry.GetProperty("fields").GetProperty("language").ValueKind.ShouldBe(JsonValueKind.Null);
        entry.GetProperty("elapsed").GetDouble().ShouldBe(65);
        entry.GetProperty("artifact").ValueKind.ShouldBe(JsonValueKind.Null);
        entry.GetProperty("madeFrom")[0].GetProperty("key").GetString().ShouldBe(audio);
        entry.GetProperty("value")[0].GetString()!.ShouldEndWith(" the end");
        DateTimeOffset.Parse(entry.GetProperty("created").GetString()!, CultureInfo.InvariantCulture).ShouldBe(DateTimeOffset.UtcNow - Day, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_key_that_is_none_or_means_several_is_refused()
    {
        // Of seventeen keys two begin with the same digit.
        string[] keys = [.. Enumerable.Range(0, 17).Select(number => _cache.Add("window", $"{number}", Day))];
        string shared = keys.GroupBy(key => key[..1]).First(group => group.Count() > 1).Key;
        _cache.Dispose();

        Ended several = await CesarProgram.RunAsync(_work.Cached, "cache", "show", shared);
        Ended none = await CesarProgram.RunAsync(_work.Cached, "cache", "show", "nonsense");

        several.ExitCode.ShouldNotBe(0, several.ToString());
        several.ErrorLines.Length.ShouldBe(1, several.ToString());
        several.Errors.ShouldStartWith("cesar: ");
        none.ExitCode.ShouldNotBe(0, none.ToString());
        none.Errors.ShouldContain("nonsense");
        none.ErrorLines.Length.ShouldBe(1, none.ToString());
    }

    [Fact]
    public async Task A_transcript_leaves_entries_that_name_its_recording()
    {
        _work.Speech();

        Ended first = await CesarProgram.RunAsync(_work.Cached, "transcribe", "talk.wav", "--beam-size", "1");
        Ended second = await CesarProgram.RunAsync(_work.Cached, "transcribe", "talk.wav", "--beam-size", "1");
        Ended list = await CesarProgram.RunAsync(_work.Cached, "cache", "list", "--source", "talk.wav", "--stage", "transcribe", "--json");
        Ended info = await CesarProgram.RunAsync(_work.Cached, "cache", "info", "--json");

        second.Output.ShouldBe(first.Output);
        JsonDocument.Parse(list.Output).RootElement.GetArrayLength().ShouldBe(1, list.ToString());
        JsonDocument.Parse(info.Output).RootElement.GetProperty("hits").GetInt64().ShouldBeGreaterThan(0, info.ToString());
    }
}
