using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CesarPS.Faults.Harness;

/// <summary>What surrounds a child process.</summary>
internal sealed record ChildSetting
{
    /// <summary>A program and its arguments that starts the child in turn.</summary>
    public string[] Through { get; init; } = [];

    /// <summary>Variables of the environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <summary>This program once more, as a process that may be killed. Killed at the latest when it is disposed of.</summary>
internal sealed class Child : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _read;

    private Child(Process process)
    {
        _process = process;
        _read = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended, by itself or not.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts a child that plays a role of a proof.</summary>
    public static Child Start(string role, string[] arguments, ChildSetting? setting = null)
    {
        setting ??= new ChildSetting();
        string[] line = [.. setting.Through, Environment.ProcessPath!, "child", role, .. arguments];
        ProcessStartInfo start = new(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Quick to start, small, and without files of its own in the temporary folder.
        start.Environment["DOTNET_TieredCompilation"] = "1";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach ((string name, string value) in setting.Environment)
        {
            start.Environment[name] = value;
        }

        return new Child(Process.Start(start)!);
    }

    /// <summary>Says something to the child, on a line of its own.</summary>
    public void Tell(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It is dead already.
        }
    }

    /// <summary>Waits until the child has said something.</summary>
    /// <exception cref="ProofFailedException">It ends before, or takes three minutes.</exception>
    public async Task SaysAsync(string text)
    {
        DateTime late = DateTime.UtcNow + Patience;
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (HasEnded)
            {
                // What it said last may still be on its way.
                await _read;
            }

            ProofFailedException.Unless(DateTime.UtcNow < late && (!HasEnded || Output.Contains(text, StringComparison.Ordinal)), () => string.Create(CultureInfo.InvariantCulture, $"Process {Id} does not say '{text}' but: {Output}"));
            await Task.Delay(5);
        }
    }

    /// <summary>Ends it as a power cut would: no handler of its own runs.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code; 128 and the signal for one that was killed.</returns>
    /// <exception cref="ProofFailedException">It does not end.</exception>
    public async Task<int> EndAsync(TimeSpan patience)
    {
        using CancellationTokenSource late = new(patience);
        try
        {
            await _process.WaitForExitAsync(late.Token);
            await _read;
        }
        catch (OperationCanceledException)
        {
            throw new ProofFailedException(string.Create(CultureInfo.InvariantCulture, $"Process {Id} has not ended after {patience.TotalSeconds} s. It said: {Output}"));
        }

        return _process.ExitCode;
    }

    /// <summary>Waits for its end, which must be a good one.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="ProofFailedException">It ended badly, or not at all.</exception>
    public async Task<string> SucceedAsync(TimeSpan patience)
    {
        int code = await EndAsync(patience);
        ProofFailedException.Unless(code == 0, () => string.Create(CultureInfo.InvariantCulture, $"A child process ended with exit code {code}: {Output}"));
        return Output;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}
