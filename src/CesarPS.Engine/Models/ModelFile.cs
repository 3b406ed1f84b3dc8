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

/// <summary>Where the file of a catalogue model is, judged by its size alone: nothing is hashed.</summary>
public enum ModelPresence
{
    /// <summary>Neither bundled nor downloaded.</summary>
    Absent,

    /// <summary>It came with the program.</summary>
    Bundled,

    /// <summary>It is in the user's model folder.</summary>
    Downloaded,

    /// <summary>A file is there but has the wrong size.</summary>
    Damaged,
}

/// <summary>A catalogue model and where its file is.</summary>
/// <param name="Model">The model.</param>
/// <param name="Presence">Whether its file is there.</param>
/// <param name="Path">The full path at which its file is, or would be.</param>
public sealed record ModelListing(CatalogueModel Model, ModelPresence Presence, string Path);
