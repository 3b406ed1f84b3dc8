using System.CommandLine;
using CesarPS.Console.Output;
using CesarPS.Engine.Caching;

namespace CesarPS.Console.Commands.Caching;

/// <summary>cesar cache clear: removes everything, after asking.</summary>
internal sealed class CacheClearCommand(CachePlace place) : ICesarCommand
{
    private readonly Option<bool> _yes = new("--yes", "-y");

    /// <inheritdoc/>
    public Command Build()
    {
        Command clear = new("clear") { _yes, place.Folder };
        clear.SetAction(parsed => place.Use(parsed, (cache, settings) => Clear(parsed, cache, settings)));
        return clear;
    }

    private int Clear(ParseResult parsed, CacheAdministration cache, CacheSettings settings)
    {
        if (!parsed.GetValue(_yes))
        {
            if (System.Console.IsInputRedirected || System.Console.IsErrorRedirected)
            {
                throw new UsageException("There is no terminal to ask on whether the whole cache is to be removed. Say --yes.", parsed);
            }

            CacheInfo info = cache.Info();
            System.Console.Error.Write($"Remove all of the cache in {Shown.Text(settings.Directory)} ({Readable.Entries(info.Entries)}, {Readable.Size(info.Bytes)})? [y/N] ");
            if (System.Console.In.ReadLine()?.Trim().ToLowerInvariant() is not ("y" or "yes"))
            {
                System.Console.Error.WriteLine("Nothing was removed.");
                return ExitCode.SomeFailed;
            }
        }

        // Only now: at the question Ctrl+C ends the program as it always does.
        return Interrupt.Heed(cancel => CacheRemoval.Tell(cache.Clear(new CacheFilter(), cancel: cancel)));
    }
}
