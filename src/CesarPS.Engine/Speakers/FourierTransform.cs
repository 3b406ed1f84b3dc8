using System.Numerics;

namespace CesarPS.Engine.Speakers;

/// <summary>
/// The power spectrum of real samples, by a fast Fourier transform (Cooley and Tukey, radix 2) over half as many
/// complex numbers. Holds its tables and work space: one instance serves one thread.
/// </summary>
internal sealed class FourierTransform
{
    private readonly int _half;
    private readonly Complex[] _work;
    private readonly Complex[] _roots;
    private readonly int[] _reversed;

    /// <summary>Prepares a transform.</summary>
    /// <param name="length">How many samples it takes: a power of two, at least 4.</param>
    public FourierTransform(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 4);
        if (!BitOperations.IsPow2(length))
        {
            throw new ArgumentException("The length of a transform must be a power of two.", nameof(length));
        }

        Length = length;
        _half = length / 2;
        _work = new Complex[_half];
        _roots = new Complex[_half];
        _reversed = new int[_half];
        int bits = BitOperations.Log2((uint)_half);
        for (int i = 0; i < _half; i++)
        {
            _roots[i] = Complex.FromPolarCoordinates(1, -2 * Math.PI * i / length);
            for (int bit = 0; bit < bits; bit++)
            {
                _reversed[i] |= ((i >> bit) & 1) << (bits - 1 - bit);
            }
        }
    }

    /// <summary>How many samples it takes.</summary>
    public int Length { get; }

    /// <summary>Works out the squared magnitudes of the frequencies below half the sample rate.</summary>
    /// <param name="samples">As many samples as <see cref="Length"/> says.</param>
    /// <param name="power">Receives half as many values, the first for frequency 0.</param>
    public void Power(ReadOnlySpan<double> samples, Span<double> power)
    {
        for (int i = 0; i < _half; i++)
        {
            int from = _reversed[i];
            _work[i] = new Complex(samples[2 * from], samples[(2 * from) + 1]);
        }

        Transform();
        double first = _work[0].Real + _work[0].Imaginary;
        power[0] = first * first;
        for (int i = 1; i < _half; i++)
        {
            // The even samples' spectrum and the odd samples' are found in the sum and the difference of mirrored places.
            Complex mirrored = Complex.Conjugate(_work[_half - i]);
            Complex even = (_work[i] + mirrored) / 2;
            Complex odd = (_work[i] - mirrored) * new Complex(0, -0.5);
            Complex value = even + (_roots[i] * odd);
            power[i] = (value.Real * value.Real) + (value.Imaginary * value.Imaginary);
        }
    }

    private void Transform()
    {
        for (int size = 2; size <= _half; size *= 2)
        {
            int step = Length / size;
            for (int start = 0; start < _half; start += size)
            {
                for (int i = 0; i < size / 2; i++)
                {
                    Complex upper = _work[start + i];
                    Complex lower = _work[start + i + (size / 2)] * _roots[i * step];
                    _work[start + i] = upper + lower;
                    _work[start + i + (size / 2)] = upper - lower;
                }
            }
        }
    }
}
