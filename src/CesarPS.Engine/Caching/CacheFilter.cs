namespace CesarPS.Engine.Caching;

/// <summary>Which entries are meant; what is null does not matter.</summary>
public sealed record CacheFilter
{
    /// <summary>Of this stage.</summary>
    public string? Stage { get; init; }

    /// <summary>Whose source fits this pattern: <c>*</c> and <c>?</c>, case ignored; the whole path or its last part.</summary>
    public string? Source { get; init; }

    /// <summary>Whose key begins so.</summary>
    public string? Key { get; init; }

    /// <summary>Of one of these keys, each whole.</summary>
    public IReadOnlySet<string>? Keys { get; init; }

    /// <summary>Made longer ago than this.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Of more bytes than this.</summary>
    public long? LargerThan { get; init; }
}
