using System.CommandLine;
using System.Text.Json;
using CesarPS.Console.Output;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Models;
using Spectre.Console;

namespace CesarPS.Console.Commands;

/// <summary>cesar models list, get and path.</summary>
internal sealed class ModelsCommand : ICesarCommand
{
    private readonly Option<bool> _json = new("--json");
    private readonly Option<bool> _quiet = new("--quiet", "-q");
    private readonly Argument<string> _name = new("NAME");

    /// <inheritdoc/>
    public Command Build()
    {
        Command list = new("list") { _json };
        list.SetAction(List);
        Command get = new("get") { _name, _quiet };
        get.SetAction(GetAsync);
        Command path = new("path") { _name };
        path.SetAction(Where);
        return new Command("models") { list, get, path };
    }

    private int List(ParseResult parsed)
    {
        IReadOnlyList<ModelInfo> models = Store().List();
        using StandardOutput output = new();
        if (parsed.GetValue(_json))
        {
            output.WriteJson(json => Write(json, models));
            return ExitCode.Done;
        }

        Grid table = new();
        table.AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().RightAligned().NoWrap());
        table.AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        table.AddRow("NAME", "SIZE", "LANGUAGES", "PRESENT");
        foreach (ModelInfo model in models)
        {
            table.AddRow(Markup.Escape(model.Name), Readable.Size(model.Bytes), Languages(model), Presence(model.Presence));
        }

        output.WriteRendered(table);
        return ExitCode.Done;
    }

    private async Task<int> GetAsync(ParseResult parsed, CancellationToken cancel)
    {
        string name = parsed.GetValue(_name)!;
        UsageException.RequireNoStrayOption(parsed, [name]);
        ModelStore store = Store();
        CatalogueModel model = store.Catalogue.Find(name);
        using IBatchReport report = parsed.GetValue(_quiet) || System.Console.IsErrorRedirected
            ? new LineReport(parsed.GetValue(_quiet), verbose: false)
            : new BarReport(ErrorConsole.Create(), verbose: false);
        using Interrupt interrupt = new(report.Dispose);
        try
        {
            ModelFile file = await store.ResolveAsync(model, new Downloads(report), interrupt.Token);
            report.Dispose();
            using StandardOutput output = new();
            output.Write(writer => writer.WriteLine(file.Path));
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            report.Ended([], TimeSpan.Zero, cancelled: true);
            return ExitCode.Cancelled;
        }
    }

    private int Where(ParseResult parsed)
    {
        string name = parsed.GetValue(_name)!;
        UsageException.RequireNoStrayOption(parsed, [name]);
        ModelStore store = Store();
        string known = store.Catalogue.Find(name).Name;
        ModelInfo model = store.List().First(model => model.Name == known);
        using StandardOutput output = new();
        output.Write(writer => writer.WriteLine(model.Path));
        if (model.Presence == ModelPresence.Absent)
        {
            System.Console.Error.WriteLine($"cesar: {model.Name} is not there yet; 'cesar models get {model.Name}' downloads it to this path.");
            return ExitCode.SomeFailed;
        }

        return ExitCode.Done;
    }

    private static ModelStore Store() => new(Configuration.Load().Engine(AppContext.BaseDirectory).Models);

    private static string Languages(ModelInfo model) =>
        model.Kind switch
        {
            ModelKind.VoiceActivity => "any (finds speech)",
            ModelKind.Segmentation or ModelKind.SpeakerEmbedding => "any (tells speakers)",
            _ => model.Multilingual ? "99" : "English",
        };

    private static string Presence(ModelPresence presence) => presence switch
    {
        ModelPresence.Absent => "-",
        ModelPresence.Damaged => "damaged",
        _ => presence.ToString().ToLowerInvariant(),
    };

    private static void Write(Utf8JsonWriter json, IReadOnlyList<ModelInfo> models)
    {
        json.WriteStartArray();
        foreach (ModelInfo model in models)
        {
            json.WriteStartObject();
            json.WriteString("name", model.Name);
            json.WriteString("kind", model.Kind.ToString());
            json.WriteNumber("bytes", model.Bytes);
            json.WriteBoolean("multilingual", model.Multilingual);
            json.WriteString("quantisation", model.Quantisation);
            json.WriteString("presence", model.Presence.ToString().ToLowerInvariant());
            json.WriteString("path", model.Path);
            json.WriteString("sha256", model.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
