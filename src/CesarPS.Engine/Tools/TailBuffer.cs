using System.Text;

namespace CesarPS.Engine.Tools;

/// <summary>Keeps the last bytes of a stream: the end of an error output says what went wrong, and it may be long.</summary>
/// <param name="capacity">How many bytes are kept.</param>
internal sealed class TailBuffer(int capacity)
{
    private readonly byte[] _ring = new byte[capacity];
    private readonly object _gate = new();
    private long _written;

    /// <summary>Adds bytes, letting go of the oldest.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            foreach (byte value in bytes)
            {
                _ring[_written++ % _ring.Length] = value;
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_gate)
        {
            int count = (int)Math.Min(_written, _ring.Length);
            var bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = _ring[(_written - count + i) % _ring.Length];
            }

            return Encoding.UTF8.GetString(bytes);
        }
    }
}
