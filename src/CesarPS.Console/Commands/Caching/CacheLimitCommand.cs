using System.CommandLine;
using CesarPS.Console.Output;
using CesarPS.Engine.Configuration;

namespace CesarPS.Console.Commands.Caching;

/// <summary>cesar cache limit: shows the limit, or sets it for good and makes room at once.</summary>
internal sealed class CacheLimitCommand(CachePlace place) : ICesarCommand
{
    private const string Setting = "cache-limit";
    private readonly Argument<string?> _size = new("SIZE") { Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc/>
    public Command Build()
    {
        Command limit = new("limit") { _size, place.Folder };
        limit.SetAction(parsed => parsed.GetValue(_size) is { } size ? Set(parsed, size) : Show(parsed));
        return limit;
    }

    private int Show(ParseResult parsed)
    {
        Configuration configuration = place.Configuration(parsed);
        using StandardOutput output = new();
        output.Write(writer => writer.WriteLine($"{Readable.ChosenSize(configuration.Size(Setting)!.Value)} ({From(configuration.Values.First(value => value.Name == Setting))})"));
        return ExitCode.Done;
    }

    private int Set(ParseResult parsed, string text)
    {
        UsageException.RequireNoStrayOption(parsed, [text]);
        long bytes = ValueText.Size(text) ?? throw new UsageException($"'{text}' is no limit, which is {ValueText.SizeForm}.", parsed);
        return place.Change(parsed, (cache, cancel) =>
        {
            // Of no use where a variable says otherwise: who sets the limit must know.
            ConfigurationValue holds = LastingSetting.Set(Setting, text.Trim());
            long limit = ValueText.Size(holds.Value) ?? bytes;
            if (limit != bytes)
            {
                CachePlace.Note($"cesar: the limit of {Readable.ChosenSize(limit)} from {From(holds)} wins over the configuration file.");
            }

            CacheClearance clearance = cache.Shrink(limit, cancel: cancel);
            CacheInfo info = cache.Info();
            using StandardOutput output = new();
            output.Write(writer =>
            {
                writer.WriteLine($"The limit is {Readable.ChosenSize(limit)}; the cache takes {Readable.Size(info.Bytes)}.");
                if (clearance.Removed.Count > 0 || clearance.Bytes > 0)
                {
                    writer.WriteLine($"{Readable.Entries(clearance.Removed.Count)} removed, {Readable.Size(clearance.Bytes)} freed.");
                }
            });
            return ExitCode.Done;
        });
    }

    private static string From(ConfigurationValue value) =>
        value.Source == ConfigurationSource.Default ? "default" : Shown.Text(value.SourceDetail);
}
