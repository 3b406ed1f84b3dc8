namespace CesarPS.Engine.Models;

/// <summary>The models that can be named instead of given as a file.</summary>
public sealed class ModelCatalogue
{
    private readonly Dictionary<string, CatalogueModel> byName;

    /// <summary>Creates a catalogue of these models.</summary>
    /// <param name="models">The models, each with a name of its own (regardless of case).</param>
    /// <param name="aliases">Other names: from what may be typed to the name that is meant.</param>
    /// <exception cref="ArgumentException">Two models share a name, an alias leads nowhere, or a model has no digest to check.</exception>
    public ModelCatalogue(IEnumerable<CatalogueModel> models, IReadOnlyDictionary<string, string>? aliases = null)
    {
        Models = [.. models];
        byName = new Dictionary<string, CatalogueModel>(StringComparer.OrdinalIgnoreCase);
        foreach (CatalogueModel model in Models)
        {
            if (model.Sha256 is null && model.Sha1 is null)
            {
                throw new ArgumentException($"The model {model.Name} has no digest.", nameof(models));
            }

            byName.Add(model.Name, model);
        }

        foreach ((string alias, string name) in aliases ?? new Dictionary<string, string>())
        {
            byName.Add(alias, byName.TryGetValue(name, out CatalogueModel? meant)
                ? meant
                : throw new ArgumentException($"The alias {alias} leads nowhere.", nameof(aliases)));
        }
    }

    /// <summary>The bundled models and those that the whisper.cpp project publishes.</summary>
    public static ModelCatalogue Default { get; } = new(PublishedModels.All, PublishedModels.Aliases);

    /// <summary>Every model, bundled ones first, then by size of network.</summary>
    public IReadOnlyList<CatalogueModel> Models { get; }

    /// <summary>The model of this name or alias, regardless of case; null where there is none.</summary>
    public CatalogueModel? TryFind(string name) => byName.GetValueOrDefault(name);

    /// <summary>The model of this name or alias, regardless of case.</summary>
    /// <exception cref="CesarException">There is none (<c>ModelUnknown</c>); the message suggests the nearest name.</exception>
    public CatalogueModel Find(string name) => TryFind(name) ?? throw Unknown(name);

    /// <summary>The error of a name that no model has, with the nearest one that exists.</summary>
    internal CesarException Unknown(string name)
    {
        // Someone who types the file name of a published model means that model.
        string? nearest = Models.FirstOrDefault(model => string.Equals(model.FileName, name, StringComparison.OrdinalIgnoreCase))?.Name
            ?? NearestName.Of(name, byName.Keys);
        string hint = nearest is null ? string.Empty : $" Did you mean '{nearest}'?";
        return new CesarException(
            CesarErrorKind.Model,
            "ModelUnknown",
            $"There is no model '{name}'.{hint} The model list shows every name (cesar models list); a path takes any ggml file.");
    }
}
