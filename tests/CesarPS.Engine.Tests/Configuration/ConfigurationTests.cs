using CesarPS.Engine.Caching;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Transcripts;
using Settings = CesarPS.Engine.Configuration.Configuration;

namespace CesarPS.Engine.Tests.Configuring;

public sealed class ConfigurationTests : ConfigurationLab
{
    [Fact]
    public void Without_any_layer_the_defaults_are_those_of_the_engine()
    {
        Settings settings = Load();

        // Records with lists compare those by reference, so they are set aside.
        settings.Transcription().ShouldBe(new TranscriptionOptions { Vocabulary = settings.List("vocabulary") });
        settings.Layout().ShouldBe(new TranscriptWriterOptions());
        settings.List("format").ShouldBe(["txt"]);
        settings.Values.ShouldAllBe(value => value.Source == ConfigurationSource.Default && value.SourceDetail == "");
    }

    [Fact]
    public void Each_layer_wins_over_those_below_it()
    {
        File("""{ "model": "file", "language": "fr", "beam-size": 2, "words": true, "entropy-threshold": 1.5, /* kept */ "threads": null, }""");
        _environment["CESAR_LANGUAGE"] = "de";
        _environment["CESAR_BEAM_SIZE"] = "3";
        _environment["CESAR_MODEL"] = "";
        _typed["beam-size"] = ["4"];

        Settings settings = Load();
        TranscriptionOptions options = settings.Transcription();

        options.Model.ShouldBe("file", "an empty variable counts as none");
        options.Language.ShouldBe("de");
        options.BeamSize.ShouldBe(4);
        options.Words.ShouldBeTrue();
        options.EntropyThreshold.ShouldBe(1.5f);
        options.Threads.ShouldBeNull();
        Value("model").ShouldBe((ConfigurationSource.File, _scratch.At("config.json")));
        Value("language").ShouldBe((ConfigurationSource.Environment, "CESAR_LANGUAGE"));
        Value("beam-size").ShouldBe((ConfigurationSource.CommandLine, "--beam-size"));

        (ConfigurationSource Source, string Detail) Value(string name)
        {
            ConfigurationValue value = settings.Values.Single(value => value.Name == name);
            return (value.Source, value.SourceDetail);
        }
    }

    [Fact]
    public void What_belongs_to_one_recording_is_typed_and_nothing_else()
    {
        _environment["CESAR_START"] = "10";
        _typed["end"] = ["1:30"];
        _typed["max-duration"] = ["2m"];
        _typed["audio-track"] = ["2"];

        TranscriptionOptions options = Load().Transcription();

        options.Start.ShouldBe(TimeSpan.Zero);
        options.End.ShouldBe(TimeSpan.FromSeconds(90));
        options.MaxDuration.ShouldBe(TimeSpan.FromMinutes(2));
        options.AudioTrack.ShouldBe(2);
    }

    [Fact]
    public void A_list_is_given_one_by_one_by_commas_or_in_a_file()
    {
        System.IO.File.WriteAllText(_scratch.At("names.txt"), "Smith, John\n\n  whisper.cpp \n");
        _typed["vocabulary"] = ["Cesar, ffmpeg", "@" + _scratch.At("names.txt")];

        Load().Transcription().Vocabulary.ShouldBe(["Cesar", "ffmpeg", "Smith, John", "whisper.cpp"]);
    }

    [Fact]
    public void A_list_in_the_file_is_an_array_or_a_text()
    {
        File("""{ "format": "srt,vtt", "vocabulary": ["a", "b c"] }""");
        Settings settings = Load();

        settings.List("format").ShouldBe(["srt", "vtt"]);
        settings.List("vocabulary").ShouldBe(["a", "b c"]);
        settings.Text("vocabulary").ShouldBe("a, b c");
    }

    [Fact]
    public void A_list_of_terms_that_is_not_there_is_an_error()
    {
        _typed["vocabulary"] = ["@" + _scratch.At("nowhere.txt")];
        Should.Throw<CesarException>(() => Load()).ErrorId.ShouldBe("ListFileUnreadable");
    }

    [Theory]
    [InlineData("{ \"modl\": 1 }", "did you mean 'model'")]
    [InlineData("{ \"start\": 1 }", "cannot set 'start'")]
    [InlineData("[]", "must hold one object")]
    [InlineData("{ \"model\": ", "is not valid JSON (line 1, column ")]
    [InlineData("{ \"model\": {} }", "no text, number or flag")]
    [InlineData("{ \"model\": [\"a\"] }", "no text, number or flag")]
    [InlineData("{ \"beam-size\": 1.5 }", "which takes a whole number")]
    [InlineData("{ \"words\": \"maybe\" }", "which takes true or false")]
    [InlineData("{ \"entropy-threshold\": \"x\" }", "which takes a number")]
    [InlineData("{ \"cache-limit\": \"5 apples\" }", "which takes a size, such as 5GB")]
    [InlineData("{ \"no-cache\": true }", "cannot set 'no-cache'")]
    public void A_damaged_file_is_named_with_what_is_wrong(string content, string reason)
    {
        File(content);
        CesarException error = Should.Throw<CesarException>(() => Load());
        error.Kind.ShouldBe(CesarErrorKind.Option);
        error.Message.ShouldContain(reason);
        error.Message.ShouldContain(_scratch.At("config.json"));
    }

    [Fact]
    public void A_folder_or_something_huge_is_no_file_of_settings()
    {
        Directory.CreateDirectory(_scratch.At("config.json"));
        Should.Throw<CesarException>(() => Load()).Message.ShouldContain("is a folder");
        Directory.Delete(_scratch.At("config.json"));
        File(new string(' ', (1 << 20) + 1));
        Should.Throw<CesarException>(() => Load()).Message.ShouldContain("too large");
    }

    [Fact]
    public void A_wrong_variable_is_named()
    {
        _environment["CESAR_WORKERS"] = "many";
        CesarException error = Should.Throw<CesarException>(() => Load());
        error.ErrorId.ShouldBe("ConfigurationInvalid");
        error.Message.ShouldContain("CESAR_WORKERS");
    }

    [Theory]
    [InlineData("Translate", TranscriptionTask.Translate)]
    [InlineData("transcribe", TranscriptionTask.Transcribe)]
    public void Tasks_are_known_by_name(string text, TranscriptionTask task)
    {
        _typed["task"] = [text];
        Load().Transcription().Task.ShouldBe(task);
    }

    [Fact]
    public void An_unknown_task_is_refused_with_the_nearest()
    {
        _typed["task"] = ["translat"];
        Should.Throw<CesarException>(() => Load().Transcription()).Message.ShouldContain("Did you mean 'translate'?");
    }

    [Fact]
    public void Subtitles_of_words_need_words_and_auto_means_detection()
    {
        _typed["word-cues"] = ["true"];
        _typed["language"] = ["Auto"];
        Settings settings = Load();
        settings.Transcription().Words.ShouldBeTrue();
        settings.Transcription().Language.ShouldBeNull();
        settings.Layout().WordCues.ShouldBeTrue();
    }

    [Fact]
    public void Places_reach_the_engine()
    {
        _typed["ffmpeg"] = ["/opt/ffmpeg"];
        _typed["native"] = [_scratch.At("native")];
        _typed["model-base-url"] = ["https://mirror.example/models"];
        _environment["CESAR_MODELS"] = _scratch.At("models");

        EngineSettings engine = Load().Engine(_scratch.Path);

        engine.Tools.ShouldBe(new Dictionary<string, string> { ["ffmpeg"] = "/opt/ffmpeg" });
        engine.Native.Path.ShouldBe(_scratch.At("native"));
        engine.Models.User.ShouldBe(_scratch.At("models"));
        engine.Models.Bundled.ShouldBe(_scratch.At("models"));
        engine.Models.Location.ShouldBe(new Uri("https://mirror.example/models/"));
        Configured().Native.Path.ShouldBe(EngineSettings.Beside(_scratch.Path).Native.Path);

        EngineSettings Configured()
        {
            _typed.Clear();
            return Load().Engine(_scratch.Path);
        }
    }

    [Fact]
    public void The_cache_is_in_its_default_place_until_another_is_named()
    {
        CacheSettings standard = Load().Engine(_scratch.Path).Cache!;
        standard.ShouldBe(new CacheSettings { Directory = CacheSettings.DefaultDirectory() });

        _environment["CESAR_CACHE_DIR"] = _scratch.At("cache");
        _environment["CESAR_CACHE_LIMIT"] = "1.5GiB";
        Load().Engine(_scratch.Path).Cache.ShouldBe(new CacheSettings { Directory = _scratch.At("cache"), SizeLimit = 3L << 29 });
    }

    [Fact]
    public void A_folder_for_the_cache_becomes_a_whole_path()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Typed("~/x y").ShouldBe(Path.Combine(home, "x y"));
        Typed("~").ShouldBe(home);
        Typed("near/../cache").ShouldBe(Path.Combine(Environment.CurrentDirectory, "cache"));
        Typed("~else/x").ShouldBe(Path.Combine(Environment.CurrentDirectory, "~else", "x"));

        _typed.Clear();
        File("""{ "cache-dir": "cache" }""");
        Load().Engine(_scratch.Path).Cache!.Directory.ShouldBe(_scratch.At("cache"), "a file means its own folder, wherever it is read from");

        string Typed(string folder)
        {
            _typed["cache-dir"] = [folder];
            return Load().Engine(_scratch.Path).Cache!.Directory;
        }
    }

    [Fact]
    public void Settings_are_found_by_name_and_an_unknown_one_is_refused_with_the_nearest()
    {
        ConfigurationKeys.Find("BEAM-size").Variable.ShouldBe("CESAR_BEAM_SIZE");
        Should.Throw<CesarException>(() => ConfigurationKeys.Find("beamsize")).Message.ShouldContain("Did you mean 'beam-size'?");
        ConfigurationKeys.All.Select(key => key.Name).ShouldBeUnique();
    }

    [Fact]
    public void The_file_is_where_the_platform_keeps_settings()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The places of Linux.");
        string home = _scratch.Path;
        Path(("HOME", home)).ShouldBe(_scratch.At(".config", "cesarps", "config.json"));
        Path(("HOME", home), ("XDG_CONFIG_HOME", "/etc/own")).ShouldBe("/etc/own/cesarps/config.json");
        Path(("HOME", home), ("XDG_CONFIG_HOME", "relative")).ShouldBe(_scratch.At(".config", "cesarps", "config.json"));
        Path(("CESAR_CONFIG", "/tmp/my.json")).ShouldBe("/tmp/my.json");
        Path().ShouldEndWith("/.config/cesarps/config.json");

        static string Path(params (string Name, string Value)[] variables) =>
            ConfigurationFile.Path(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
    }
}
