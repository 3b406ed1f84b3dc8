using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CesarPS.Engine.Tools;

/// <summary>
/// An external program at work: an argument list and no shell, nothing or little on standard input, standard output as a stream,
/// the end of the error output kept. It and its children are killed when the token is cancelled or this is disposed.
/// </summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private const int ErrorTailBytes = 8192;

    // A grandchild that left the tree may hold a pipe open; nobody waits for it longer than this.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);
    private readonly Process _process;
    private readonly TailBuffer _errors = new(ErrorTailBytes);
    private readonly Task _errorReading;
    private readonly CancellationTokenRegistration _killOnCancel;

    private ToolProcess(Process process, CancellationToken cancel)
    {
        _process = process;
        Id = process.Id;
        Output = process.StandardOutput.BaseStream;
        _errorReading = ReadErrorsAsync(process.StandardError.BaseStream);
        _killOnCancel = cancel.UnsafeRegister(static self => ((ToolProcess)self!).Kill(), this);
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>What the program writes to standard output. Closing it early ends the program.</summary>
    public Stream Output { get; }

    /// <summary>The last 8 KB of the error output so far.</summary>
    public string Errors => _errors.ToString();

    /// <summary>Starts a program.</summary>
    /// <param name="tool">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancel">Kills the program.</param>
    /// <param name="folder">The folder that it works in; that of this process where it is not given.</param>
    /// <param name="input">What it reads from standard input. Unlike an argument, no other user sees it.</param>
    /// <exception cref="CesarException">It cannot be started: ToolBroken.</exception>
    public static ToolProcess Start(LocatedTool tool, IReadOnlyList<string> arguments, CancellationToken cancel, string? folder = null, string input = "")
    {
        cancel.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(tool.Path)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // FFREPORT would make ffmpeg write a log file into the current folder; colours would end up in messages.
        start.Environment.Remove("FFREPORT");
        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";

        // yt-dlp would run whatever plugins lie in the user's folders, and write in the code page of a console.
        start.Environment["YTDLP_NO_PLUGINS"] = "1";
        start.Environment["PYTHONIOENCODING"] = "utf-8";

        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            Feed(process.StandardInput.BaseStream, input);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            process.Dispose();
            throw new CesarException(
                CesarErrorKind.Tool, "ToolBroken", $"{tool.Path} cannot be run: {e.Message.TrimEnd('.')}.", e);
        }

        return new ToolProcess(process, cancel);
    }

    /// <summary>Runs a program to its end and returns what it wrote.</summary>
    /// <param name="tool">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="maximumOutput">The most bytes of output that are kept; a program that writes more is killed.</param>
    /// <param name="cancel">Kills the program.</param>
    /// <param name="input">What it reads from standard input.</param>
    public static async Task<(int ExitCode, byte[] Output, string Errors)> RunAsync(
        LocatedTool tool, IReadOnlyList<string> arguments, int maximumOutput, CancellationToken cancel, string input = "")
    {
        await using ToolProcess process = Start(tool, arguments, cancel, input: input);
        using var output = new MemoryStream();
        var chunk = new byte[16384];
        int read;
        while ((read = await process.ReadAsync(chunk, cancel)) > 0)
        {
            output.Write(chunk, 0, read);
            if (output.Length > maximumOutput)
            {
                process.Kill();
            }
        }

        int exitCode = await process.WaitForExitAsync(cancel);
        return (exitCode, output.ToArray(), process.Errors);
    }

    /// <summary>Reads from standard output; 0 at its end. The buffer must not be used again after a cancel.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        // A blocked read of a pipe cannot be called off: the program is killed, which ends it, and nobody waits for that.
        using CancellationTokenRegistration kill = cancel.UnsafeRegister(static self => ((ToolProcess)self!).Kill(), this);
        int read = await Output.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(cancel);
        if (read == 0)
        {
            cancel.ThrowIfCancellationRequested();
        }

        return read;
    }

    /// <summary>Waits until the program has ended and its error output is read.</summary>
    /// <returns>The exit code; on Unix 128 and the signal's number for a program that a signal ended.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancel)
    {
        using CancellationTokenRegistration kill = cancel.UnsafeRegister(static self => ((ToolProcess)self!).Kill(), this);
        await _process.WaitForExitAsync(cancel);
        await Task.WhenAny(_errorReading, Task.Delay(DrainTimeout, cancel));
        cancel.ThrowIfCancellationRequested();
        return _process.ExitCode;
    }

    /// <summary>Kills the program and its children, if it still runs.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended meanwhile, or a child of it did.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _killOnCancel.DisposeAsync();
        Kill();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(DrainTimeout);
            await _errorReading.WaitAsync(DrainTimeout);
        }
        catch (TimeoutException)
        {
            // The kernel has the kill; a program stuck in a device ends when the device lets go.
        }

        _process.Dispose();
    }

    /// <summary>An exit code in words.</summary>
    public static string Describe(int exitCode) => exitCode is > 128 and < 160
        ? string.Create(CultureInfo.InvariantCulture, $"it was ended by signal {exitCode - 128}")
        : string.Create(CultureInfo.InvariantCulture, $"it ended with exit code {exitCode}");

    /// <summary>The last line of an error output that says something, without ffmpeg's address prefix and cut to one line's length.</summary>
    public static string LastLine(string errors)
    {
        string line = errors
            .Split((char[])['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .LastOrDefault(text => !text.StartsWith("Last message repeated", StringComparison.Ordinal)) ?? "";
        int prefix = line.StartsWith('[') ? line.IndexOf("] ", StringComparison.Ordinal) : -1;
        line = prefix < 0 ? line : line[(prefix + 2)..];
        return line.Length <= 300 ? line.TrimEnd('.') : line[..300];
    }

    // A program need not read at once, and a pipe holds little on some systems: nobody waits for it.
    private static void Feed(Stream stream, string input)
    {
        if (input.Length == 0)
        {
            stream.Close();
            return;
        }

        _ = Task.Run(() =>
        {
            try
            {
                using (stream)
                {
                    stream.Write(Encoding.UTF8.GetBytes(input));
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // It has ended without reading: its exit code says why.
            }
        });
    }

    private async Task ReadErrorsAsync(Stream stream)
    {
        var chunk = new byte[4096];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(chunk)) > 0)
            {
                _errors.Append(chunk.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Closed under the reading: there is no more to keep.
        }
    }
}
