namespace CesarPS.Engine.Caching;

/// <summary>A file of bytes in the cache, named by its content.</summary>
/// <param name="Sha256">The digest of its bytes, in lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
public sealed record Artifact(string Sha256, long Bytes);
