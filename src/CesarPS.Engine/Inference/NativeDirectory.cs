using System.Runtime.InteropServices;

namespace CesarPS.Engine.Inference;

/// <summary>
/// The folder that holds the native libraries of this platform. Loads them by full path, so that no other copy on
/// the machine is taken by chance, and explains what is wrong where one cannot be loaded.
/// </summary>
/// <param name="path">The folder, usually <c>native/&lt;rid&gt;</c> beside the program.</param>
public sealed class NativeDirectory(string path)
{
    /// <summary>The folder beside an application or module that was built for this platform.</summary>
    /// <param name="baseDirectory">The folder of the application or module.</param>
    public static NativeDirectory Beside(string baseDirectory) =>
        new(System.IO.Path.Combine(baseDirectory, "native", PlatformName));

    /// <summary>The runtime identifier of this process without a distribution, such as <c>linux-x64</c>.</summary>
    public static string PlatformName
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>Loads a library of the folder.</summary>
    /// <param name="fileNames">The library's possible file names; the first that exists is loaded.</param>
    /// <returns>The handle for <see cref="NativeLibrary.GetExport(nint, string)"/>.</returns>
    /// <exception cref="CesarException">The library is missing, or this process cannot load it.</exception>
    internal nint Load(params string[] fileNames)
    {
        string file = Require(fileNames);
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (BadImageFormatException e)
        {
            throw CannotLoad(file, "it was built for another processor or system", e);
        }
        catch (DllNotFoundException e)
        {
            throw CannotLoad(file, Reason(e.Message, file), e);
        }
    }

    /// <summary>The file of a library of the folder, which is not loaded yet.</summary>
    /// <param name="fileNames">The library's possible file names.</param>
    /// <exception cref="CesarException">The library is missing.</exception>
    internal string Require(params string[] fileNames) =>
        fileNames.Select(name => System.IO.Path.Combine(Path, name)).FirstOrDefault(File.Exists)
            ?? throw new CesarException(CesarErrorKind.Native, "NativeLibraryMissing",
                $"The native library {fileNames[0]} is missing from '{Path}'. Build it for {PlatformName} with './build.sh native' (Windows: './build.ps1 native').");

    /// <summary>Finds a function of a loaded library.</summary>
    /// <exception cref="CesarException">The library is of another version and lacks the function.</exception>
    internal static nint Function(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out nint address)
            ? address
            : throw new CesarException(CesarErrorKind.Native, "NativeLibraryVersion",
                $"A native library lacks the function {name}: it is of another version than this program. Build both anew with './build.sh'.");

    private static CesarException CannotLoad(string file, string reason, Exception cause) =>
        new(CesarErrorKind.Native, "NativeLibraryUnusable",
            $"The native library '{file}' cannot be loaded: {reason}. This process is {PlatformName}; build the library for it with './build.sh native'.", cause);

    // The loader's own words are long and name many folders; a wrong architecture is the usual cause on Linux.
    private static string Reason(string message, string file)
    {
        if (message.Contains("wrong ELF class", StringComparison.Ordinal) || message.Contains("invalid ELF header", StringComparison.Ordinal)
            || message.Contains("incompatible architecture", StringComparison.Ordinal) || message.Contains("file too short", StringComparison.Ordinal)
            // What glibc says of a library for another processor of the same word size: the file itself is there.
            || message.Contains($"{file}: cannot open shared object file: No such file", StringComparison.Ordinal))
        {
            return "it is damaged, or was built for another processor or system";
        }

        string? line = message.Split('\n').FirstOrDefault(l => l.Contains(file, StringComparison.Ordinal) || l.Contains("GLIBC", StringComparison.Ordinal));
        return (line ?? message.Split('\n')[0]).Trim().TrimEnd('.');
    }
}
