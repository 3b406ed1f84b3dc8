using System.Runtime.InteropServices;

namespace CesarPS.Engine.Inference;

/// <summary>
/// The function table of a loaded ONNX Runtime library. Its functions come in few shapes, so there is one method a
/// shape. Each returns a status, which is null on success; a failure becomes an exception and the status is released.
/// </summary>
internal sealed unsafe class OrtApi
{
    private readonly nint* _table;

    private OrtApi(nint* table, string version)
    {
        _table = table;
        Version = version;
    }

    /// <summary>The library's own version, such as <c>1.30.0</c>.</summary>
    public string Version { get; }

    /// <summary>Loads the library and asks it for a version of its table.</summary>
    /// <param name="directory">Where the library is.</param>
    /// <param name="apiVersion">The minor version of the release that the calls are written for.</param>
    /// <exception cref="CesarException">The library is missing, cannot be loaded, or is older.</exception>
    public static OrtApi Load(NativeDirectory directory, uint apiVersion)
    {
        string fileName = OperatingSystem.IsWindows() ? "onnxruntime.dll"
            : OperatingSystem.IsMacOS() ? "libonnxruntime.1.30.0.dylib"
            : "libonnxruntime.so.1";

        // struct OrtApiBase { const OrtApi* (*GetApi)(uint32_t version); const char* (*GetVersionString)(void); }
        nint library = directory.Load(fileName);
        nint* root = (nint*)((delegate* unmanaged[Cdecl]<nint>)NativeDirectory.Function(library, "OrtGetApiBase"))();
        string version = Text(((delegate* unmanaged[Cdecl]<nint>)root[1])());
        nint table = ((delegate* unmanaged[Cdecl]<uint, nint>)root[0])(apiVersion);
        return table != 0
            ? new OrtApi((nint*)table, version)
            : throw new CesarException(CesarErrorKind.Native, "NativeLibraryVersion",
                $"The native library '{Path.Combine(directory.Path, fileName)}' is ONNX Runtime {version}; this program needs 1.{apiVersion} or newer. Put that in its place with './build.sh native'.");
    }

    /// <summary>The address of a function, for those whose shape has no method here.</summary>
    public nint Address(OrtFunction function) => _table[(int)function];

    /// <summary>Throws when a status is a failure.</summary>
    /// <exception cref="CesarException">The call failed.</exception>
    public void Check(nint status)
    {
        if (TakeFailure(status) is string message)
        {
            throw new CesarException(CesarErrorKind.Native, "OnnxFailed", $"ONNX Runtime {Version} failed: {message}");
        }
    }

    /// <summary>The message of a status, which is released; null where the call succeeded.</summary>
    public string? TakeFailure(nint status)
    {
        if (status == 0)
        {
            return null;
        }

        string message = Text(((delegate* unmanaged[Cdecl]<nint, nint>)Address(OrtFunction.GetErrorMessage))(status));
        Release(OrtFunction.ReleaseStatus, status);
        return message;
    }

    public void Call(OrtFunction function, nint on) =>
        Check(((delegate* unmanaged[Cdecl]<nint, nint>)Address(function))(on));

    public void Call(OrtFunction function, nint on, nint argument) =>
        Check(((delegate* unmanaged[Cdecl]<nint, nint, nint>)Address(function))(on, argument));

    public void Set(OrtFunction function, nint on, int value) =>
        Check(((delegate* unmanaged[Cdecl]<nint, int, nint>)Address(function))(on, value));

    public nint Get(OrtFunction function)
    {
        nint result = 0;
        Check(((delegate* unmanaged[Cdecl]<nint*, nint>)Address(function))(&result));
        return result;
    }

    public nint Get(OrtFunction function, nint of)
    {
        nint result = 0;
        Check(((delegate* unmanaged[Cdecl]<nint, nint*, nint>)Address(function))(of, &result));
        return result;
    }

    public nint Get(OrtFunction function, nint of, nint index)
    {
        nint result = 0;
        Check(((delegate* unmanaged[Cdecl]<nint, nint, nint*, nint>)Address(function))(of, index, &result));
        return result;
    }

    public int GetEnum(OrtFunction function, nint of)
    {
        int result = 0;
        Check(((delegate* unmanaged[Cdecl]<nint, int*, nint>)Address(function))(of, &result));
        return result;
    }

    /// <summary>A name that the library allocates for its caller.</summary>
    public string GetName(OrtFunction function, nint of, nint index)
    {
        nint allocator = Get(OrtFunction.GetAllocatorWithDefaultOptions);
        nint name = 0;
        Check(((delegate* unmanaged[Cdecl]<nint, nint, nint, nint*, nint>)Address(function))(of, index, allocator, &name));
        string text = Text(name);
        Call(OrtFunction.AllocatorFree, allocator, name);
        return text;
    }

    /// <summary>The sizes of a tensor's dimensions; -1 where a model leaves one free.</summary>
    public long[] GetShape(nint tensorInfo)
    {
        long[] shape = new long[Get(OrtFunction.GetDimensionsCount, tensorInfo)];
        fixed (long* first = shape)
        {
            Check(((delegate* unmanaged[Cdecl]<nint, long*, nint, nint>)Address(OrtFunction.GetDimensions))(tensorInfo, first, shape.Length));
        }

        return shape;
    }

    public void Release(OrtFunction release, nint handle) =>
        ((delegate* unmanaged[Cdecl]<nint, void>)Address(release))(handle);

    private static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";
}
