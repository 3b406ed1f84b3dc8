using CesarPS.Engine.Sources;
using CesarPS.Engine.Tests.Models;

namespace CesarPS.Engine.Tests.Sources;

public sealed class InputListTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public InputListTests()
    {
        foreach (string name in (string[])["b.mp3", "a.WAV", "notes.txt", ".hidden.mp3", "sub/c.flac", "sub/deep/d.ogg", "sub/deep/e.md"])
        {
            _scratch.Write(name, [1]);
        }
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_folder_stands_for_the_recordings_in_it_in_order() =>
        Expand([_scratch.Path]).ShouldBe(["a.WAV", "b.mp3"]);

    [Fact]
    public void Folders_within_it_are_searched_on_request() =>
        Expand([_scratch.Path], recursive: true).ShouldBe(["a.WAV", "b.mp3", "sub/c.flac", "sub/deep/d.ogg"]);

    [Theory]
    [InlineData("*.mp3", "b.mp3")]
    [InlineData("?.*", "a.WAV b.mp3")]
    [InlineData("*/c.flac", "sub/c.flac")]
    [InlineData("s*/*.flac", "sub/c.flac")]
    [InlineData("**", "a.WAV b.mp3 sub/c.flac sub/deep/d.ogg")]
    [InlineData("**/*.ogg", "sub/deep/d.ogg")]
    [InlineData("**/deep/*.md", "sub/deep/e.md")]
    [InlineData("sub/**/d.ogg", "sub/deep/d.ogg")]
    [InlineData("*/deep/d.ogg", "sub/deep/d.ogg")]
    public void A_pattern_stands_for_the_files_that_match(string pattern, string expected) =>
        Expand([_scratch.At(pattern)]).ShouldBe(expected.Split(' '));

    [Fact]
    public void A_pattern_from_the_current_folder_gives_names_as_short_as_itself()
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _scratch.Path);
        InputList.Expand([Path.Combine(relative, "*.mp3")]).ShouldBe([new BatchInput(Path.Combine(relative, "b.mp3"))]);
        InputList.Expand(["no-such-thing-*.mp3"]).ShouldHaveSingleItem().Failure!.Message.ShouldBe("No file matches no-such-thing-*.mp3.");
    }

    [Theory]
    [InlineData("*.opus")]
    [InlineData("nowhere/*.mp3")]
    [InlineData("*/nowhere/d.ogg")]
    public void A_pattern_that_matches_nothing_is_a_failure_of_its_own(string pattern)
    {
        BatchInput input = InputList.Expand([_scratch.At(pattern)]).ShouldHaveSingleItem();
        input.Failure!.ErrorId.ShouldBeOneOf("InputNotFound", "InputUnreadable");
        input.Path.ShouldBe(_scratch.At(pattern));
    }

    [Fact]
    public void A_folder_without_recordings_is_a_failure_of_its_own()
    {
        Directory.CreateDirectory(_scratch.At("empty"));
        InputList.Expand([_scratch.At("empty")])[0].Failure!.Message.ShouldContain("--recursive");
        InputList.Expand([_scratch.At("empty")], recursive: true)[0].Failure!.ErrorId.ShouldBe("InputFolderEmpty");
    }

    [Fact]
    public void A_name_that_exists_is_never_a_pattern()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows takes no such names.");
        _scratch.Write("*.mp3", [1]);
        Expand([_scratch.At("*.mp3")]).ShouldBe(["*.mp3"]);
    }

    [Fact]
    public void Names_of_a_list_are_never_patterns_and_need_not_exist() =>
        InputList.Expand(["*.mp3", "", "gone.wav"], patterns: false).ShouldBe([new BatchInput("*.mp3"), new BatchInput(""), new BatchInput("gone.wav")]);

    [Fact]
    public void A_recording_is_taken_once_where_it_is_named_first() =>
        Expand([_scratch.At("b.mp3"), _scratch.Path, _scratch.At("sub", "..", "a.WAV")]).ShouldBe(["b.mp3", "a.WAV"]);

    [Fact]
    public void Links_to_folders_are_not_followed_in_circles()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        Directory.CreateSymbolicLink(_scratch.At("sub", "loop"), _scratch.Path);
        Expand([_scratch.Path], recursive: true).ShouldBe(["a.WAV", "b.mp3", "sub/c.flac", "sub/deep/d.ogg"]);
        Expand([_scratch.At("**", "*.ogg")]).ShouldBe(["sub/deep/d.ogg"]);
    }

    [Fact]
    public void Recordings_are_known_by_their_extensions_in_order()
    {
        RecordingNames.Extensions.ShouldBe(RecordingNames.Extensions.Order(StringComparer.Ordinal));
        RecordingNames.IsRecording("TALK.Mp3").ShouldBeTrue();
        RecordingNames.IsRecording("mp3").ShouldBeFalse();
    }

    private string[] Expand(string[] names, bool recursive = false) =>
    [
        .. InputList.Expand(names, recursive).Select(input =>
        {
            input.Failure.ShouldBeNull();
            return Path.GetRelativePath(_scratch.Path, input.Path).Replace('\\', '/');
        }),
    ];
}
