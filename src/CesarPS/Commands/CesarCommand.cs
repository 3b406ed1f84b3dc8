using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using CesarPS.Engine;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary>What the cmdlets of the module share: work off the pipeline's thread that Ctrl+C ends, and errors with stable ids.</summary>
public abstract class CesarCommand : PSCmdlet, IDisposable
{
    private FilePaths? _paths;

    /// <summary>Only for the cmdlets of this module.</summary>
    private protected CesarCommand()
    {
    }

    /// <summary>Where the work of this cmdlet runs.</summary>
    private protected PipelinePump Pump { get; } = new();

    /// <summary>Paths as PowerShell knows them.</summary>
    private protected FilePaths Paths => _paths ??= new FilePaths(this);

    /// <summary>Whether <c>-WhatIf</c> was given, here or for all commands.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the work under way, and the programs behind it, within a second.</summary>
    protected override void StopProcessing() => Pump.Stop();

    /// <summary>Frees what the cmdlet holds.</summary>
    /// <param name="disposing">Whether by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Pump.Dispose();
        }
    }

    /// <summary>Whether a parameter was given.</summary>
    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Waits for work of the engine; a stopped pipeline ends it as PowerShell expects.</summary>
    private protected void Wait(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (Stopping)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Runs work of the engine to its end.</summary>
    private protected T Run<T>(Func<CancellationToken, Task<T>> work)
    {
        T? result = default;
        Wait(() => result = Pump.Run(work));
        return result!;
    }

    /// <summary>Ends the command with an error of the engine.</summary>
    [DoesNotReturn]
    private protected void Terminate(CesarException error, object? target)
    {
        ThrowTerminatingError(ErrorRecords.Of(error, target));
        throw error;
    }
}
