using System.CommandLine;
using CesarPS.Console.Output;
using CesarPS.Engine.Configuration;
using Spectre.Console;

namespace CesarPS.Console.Commands;

/// <summary>cesar config: every setting, its value, and where it comes from.</summary>
internal sealed class ConfigCommand : ICesarCommand
{
    private readonly Option<bool> _json = new("--json");

    /// <inheritdoc/>
    public Command Build()
    {
        Command path = new("path");
        path.SetAction(_ =>
        {
            using StandardOutput output = new();
            output.Write(writer => writer.WriteLine(ConfigurationFile.Path()));
            return ExitCode.Done;
        });
        Command config = new("config") { _json, path };
        config.SetAction(Show);
        return config;
    }

    private int Show(ParseResult parsed)
    {
        IReadOnlyList<ConfigurationValue> values = Configuration.Load().Lasting();
        using StandardOutput output = new();
        if (parsed.GetValue(_json))
        {
            output.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (ConfigurationValue value in values)
                {
                    json.WriteStartObject();
                    json.WriteString("name", value.Name);
                    json.WriteString("value", value.Value);
                    json.WriteString("source", value.Source.ToString().ToLowerInvariant());
                    json.WriteString("sourceDetail", value.SourceDetail);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return ExitCode.Done;
        }

        Grid table = new();
        table.AddColumn(new GridColumn().NoWrap()).AddColumn().AddColumn();
        table.AddRow("SETTING", "VALUE", "FROM");
        foreach (ConfigurationValue value in values)
        {
            string from = value.Source switch
            {
                ConfigurationSource.Default => "default",
                ConfigurationSource.Environment => "environment " + value.SourceDetail,
                _ => value.SourceDetail,
            };
            table.AddRow(new Text(value.Name), new Text(value.Value.Length > 0 ? Shown.Text(value.Value) : "-"), new Text(Shown.Text(from)));
        }

        output.WriteRendered(table);
        return ExitCode.Done;
    }
}
