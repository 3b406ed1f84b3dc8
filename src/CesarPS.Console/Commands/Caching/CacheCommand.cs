using System.CommandLine;
using CesarPS.Console.Output;

namespace CesarPS.Console.Commands.Caching;

/// <summary>cesar cache: what is kept of earlier work.</summary>
internal sealed class CacheCommand : ICesarCommand
{
    /// <inheritdoc/>
    public Command Build()
    {
        CachePlace place = new();
        Command path = new("path") { place.Folder };
        path.SetAction(parsed =>
        {
            using StandardOutput output = new();
            output.Write(writer => writer.WriteLine(place.Settings(parsed).Directory));
            return ExitCode.Done;
        });
        Command cache = new("cache");
        foreach (ICesarCommand command in (ICesarCommand[])
            [new CacheInfoCommand(place), new CacheListCommand(place), new CacheShowCommand(place), new CacheClearCommand(place), new CacheCleanCommand(place), new CacheLimitCommand(place), new CacheVerifyCommand(place)])
        {
            cache.Subcommands.Add(command.Build());
        }

        cache.Subcommands.Add(path);
        return cache;
    }
}
