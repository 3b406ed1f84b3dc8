using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace CesarPS.Engine.Inference;

/// <summary>
/// A model that is open for use. Runs may come from several threads at once; each sees only its own inputs.
/// </summary>
internal sealed unsafe class OnnxSession : IDisposable
{
    private readonly OrtHandle _session;
    private readonly OrtHandle _memory;
    private readonly string _path;
    // Zero-ended UTF-8 names, allocated where the collector does not move them.
    private readonly Dictionary<string, byte[]> _nativeNames = [];

    private OnnxSession(OnnxRuntime runtime, OrtHandle session, string path)
    {
        Api = runtime.Api;
        _session = session;
        _memory = OnnxRuntime.DescribeMemory(Api);
        _path = path;
        Inputs = Ports(OrtFunction.SessionGetInputCount, OrtFunction.SessionGetInputName, OrtFunction.SessionGetInputTypeInfo);
        Outputs = Ports(OrtFunction.SessionGetOutputCount, OrtFunction.SessionGetOutputName, OrtFunction.SessionGetOutputTypeInfo);
    }

    /// <summary>What the model reads.</summary>
    public IReadOnlyList<OnnxPort> Inputs { get; }

    /// <summary>What the model can write.</summary>
    public IReadOnlyList<OnnxPort> Outputs { get; }

    private OrtApi Api { get; }

    /// <summary>Opens a model file.</summary>
    /// <param name="runtime">The runtime; it may be disposed of before the session.</param>
    /// <param name="path">The file, by the name that messages shall show.</param>
    /// <param name="threads">How many threads one run may use.</param>
    /// <exception cref="CesarException">The file is missing, unreadable, or not an ONNX model.</exception>
    public static OnnxSession Open(OnnxRuntime runtime, string path, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        EnsureReadable(path);
        (OrtHandle? session, string? failure) = runtime.TryOpen(path, threads);
        return session is not null
            ? new OnnxSession(runtime, session, path)
            : throw new CesarException(CesarErrorKind.Model, "ModelNotOnnx",
                $"The model '{path}' is damaged or is not an ONNX model. Get the file again. (ONNX Runtime: {failure})");
    }

    /// <summary>Opens a model file and makes sure that it is the one that is meant.</summary>
    /// <param name="runtime">The runtime; it may be disposed of before the session.</param>
    /// <param name="path">The file, by the name that messages shall show.</param>
    /// <param name="check">Throws where it is another, such as by <see cref="CheckSignature"/>.</param>
    /// <exception cref="CesarException">The file is missing, unreadable, no ONNX model, or another one.</exception>
    public static OnnxSession Open(OnnxRuntime runtime, string path, Action<OnnxSession> check)
    {
        OnnxSession session = Open(runtime, path);
        try
        {
            check(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs the model once.</summary>
    /// <param name="inputs">Every input of the model.</param>
    /// <param name="outputs">The names of the outputs that are wanted; each holds floating-point numbers.</param>
    /// <param name="cancel">Stops the run at the next node of the model's graph.</param>
    /// <returns>The outputs in the order asked for.</returns>
    /// <exception cref="CesarException">The model has other inputs or outputs, or the run failed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; the session can be used again.</exception>
    public OnnxOutput[] Run(IReadOnlyList<OnnxInput> inputs, IReadOnlyList<string> outputs, CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(_session.IsClosed, this);
        cancel.ThrowIfCancellationRequested();
        CheckSignature(inputs, outputs);

        using OrtHandle options = new(Api, OrtFunction.ReleaseRunOptions, Api.Get(OrtFunction.CreateRunOptions), _session);
        // Disposed of before the options are: that waits for a callback that is under way.
        using CancellationTokenRegistration registration = cancel.UnsafeRegister(_ => Api.Call(OrtFunction.RunOptionsSetTerminate, options.Value), null);
        MemoryHandle[] pins = new MemoryHandle[inputs.Count];
        nint[] inputValues = new nint[inputs.Count];
        nint[] outputValues = new nint[outputs.Count];
        try
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                pins[i] = inputs[i].Pin();
                inputValues[i] = CreateTensor(inputs[i], (nint)pins[i].Pointer);
            }

            string? failure = Run(options.Value, NativeNames(inputs.Select(input => input.Name)), inputValues, NativeNames(outputs), outputValues);
            cancel.ThrowIfCancellationRequested();
            if (failure is not null)
            {
                throw new CesarException(CesarErrorKind.Native, "OnnxFailed", $"The model '{_path}' failed. (ONNX Runtime: {failure})");
            }

            return Array.ConvertAll(outputValues, ReadTensor);
        }
        finally
        {
            foreach (nint value in inputValues.Concat(outputValues).Where(value => value != 0))
            {
                Api.Release(OrtFunction.ReleaseValue, value);
            }

            foreach (MemoryHandle pin in pins)
            {
                pin.Dispose();
            }
        }
    }

    /// <summary>Throws unless the model takes these inputs and has these outputs.</summary>
    /// <exception cref="CesarException">It does not: it is another model.</exception>
    public void CheckSignature(IReadOnlyList<OnnxInput> inputs, IReadOnlyList<string> outputs)
    {
        bool takesInputs = inputs.Count == Inputs.Count && inputs.All(input => Inputs.Any(port =>
            port.Name == input.Name && port.ElementType == input.ElementType && port.Fits(input.Shape)));
        bool hasOutputs = outputs.All(name => Outputs.Any(port => port.Name == name && port.ElementType == OnnxElementType.Float));
        if (!takesInputs || !hasOutputs)
        {
            throw Unsuitable($"it has {string.Join(", ", Inputs)} → {string.Join(", ", Outputs)}, and {string.Join(", ", inputs)} → {string.Join(", ", outputs)} is asked for");
        }
    }

    /// <summary>The error of a file that holds another model.</summary>
    /// <param name="why">What shows it, as a clause.</param>
    public CesarException Unsuitable(string why) => new(CesarErrorKind.Model, "ModelUnsuitable",
        $"The model '{_path}' is another one than is needed here: {why}. Check which file is used.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _memory.Dispose();
    }

    private static void EnsureReadable(string path)
    {
        try
        {
            using FileStream _ = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CesarException(CesarErrorKind.Model, "ModelMissing", $"There is no model file '{path}'. Check the name, or get the model again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CesarException(CesarErrorKind.Model, "ModelUnreadable", $"The model '{path}' cannot be read: {e.Message} Check that it is a file that you may read.", e);
        }
    }

    private OnnxPort[] Ports(OrtFunction count, OrtFunction name, OrtFunction type)
    {
        OnnxPort[] ports = new OnnxPort[Api.Get(count, _session.Value)];
        for (int i = 0; i < ports.Length; i++)
        {
            ports[i] = Port(Api.GetName(name, _session.Value, i), Api.Get(type, _session.Value, i));
            _nativeNames[ports[i].Name] = NativeName(ports[i].Name);
        }

        return ports;
    }

    private OnnxPort Port(string name, nint typeInfo)
    {
        using OrtHandle type = new(Api, OrtFunction.ReleaseTypeInfo, typeInfo);
        nint tensor = Api.Get(OrtFunction.CastTypeInfoToTensorInfo, type.Value); // belongs to type; null for maps and sequences
        return tensor == 0
            ? new OnnxPort(name, OnnxElementType.None, [])
            : new OnnxPort(name, (OnnxElementType)Api.GetEnum(OrtFunction.GetTensorElementType, tensor), Api.GetShape(tensor));
    }

    private static byte[] NativeName(string name)
    {
        byte[] bytes = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(name) + 1, pinned: true);
        Encoding.UTF8.GetBytes(name, bytes);
        return bytes;
    }

    private nint[] NativeNames(IEnumerable<string> names) =>
        [.. names.Select(name => Marshal.UnsafeAddrOfPinnedArrayElement(_nativeNames[name], 0))];

    private nint CreateTensor(OnnxInput input, nint data)
    {
        nint value = 0;
        fixed (long* shape = input.Shape)
        {
            Api.Check(((delegate* unmanaged[Cdecl]<nint, nint, nint, long*, nint, int, nint*, nint>)Api.Address(OrtFunction.CreateTensorWithDataAsOrtValue))(
                _memory.Value, data, input.ByteLength, shape, input.Shape.Length, (int)input.ElementType, &value));
        }

        return value;
    }

    private string? Run(nint options, nint[] inputNames, nint[] inputs, nint[] outputNames, nint[] outputs)
    {
        fixed (nint* inputName = inputNames, input = inputs, outputName = outputNames, output = outputs)
        {
            return Api.TakeFailure(((delegate* unmanaged[Cdecl]<nint, nint, nint*, nint*, nint, nint*, nint, nint*, nint>)Api.Address(OrtFunction.Run))(
                _session.Value, options, inputName, input, inputs.Length, outputName, outputs.Length, output));
        }
    }

    private OnnxOutput ReadTensor(nint value)
    {
        using OrtHandle info = new(Api, OrtFunction.ReleaseTensorTypeAndShapeInfo, Api.Get(OrtFunction.GetTensorTypeAndShape, value));
        long[] shape = Api.GetShape(info.Value);
        int count = checked((int)shape.Aggregate(1L, (product, size) => product * size));
        return new OnnxOutput(new ReadOnlySpan<float>((void*)Api.Get(OrtFunction.GetTensorMutableData, value), count).ToArray(), shape);
    }
}
