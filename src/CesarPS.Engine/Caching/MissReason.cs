namespace CesarPS.Engine.Caching;

/// <summary>Why nothing was found.</summary>
public enum MissReason
{
    /// <summary>There is no such entry.</summary>
    Absent,

    /// <summary>The entry is older than what was asked for.</summary>
    Expired,

    /// <summary>The entry was damaged; it is in quarantine now.</summary>
    Damaged,

    /// <summary>The entry is there, but its artifact, which was asked for with it, is not.</summary>
    ArtifactDropped,

    /// <summary>An entry of the same digest has other fields.</summary>
    Collision,

    /// <summary>The cache was not asked.</summary>
    Bypassed,

    /// <summary>The cache could not be read.</summary>
    Unreadable,
}
