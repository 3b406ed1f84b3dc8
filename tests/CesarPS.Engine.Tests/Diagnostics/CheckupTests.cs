using CesarPS.Engine.Diagnostics;
using CesarPS.Engine.Inference;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Models;

namespace CesarPS.Engine.Tests.Diagnostics;

public sealed class CheckupTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task On_this_machine_all_is_well()
    {
        EngineSettings settings = Settings() with
        {
            Models = _scratch.Folders with { Bundled = Path.Combine(TestPaths.RepositoryRoot, "models") },
        };

        IReadOnlyList<Finding> findings = await Checkup.RunAsync(settings, TestContext.Current.CancellationToken);

        findings.ShouldAllBe(finding => finding.IsGood || finding.Name == "yt-dlp");
        findings.Single(finding => finding.Name == "whisper library").Version.ShouldStartWith("whisper.cpp ");
        findings.Single(finding => finding.Name == "model base").Version.ShouldBe("verified, 77 MiB");
        findings.Single(finding => finding.Name == "model folder").Version.ShouldBe("made on the first download");
        Checkup.EngineVersions(settings).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_missing_is_found_with_a_remedy_and_nothing_is_thrown()
    {
        EngineSettings settings = Settings() with
        {
            Native = new NativeDirectory(_scratch.At("nowhere")),
            Tools = new Dictionary<string, string> { ["ffmpeg"] = _scratch.At("no-ffmpeg") },
        };
        _scratch.Write("user/ggml-tiny.bin", [1, 2, 3]);

        IReadOnlyList<Finding> findings = await Checkup.RunAsync(settings, TestContext.Current.CancellationToken);

        foreach (string name in (string[])["whisper library", "ONNX Runtime", "ffmpeg", "model base", "model silero-vad"])
        {
            Finding finding = findings.Single(finding => finding.Name == name);
            finding.Problem.ShouldNotBeNullOrEmpty();
            finding.Fix.ShouldNotBeNullOrEmpty();
            finding.Optional.ShouldBeFalse(name);
        }

        Finding downloaded = findings.Single(finding => finding.Name == "model tiny");
        downloaded.Problem!.ShouldContain("truncated");
        downloaded.Optional.ShouldBeTrue("a run with the default model does not need it");
        findings.Single(finding => finding.Name == "model folder").Version.ShouldBe("writable");
        Checkup.EngineVersions(settings).ShouldAllBe(line => line.Contains("not usable"));
    }

    [Fact]
    public async Task A_model_folder_that_cannot_be_written_to_is_a_warning()
    {
        // Nobody, not even root, makes files in there.
        Assert.SkipUnless(Directory.Exists("/proc/self"), "There is no /proc.");
        EngineSettings settings = Settings() with { Models = _scratch.Folders with { User = "/proc/self/models" } };

        Finding folder = (await Checkup.RunAsync(settings, TestContext.Current.CancellationToken)).Single(finding => finding.Name == "model folder");

        folder.IsGood.ShouldBeFalse();
        folder.Optional.ShouldBeTrue();
        folder.Fix!.ShouldContain("CESAR_MODELS");
    }

    private EngineSettings Settings() => new() { Native = TestPaths.NativeDirectory, Models = _scratch.Folders };
}
