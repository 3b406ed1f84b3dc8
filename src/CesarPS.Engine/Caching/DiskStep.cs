namespace CesarPS.Engine.Caching;

/// <summary>What the cache does to its folder: each is a moment in which a process may die or a disk may fail.</summary>
internal enum DiskStep
{
    /// <summary>Makes a folder.</summary>
    CreateFolder,

    /// <summary>Opens a file for reading, and reads it.</summary>
    Read,

    /// <summary>Creates a file.</summary>
    Create,

    /// <summary>Writes bytes to a file.</summary>
    Write,

    /// <summary>Makes sure that a file's bytes are on the disk.</summary>
    Flush,

    /// <summary>Gives a file its final name.</summary>
    Rename,

    /// <summary>Makes sure that a folder's names are on the disk.</summary>
    FlushFolder,

    /// <summary>Removes a file or a folder.</summary>
    Delete,

    /// <summary>Marks a file as used just now.</summary>
    Touch,

    /// <summary>Takes a lock.</summary>
    Lock,

    /// <summary>Adds to the end of a file.</summary>
    Append,

    /// <summary>Lists a folder.</summary>
    List,
}
