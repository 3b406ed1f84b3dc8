using System.Runtime.InteropServices;
using CesarPS.Engine.Inference;

namespace CesarPS.Engine.Tests.Inference;

public sealed class NativeDirectoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cesar-native-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_folder_beside_a_program_is_named_after_system_and_processor()
    {
        NativeDirectory directory = NativeDirectory.Beside(_folder);

        directory.Path.ShouldBe(Path.Combine(_folder, "native", NativeDirectory.PlatformName));
        NativeDirectory.PlatformName.ShouldEndWith("-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant());
    }

    [Fact]
    public void A_text_file_in_the_place_of_a_library_is_explained() => Unusable("This is not a library."u8.ToArray());

    [Fact]
    public void A_file_without_bytes_in_the_place_of_a_library_is_explained() => Unusable([]);

    [Fact]
    public void A_library_for_another_processor_is_explained()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The header that is changed here is that of Linux.");
        byte[] library = File.ReadAllBytes(Path.Combine(TestPaths.NativeDirectory.Path, "libonnxruntime.so.1"))[..4_096];
        library[4] = 1; // ELF class: 32 bit

        Unusable(library);
    }

    [Fact]
    public void A_function_that_a_library_lacks_is_named()
    {
        using OnnxRuntime runtime = new(TestPaths.NativeDirectory); // has loaded the library; the same handle comes again
        nint library = TestPaths.NativeDirectory.Load("onnxruntime.dll", "libonnxruntime.1.30.0.dylib", "libonnxruntime.so.1");

        CesarException error = Should.Throw<CesarException>(() => NativeDirectory.Function(library, "NoSuchFunction"));

        error.ErrorId.ShouldBe("NativeLibraryVersion");
        error.Message.ShouldContain("NoSuchFunction");
    }

    private void Unusable(byte[] content)
    {
        string path = Path.Combine(_folder, "library.so");
        File.WriteAllBytes(path, content);

        CesarException error = Should.Throw<CesarException>(() => new NativeDirectory(_folder).Load("library.so"));

        error.Kind.ShouldBe(CesarErrorKind.Native);
        error.ErrorId.ShouldBe("NativeLibraryUnusable");
        error.Message.ShouldContain(path);
        error.Message.ShouldContain("processor");
    }
}
