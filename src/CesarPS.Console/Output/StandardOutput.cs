using CesarPS.Engine.Transcripts;
using Microsoft.Win32.SafeHandles;

namespace CesarPS.Console.Output;

/// <summary>Standard output could not be written to.</summary>
internal sealed class StandardOutputException(bool closed, Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>Whether its reader has gone, as that of <c>| head</c> does.</summary>
    public bool Closed => closed;
}

/// <summary>Standard output as UTF-8 text, lines ended by a line feed, each write handed over at once.</summary>
internal sealed class StandardOutput : IDisposable
{
    private const int BrokenPipeErrno = 32;
    private const int NoDataWin32 = unchecked((int)0x800700E8);
    private const int BrokenPipeWin32 = unchecked((int)0x8007006D);
    private readonly StreamWriter _writer = new(Open(), TranscriptFormats.Encoding, 1 << 16) { NewLine = "\n" };

    /// <summary>Writes and flushes.</summary>
    /// <exception cref="StandardOutputException">The reader is gone, or the disk behind is full.</exception>
    public void Write(Action<TextWriter> write)
    {
        try
        {
            write(_writer);
            _writer.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new StandardOutputException(e.HResult is BrokenPipeErrno or NoDataWin32 or BrokenPipeWin32, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // What is left in the buffer belongs to a write that has failed and has been told.
        }
    }

    // The console's own stream takes a reader that went away for one that reads on. A plain file keeps that stream,
    // though: it moves the file's position, which programs that write after this one share.
    private static Stream Open()
    {
        if (!OperatingSystem.IsWindows())
        {
            try
            {
                var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
                if (!stream.CanSeek)
                {
                    return stream;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // Closed, or nothing to write to: the console's stream says so when it is used.
            }
        }

        return System.Console.OpenStandardOutput();
    }
}
