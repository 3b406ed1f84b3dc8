using System.Numerics;
using System.Runtime.InteropServices;

namespace CesarPS.Engine.Speakers;

/// <summary>Arithmetic on embeddings.</summary>
internal static class VoiceVector
{
    /// <summary>The scalar product of two vectors of one length: the cosine, where both are of length 1.</summary>
    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        ReadOnlySpan<Vector<float>> wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sums = Vector<float>.Zero;
        for (int i = 0; i < wideA.Length; i++)
        {
            sums += wideA[i] * wideB[i];
        }

        float sum = Vector.Sum(sums);
        for (int i = wideA.Length * Vector<float>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Adds a vector to a sum.</summary>
    public static void Add<T>(Span<T> sum, ReadOnlySpan<T> vector, T weight)
        where T : struct, INumber<T>
    {
        Span<Vector<T>> wideSum = MemoryMarshal.Cast<T, Vector<T>>(sum);
        ReadOnlySpan<Vector<T>> wideVector = MemoryMarshal.Cast<T, Vector<T>>(vector);
        Vector<T> wideWeight = new(weight);
        for (int i = 0; i < wideSum.Length; i++)
        {
            wideSum[i] += wideVector[i] * wideWeight;
        }

        for (int i = wideSum.Length * Vector<T>.Count; i < sum.Length; i++)
        {
            sum[i] += vector[i] * weight;
        }
    }
}
