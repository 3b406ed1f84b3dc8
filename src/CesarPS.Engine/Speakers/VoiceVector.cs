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
    public static void Add(Span<float> sum, ReadOnlySpan<float> vector, float weight)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += vector[i] * weight;
        }
    }
}
