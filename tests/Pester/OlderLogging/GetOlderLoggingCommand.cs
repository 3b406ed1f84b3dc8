using System.Management.Automation;
using Microsoft.Extensions.Logging.Abstractions;

namespace OlderLogging;

/// <summary>Uses the logging library and says which version of it the runtime gave.</summary>
[Cmdlet(VerbsCommon.Get, "OlderLogging")]
[OutputType(typeof(Version))]
public sealed class GetOlderLoggingCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(NullLoggerFactory.Instance.GetType().Assembly.GetName().Version);
}
