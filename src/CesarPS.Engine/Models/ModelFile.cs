namespace CesarPS.Engine.Models;

/// <summary>A model file that has been checked and may be loaded.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Identity">Its name and SHA-256.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Languages">How many languages a multilingual speech model knows, by its own header; 0 for an English-only one.</param>
public sealed record ModelFile(string Path, ModelIdentity Identity, long Bytes, int Languages)
{
    /// <summary>Whether a speech model knows languages other than English.</summary>
    public bool Multilingual => Languages > 0;
}

/// <summary>What using a model takes.</summary>
/// <param name="Identity">Its name and SHA-256.</param>
/// <param name="File">Its file; null where that is not there.</param>
/// <param name="DownloadBytes">The bytes that have to be downloaded first.</param>
internal sealed record ModelNeed(ModelIdentity Identity, ModelFile? File, long DownloadBytes);
