using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Pipeline;

/// <summary>The stages that people can name when they say which entries of the cache are meant.</summary>
public static class CacheStages
{
    /// <summary>The stages of this program.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. StageId.All.Select(id => id.Name)];

    /// <summary>Refuses a stage that there is not; a cache may hold stages of another version of the program.</summary>
    /// <exception cref="CesarException">There is no such stage (<c>StageUnknown</c>); the nearest is suggested.</exception>
    public static void Check(string? stage, CacheAdministration cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        if (stage is not null && !Names.Contains(stage) && !cache.Info().Stages.Any(info => info.Stage == stage))
        {
            throw new CesarException(CesarErrorKind.Option, "StageUnknown",
                $"There is no stage '{stage}'.{NearestName.Suggestion(stage, Names)} Stages: {string.Join(", ", Names)}.");
        }
    }
}
