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
        IReadOnlyList<ModelListing> models = Store().List();
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
        foreach (ModelListing listing in models)
        {
            table.AddRow(Markup.Escape(listing.Model.Name), Shown.Size(listing.Model.Bytes), Languages(listing.Model), Presence(listing.Presence));
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
        CatalogueModel model = store.Catalogue.Find(name);
        ModelListing listing = store.List().First(listing => listing.Model == model);
        using StandardOutput output = new();
        output.Write(writer => writer.WriteLine(listing.Path));
        if (listing.Presence == ModelPresence.Absent)
        {
            System.Console.Error.WriteLine($"cesar: {model.Name} is not there yet; 'cesar models get {model.Name}' downloads it to this path.");
            return ExitCode.SomeFailed;
        }

        return ExitCode.Done;
    }

    private static ModelStore Store() => new(Configuration.Load().Engine(AppContext.BaseDirectory).Models);

    private static string Languages(CatalogueModel model) =>
        model.Kind == ModelKind.VoiceActivity ? "any (finds speech)" : model.Multilingual ? "99" : "English";

    private static string Presence(ModelPresence presence) => presence switch
    {
        ModelPresence.Absent => "-",
        ModelPresence.Damaged => "damaged",
        _ => presence.ToString().ToLowerInvariant(),
    };

    private static void Write(Utf8JsonWriter json, IReadOnlyList<ModelListing> models)
    {
        json.WriteStartArray();
        foreach (ModelListing listing in models)
        {
            json.WriteStartObject();
            json.WriteString("name", listing.Model.Name);
            json.WriteString("kind", listing.Model.Kind.ToString());
            json.WriteNumber("bytes", listing.Model.Bytes);
            json.WriteBoolean("multilingual", listing.Model.Multilingual);
            json.WriteString("quantisation", listing.Model.Quantisation);
            json.WriteString("presence", listing.Presence.ToString().ToLowerInvariant());
            json.WriteString("path", listing.Path);
            json.WriteString("sha256", listing.Model.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
