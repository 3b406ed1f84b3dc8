using System.Management.Automation;
using CesarPS.Engine.Diagnostics;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary><c>Test-CesarEnvironment</c>: everything that CesarPS depends on, what is wrong with it, and how to mend it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CesarEnvironment")]
[OutputType(typeof(Finding), typeof(bool))]
public sealed class TestCesarEnvironmentCommand : CesarCommand
{
    /// <summary>Says true or false, and nothing else: whether all that is needed is here.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Looks at everything.</summary>
    protected override void ProcessRecord()
    {
        IReadOnlyList<Finding> findings = Run(cancel => Checkup.RunAsync(ModuleFolder.Path, cancel));
        if (Quiet)
        {
            WriteObject(!findings.Any(finding => finding.Status == FindingStatus.Failure));
        }
        else
        {
            WriteObject(findings, enumerateCollection: true);
        }
    }
}
