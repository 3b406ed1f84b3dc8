using System.CommandLine;
using CesarPS.Console.Output;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Configuration;

namespace CesarPS.Console.Commands.Caching;

/// <summary>The cache that a command means: that of the settings, or of <c>--cache-dir</c>.</summary>
internal sealed class CachePlace
{
    private const string Setting = "cache-dir";

    /// <summary>The option that names another folder.</summary>
    public Option<string> Folder { get; } = new("--" + Setting);

    /// <summary>All settings, with what was typed.</summary>
    public Configuration Configuration(ParseResult parsed)
    {
        var typed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (parsed.GetValue(Folder) is { } folder)
        {
            // Empty is a variable that somebody forgot to set: the default must not stand in for it.
            typed[Setting] = folder.Length > 0 ? [folder] : throw new UsageException($"{Folder.Name} takes a folder.", parsed);
        }

        return Engine.Configuration.Configuration.Load(typed);
    }

    /// <summary>Where the cache is.</summary>
    public CacheSettings Settings(ParseResult parsed) => Configuration(parsed).Engine(AppContext.BaseDirectory).Cache!;

    /// <summary>Works with the cache.</summary>
    /// <exception cref="CesarException">Its folder is a file, or the system refuses to work with it.</exception>
    public int Use(ParseResult parsed, Func<CacheAdministration, CacheSettings, int> work)
    {
        CacheSettings settings = Settings(parsed);
        return work(CacheAdministration.Open(settings), settings);
    }

    /// <summary>Changes the cache, until it is done or somebody wants it to end: what is changed by then stays so.</summary>
    /// <exception cref="CesarException">Its folder is a file, or the system refuses to work with it.</exception>
    public int Change(ParseResult parsed, Func<CacheAdministration, CancellationToken, int> work) =>
        Use(parsed, (cache, _) => Interrupt.Heed(cancel => work(cache, cancel)));

    /// <summary>Says something beside the result.</summary>
    public static void Note(string text) => System.Console.Error.WriteLine(Shown.Text(text));
}
