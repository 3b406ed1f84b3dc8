using System.CommandLine;
using CesarPS.Console.Inputs;
using CesarPS.Console.Output;
using CesarPS.Console.Settings;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Files;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Sources;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Console.Commands;

/// <summary>cesar transcribe INPUT...</summary>
internal sealed class TranscribeCommand : ICesarCommand
{
    private readonly Argument<string[]> _inputs = new("INPUT") { Arity = ArgumentArity.ZeroOrMore };
    private readonly SettingOptions _settings = new();
    private readonly Option<bool> _translate = new("--translate");
    private readonly Option<bool> _recursive = new("--recursive", "-r");
    private readonly Option<bool> _quiet = new("--quiet", "-q");
    private readonly Option<bool> _verbose = new("--verbose", "-v");
    private readonly Option<bool> _jsonLog = new("--json-log");

    /// <inheritdoc/>
    public Command Build()
    {
        Command command = new("transcribe");
        command.Arguments.Add(_inputs);
        foreach (Option option in (Option[])[.. _settings.Options, _translate, _recursive, _quiet, _verbose, _jsonLog])
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        HexDigest.LoadAhead();
        string[] names = parsed.GetValue(_inputs) ?? [];
        UsageException.RequireNoStrayOption(parsed, names);
        if (names.Length == 0)
        {
            throw new UsageException("Name at least one recording, folder or pattern, or - for a list on standard input.", parsed);
        }

        Dictionary<string, IReadOnlyList<string>> typed = _settings.Typed(parsed);
        if (parsed.GetValue(_translate) && !typed.TryAdd("task", ["translate"]))
        {
            throw new UsageException("Give --translate or --task, not both.", parsed);
        }

        Configuration configuration = Configuration.Load(typed);
        TranscriptionOptions options = configuration.Transcription();
        SpeakerFormats.Check(options, configuration.List("format"));
        IReadOnlyList<BatchInput> inputs = Expand(names, parsed.GetValue(_recursive));

        using StandardOutput output = new();
        using IBatchReport report = Report(parsed);
        ITranscriptSink sink = Sink(configuration, inputs, output, report);
        using TranscriptionEngine engine = new(configuration.Engine(AppContext.BaseDirectory), new ReportLoggers(report, parsed.GetValue(_verbose)));
        using Interrupt interrupt = new(report.Dispose);
        try
        {
            await engine.PrepareAsync(options, new Downloads(report), interrupt.Token);
            if (configuration.Flag("playlist"))
            {
                inputs = await engine.ExpandPlaylistsAsync(inputs, options, interrupt.Token);
            }

            // As many recordings at a time as windows: most have a single one.
            int sideBySide = OptionRules.Workers(options, Environment.ProcessorCount);
            return await new BatchRun(engine, options, sink, report, sideBySide).RunAsync(inputs, interrupt.Token);
        }
        catch (CesarException error)
        {
            report.Failed(error);
            return ExitCode.Of(error);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            report.Ended([], TimeSpan.Zero, cancelled: true);
            return ExitCode.Cancelled;
        }
        catch (StandardOutputException e) when (e.Closed)
        {
            return ExitCode.OutputClosed;
        }
        catch (StandardOutputException e)
        {
            report.Failed(new CesarException(CesarErrorKind.Output, "OutputUnwritable", $"Standard output cannot be written to: {e.Message}", e));
            return ExitCode.SomeFailed;
        }
    }

    private static List<BatchInput> Expand(string[] names, bool recursive)
    {
        // A list on standard input takes the place of its dash; its names are names, never patterns.
        var inputs = new List<BatchInput>();
        foreach (string name in names)
        {
            inputs.AddRange(name == "-" ? InputList.Expand(StandardInputList.Read(), recursive, patterns: false) : InputList.Expand([name], recursive));
        }

        return [.. InputList.Once(inputs)];
    }

    private IBatchReport Report(ParseResult parsed)
    {
        bool quiet = parsed.GetValue(_quiet);
        return parsed.GetValue(_jsonLog) ? new JsonLog(TimeProvider.System)
            : quiet || System.Console.IsErrorRedirected ? new LineReport(quiet, parsed.GetValue(_verbose))
            : new BarReport(ErrorConsole.Create(), parsed.GetValue(_verbose));
    }

    private static ITranscriptSink Sink(Configuration configuration, IReadOnlyList<BatchInput> inputs, StandardOutput output, IBatchReport report)
    {
        IReadOnlyList<string> formats = configuration.List("format");
        if (configuration.Text("output-dir") is { } folder)
        {
            TranscriptFiles files = new(folder, formats, configuration.Layout(), configuration.Flag("no-clobber"));
            return new FolderSink(files, [.. inputs.Where(input => input.Failure is null && !input.Source.IsRemote).Select(input => input.Path)]);
        }

        ITranscriptWriter[] writers = [.. formats.Select(format => TranscriptFormats.Create(format, configuration.Layout()))];
        if (writers.Length == 0)
        {
            throw new CesarException(CesarErrorKind.Option, "NoFormat", $"No format is given. Formats: {string.Join(", ", TranscriptFormats.Names)}.");
        }

        if (writers.Length > 1)
        {
            report.Notice($"Only {writers[0].Format} goes to standard output; give --output-dir to have all formats as files.");
        }

        // On a terminal, text and bars share the screen: the bars' own console writes the text above them.
        return new StreamSink(writers[0], report is BarReport bars && !System.Console.IsOutputRedirected ? bars.Print : output.Write);
    }
}
