using CesarPS.Engine.Inference;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Tests.Speech;

public sealed class WhisperLibraryTests : IDisposable
{
    private const string Name = "libcesarwhisper.so";

    private readonly string _folder = Directory.CreateTempSubdirectory("cesar-library-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_library_tells_its_engine() =>
        new WhisperLibrary(TestPaths.NativeDirectory).EngineVersion.ShouldMatch(@"^whisper\.cpp \d+\.\d+");

    [Fact]
    public void A_folder_that_is_missing_is_named()
    {
        string missing = Path.Combine(_folder, "none");

        CesarException error = Refused(missing, "NativeLibraryMissing");

        error.Message.ShouldContain(missing);
        error.Message.ShouldContain("build");
    }

    [Fact]
    public void A_text_file_is_explained()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The file name is that of Linux.");
        File.WriteAllText(Path.Combine(_folder, Name), "not a library");

        Refused(_folder, "NativeLibraryUnusable").Message.ShouldContain("damaged");
    }

    [Fact]
    public void A_library_of_another_processor_is_explained()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The header that is changed here is that of Linux.");
        byte[] library = File.ReadAllBytes(Path.Combine(TestPaths.NativeDirectory.Path, Name));
        library[18] = library[18] == 0xB7 ? (byte)0x3E : (byte)0xB7; // e_machine: aarch64, or else x86-64
        File.WriteAllBytes(Path.Combine(_folder, Name), library);

        CesarException error = Refused(_folder, "NativeLibraryUnusable");

        error.Message.ShouldContain("another processor");
        error.Message.ShouldNotContain("No such file");
    }

    [Fact]
    public void A_library_without_the_functions_is_of_another_version()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The file name is that of Linux.");
        File.Copy(Path.Combine(TestPaths.NativeDirectory.Path, "libonnxruntime.so.1"), Path.Combine(_folder, Name));

        Refused(_folder, "NativeLibraryVersion").Message.ShouldContain("cesar_abi_version");
    }

    [Theory]
    [InlineData(-3, "OutOfMemory")]
    [InlineData(-2, "WhisperFailed")]
    [InlineData(-4, "WhisperFailed")]
    public void A_code_of_the_interface_becomes_an_error(int code, string errorId) =>
        Should.Throw<CesarException>(() => WhisperLibrary.Check(code, CancellationToken.None)).ErrorId.ShouldBe(errorId);

    [Theory]
    [InlineData(-1)]
    [InlineData(-4)]
    public void What_fails_after_a_stop_was_stopped(int code) =>
        Should.Throw<OperationCanceledException>(() => WhisperLibrary.Check(code, new CancellationToken(canceled: true)));

    [Fact]
    public void Success_is_no_error_even_after_a_stop() => Should.NotThrow(() => WhisperLibrary.Check(0, new CancellationToken(canceled: true)));

    private static CesarException Refused(string folder, string errorId)
    {
        CesarException error = Should.Throw<CesarException>(() => new WhisperLibrary(new NativeDirectory(folder)));
        error.Kind.ShouldBe(CesarErrorKind.Native);
        error.ErrorId.ShouldBe(errorId);
        return error;
    }
}
