using CesarPS.Engine.Files;

namespace CesarPS.Engine.Models;

/// <summary>One model of the catalogue: what it is called, and how its file is recognised.</summary>
public sealed record CatalogueModel
{
    /// <summary>The name that users type, such as <c>small</c> or <c>medium.en-q5_0</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the file, as published.</summary>
    public required string FileName { get; init; }

    /// <summary>The exact size of the file in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The published SHA-256 of the file in lower-case hexadecimal; null where none was published.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The published SHA-1 of the file in lower-case hexadecimal; null where none was published.</summary>
    public string? Sha1 { get; init; }

    /// <summary>What the model is for.</summary>
    public ModelKind Kind { get; init; }

    /// <summary>Whether a speech model knows all languages of Whisper, or English only.</summary>
    public bool Multilingual { get; init; }

    /// <summary>How the weights are stored: <c>f32</c>, <c>f16</c>, or a ggml quantisation such as <c>q5_1</c>.</summary>
    public required string Quantisation { get; init; }

    /// <summary>The number of weights, rounded as published.</summary>
    public long Parameters { get; init; }

    /// <summary>Whether the file comes with the program. A bundled model is never downloaded.</summary>
    public bool Bundled { get; init; }

    /// <summary>The digest that a file must have, ready for a message: the strongest published one.</summary>
    internal string DigestText => Sha256 is not null ? $"SHA-256 {Sha256}" : $"SHA-1 {Sha1}";

    /// <summary>Whether a file of these digests is this model. SHA-1 counts only where nothing stronger was published.</summary>
    internal bool Matches(FileDigests digests) => Sha256 is not null
        ? string.Equals(Sha256, digests.Sha256, StringComparison.OrdinalIgnoreCase)
        : string.Equals(Sha1, digests.Sha1, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
