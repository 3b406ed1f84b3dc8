using System.Buffers;

namespace CesarPS.Engine.Inference;

/// <summary>What a tensor holds, by the numbers of <c>ONNXTensorElementDataType</c>.</summary>
internal enum OnnxElementType
{
    /// <summary>Not a tensor at all.</summary>
    None = 0,

    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 7,
}

/// <summary>An input or output that a model declares.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="ElementType">What it holds; a value outside the enumeration for types that are not used here.</param>
/// <param name="Shape">The size of each dimension; -1 where the caller chooses.</param>
internal sealed record OnnxPort(string Name, OnnxElementType ElementType, long[] Shape)
{
    /// <summary>Whether a tensor of this shape may pass.</summary>
    public bool Fits(long[] shape) =>
        shape.Length == Shape.Length && shape.Zip(Shape).All(size => size.Second < 0 || size.First == size.Second);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name} {ElementType}[{string.Join(',', Shape.Select(size => size < 0 ? "any" : $"{size}"))}]";
}

/// <summary>A named tensor for a model to read. Its values are not copied, so they must not change during a run.</summary>
internal sealed class OnnxInput
{
    private readonly Func<MemoryHandle> _pin;

    /// <summary>An input of floating-point numbers, the last dimension running fastest.</summary>
    public OnnxInput(string name, ReadOnlyMemory<float> values, params long[] shape)
        : this(name, OnnxElementType.Float, values.Length, sizeof(float), shape, values.Pin)
    {
    }

    /// <summary>An input of whole numbers, the last dimension running fastest.</summary>
    public OnnxInput(string name, ReadOnlyMemory<long> values, params long[] shape)
        : this(name, OnnxElementType.Int64, values.Length, sizeof(long), shape, values.Pin)
    {
    }

    private OnnxInput(string name, OnnxElementType elementType, int count, int elementSize, long[] shape, Func<MemoryHandle> pin)
    {
        if (shape.Any(size => size < 1) || shape.Aggregate(1L, (product, size) => checked(product * size)) != count)
        {
            throw new ArgumentException($"The input {name} has {count} values, which do not fill the shape [{string.Join(',', shape)}].", nameof(shape));
        }

        Name = name;
        ElementType = elementType;
        Shape = shape;
        ByteLength = (nint)count * elementSize;
        _pin = pin;
    }

    public string Name { get; }

    public OnnxElementType ElementType { get; }

    public long[] Shape { get; }

    public nint ByteLength { get; }

    /// <summary>Fixes the values in memory until the handle is disposed of.</summary>
    public MemoryHandle Pin() => _pin();

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {ElementType}[{string.Join(',', Shape)}]";
}

/// <summary>A tensor that a model wrote.</summary>
/// <param name="Values">A copy of its values, the last dimension running fastest.</param>
/// <param name="Shape">The size of each dimension.</param>
internal sealed record OnnxOutput(float[] Values, long[] Shape);
