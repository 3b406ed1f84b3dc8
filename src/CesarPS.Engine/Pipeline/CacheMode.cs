namespace CesarPS.Engine.Pipeline;

/// <summary>What the cache is asked for.</summary>
public enum CacheMode
{
    /// <summary>What is there is served.</summary>
    Use,

    /// <summary>The source is looked at anew, whatever is remembered of it; only what changed is worked out again.</summary>
    Refresh,

    /// <summary>Nothing is served; what is worked out replaces what is there.</summary>
    Bypass,
}
