using System.CommandLine;
using System.Text.Json;
using CesarPS.Console.Output;
using CesarPS.Engine.Diagnostics;
using Spectre.Console;

namespace CesarPS.Console.Commands;

/// <summary>cesar doctor: everything that the program depends on, what is wrong with it, and how to mend it.</summary>
internal sealed class DoctorCommand : ICesarCommand
{
    private readonly Option<bool> _json = new("--json");

    /// <inheritdoc/>
    public Command Build()
    {
        Command doctor = new("doctor") { _json };
        doctor.SetAction(RunAsync);
        return doctor;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using Interrupt interrupt = new(() => { });
        Finding[] findings;
        try
        {
            findings = [.. await Checkup.RunAsync(AppContext.BaseDirectory, interrupt.Token)];
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }

        bool healthy = !Array.Exists(findings, finding => !finding.IsGood && !finding.Optional);
        using StandardOutput output = new();
        if (parsed.GetValue(_json))
        {
            output.WriteJson(json => Write(json, findings));
        }
        else
        {
            output.WriteRendered(Table(findings));
            output.Write(writer => writer.WriteLine(healthy ? "All that is needed is here." : "Something that is needed is missing or broken: see above."));
        }

        return healthy ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static Grid Table(Finding[] findings)
    {
        Grid table = new();
        table.AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (Finding finding in findings)
        {
            string mark = finding.IsGood ? "ok" : finding.Optional ? "warn" : "FAIL";
            table.AddRow(new Text(mark), new Text(finding.Name), new Text(Facts(finding)));
            if (!finding.IsGood)
            {
                table.AddRow(new Text(""), new Text(""), new Text(Shown.Text($"{finding.Problem} {finding.Fix}".TrimEnd())));
            }
        }

        return table;
    }

    private static string Facts(Finding finding) =>
        Shown.Text(string.Join("  ", new[] { finding.Version, finding.Path }.Where(fact => fact is not null)));

    private static void Write(Utf8JsonWriter json, Finding[] findings)
    {
        json.WriteStartArray();
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("name", finding.Name);
            json.WriteBoolean("ok", finding.IsGood);
            json.WriteBoolean("needed", !finding.Optional);
            json.WriteString("version", finding.Version);
            json.WriteString("path", finding.Path);
            json.WriteString("problem", finding.Problem);
            json.WriteString("fix", finding.Fix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
