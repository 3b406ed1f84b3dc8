using System.Text;

namespace CesarPS.Engine.Inference;

/// <summary>
/// ONNX Runtime, loaded once for all sessions. It says nothing on the console and sends no telemetry: what goes wrong
/// arrives as an exception.
/// </summary>
/// <remarks>The C interface: https://onnxruntime.ai/docs/api/c/struct_ort_api.html.</remarks>
internal sealed unsafe class OnnxRuntime : IDisposable
{
    /// <summary>Logs and sessions report only what ends the process; every lesser failure is a status anyway.</summary>
    internal const int LogFatal = 4;

    // The minor version of the release that this program is built and tested with.
    private const uint TestedApiVersion = 30;

    /// <summary>Loads the library of a folder.</summary>
    /// <exception cref="CesarException">The library is missing, cannot be loaded, or is too old.</exception>
    public OnnxRuntime(NativeDirectory directory)
        : this(directory, TestedApiVersion)
    {
    }

    internal OnnxRuntime(NativeDirectory directory, uint apiVersion)
    {
        Api = OrtApi.Load(directory, apiVersion);
        nint environment = 0;
        fixed (byte* name = "CesarPS\0"u8)
        {
            Api.Check(((delegate* unmanaged[Cdecl]<int, byte*, nint*, nint>)Api.Address(OrtFunction.CreateEnv))(LogFatal, name, &environment));
        }

        Environment = new OrtHandle(Api, OrtFunction.ReleaseEnv, environment);
        Api.Call(OrtFunction.DisableTelemetryEvents, environment);
    }

    /// <summary>The library's own version, such as <c>1.30.0</c>.</summary>
    public string Version => Api.Version;

    /// <summary>The version of the library of a folder, without starting anything in it.</summary>
    /// <exception cref="CesarException">The library is missing, cannot be loaded, or is too old.</exception>
    public static string VersionOf(NativeDirectory directory) => OrtApi.Load(directory, TestedApiVersion).Version;

    internal OrtApi Api { get; }

    internal OrtHandle Environment { get; }

    /// <summary>Frees the runtime once its last session is disposed of; the library stays loaded.</summary>
    public void Dispose() => Environment.Dispose();

    /// <summary>Says that a tensor's memory is ordinary memory of this process.</summary>
    internal static OrtHandle DescribeMemory(OrtApi api)
    {
        const int DeviceAllocator = 0;
        const int DefaultMemory = 0;
        nint memory = 0;
        api.Check(((delegate* unmanaged[Cdecl]<int, int, nint*, nint>)api.Address(OrtFunction.CreateCpuMemoryInfo))(DeviceAllocator, DefaultMemory, &memory));
        return new OrtHandle(api, OrtFunction.ReleaseMemoryInfo, memory);
    }

    /// <summary>Opens a model; returns the failure in ONNX Runtime's words where it is not one.</summary>
    internal (OrtHandle? Session, string? Failure) TryOpen(string path, int threads)
    {
        ObjectDisposedException.ThrowIf(Environment.IsClosed, this);
        using OrtHandle options = new(Api, OrtFunction.ReleaseSessionOptions, Api.Get(OrtFunction.CreateSessionOptions));
        Configure(options.Value, threads);

        // Paths are wchar_t (UTF-16) on Windows and bytes (UTF-8) elsewhere; both end in a zero.
        byte[] nativePath = (OperatingSystem.IsWindows() ? Encoding.Unicode : Encoding.UTF8).GetBytes(path + '\0');
        nint session = 0;
        fixed (byte* first = nativePath)
        {
            string? failure = Api.TakeFailure(((delegate* unmanaged[Cdecl]<nint, byte*, nint, nint*, nint>)Api.Address(OrtFunction.CreateSession))(
                Environment.Value, first, options.Value, &session));
            return failure is null ? (new OrtHandle(Api, OrtFunction.ReleaseSession, session, Environment), null) : (null, failure);
        }
    }

    private void Configure(nint options, int threads)
    {
        const int AllOptimizations = 99;
        Api.Set(OrtFunction.SetSessionLogSeverityLevel, options, LogFatal);
        Api.Set(OrtFunction.SetSessionGraphOptimizationLevel, options, AllOptimizations);
        Api.Set(OrtFunction.SetIntraOpNumThreads, options, threads);
        Api.Set(OrtFunction.SetInterOpNumThreads, options, 1);

        // The arena never gives memory back, and a pattern is kept for every input shape seen: hours of audio must
        // not cost more memory than minutes.
        Api.Call(OrtFunction.DisableCpuMemArena, options);
        Api.Call(OrtFunction.DisableMemPattern, options);
    }
}
