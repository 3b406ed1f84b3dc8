using CesarPS.Engine.Downloads;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Models;

/// <summary>
/// Finds the file behind a model's name, downloads it when it is not there, and lets no file through that is
/// truncated, altered or no model.
/// </summary>
public sealed class ModelStore
{
    private readonly ModelFolders folders;
    private readonly DigestMemory memory;
    private readonly DownloadPolicy policy;

    /// <summary>Opens the store. Nothing is read or created yet.</summary>
    /// <param name="folders">Where models are.</param>
    /// <param name="catalogue">The models that can be named; null for <see cref="ModelCatalogue.Default"/>.</param>
    public ModelStore(ModelFolders folders, ModelCatalogue? catalogue = null)
        : this(folders, catalogue ?? ModelCatalogue.Default, new DownloadPolicy())
    {
    }

    internal ModelStore(ModelFolders folders, ModelCatalogue catalogue, DownloadPolicy policy)
    {
        this.folders = folders;
        this.policy = policy;
        Catalogue = catalogue;
        memory = new DigestMemory(folders.DigestMemory, policy.Time);
    }

    /// <summary>The models that can be named.</summary>
    public ModelCatalogue Catalogue { get; }

    /// <summary>Finds a speech model, downloading it if need be, and checks it.</summary>
    /// <param name="nameOrPath">A name of the catalogue, or the path of any ggml file.</param>
    /// <param name="progress">Told of a download.</param>
    /// <param name="cancel">Ends a download within a second; what has arrived is kept.</param>
    /// <exception cref="CesarException">
    /// The name is unknown, the file is missing, damaged or no speech model, or the download failed: always of the
    /// kind <see cref="CesarErrorKind.Model"/>.
    /// </exception>
    public Task<ModelFile> ResolveAsync(string nameOrPath, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        if (Catalogue.TryFind(nameOrPath) is { } model)
        {
            return model.Kind == ModelKind.Speech ? ResolveAsync(model, progress, cancel) : throw ModelErrors.NotSpeech(model);
        }

        return LooksLikePath(nameOrPath) ? ResolveFileAsync(nameOrPath, cancel) : throw Catalogue.Unknown(nameOrPath);
    }

    /// <summary>Finds the bundled voice activity model and checks it.</summary>
    /// <exception cref="CesarException">The file is missing or damaged.</exception>
    public Task<ModelFile> ResolveVoiceActivityAsync(CancellationToken cancel = default) =>
        ResolveBundledAsync(ModelKind.VoiceActivity, cancel);

    /// <summary>Finds the bundled model of a kind and checks it.</summary>
    /// <exception cref="CesarException">The file is missing or damaged.</exception>
    internal Task<ModelFile> ResolveBundledAsync(ModelKind kind, CancellationToken cancel) =>
        ResolveAsync(Catalogue.Models.First(model => model.Kind == kind && model.Bundled), progress: null, cancel);

    /// <summary>Finds a catalogue model of any kind, downloading it if need be, and checks it.</summary>
    /// <inheritdoc cref="ResolveAsync(string, IProgress{DownloadProgress}?, CancellationToken)"/>
    public async Task<ModelFile> ResolveAsync(CatalogueModel model, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        string path = PathOf(model);
        if (!File.Exists(path))
        {
            if (model.Bundled)
            {
                throw ModelErrors.BundledMissing(model, path);
            }

            await new ModelDownload(folders.Location, policy).RunAsync(model, path, progress, cancel).ConfigureAwait(false);
        }

        return await ReadingAsync(path, () => CheckAsync(model, path, cancel)).ConfigureAwait(false);
    }

    /// <summary>What using a speech model would take; nothing is downloaded.</summary>
    /// <param name="nameOrPath">A name of the catalogue, or the path of any ggml file.</param>
    /// <param name="cancel">Ends the reading of a file.</param>
    /// <exception cref="CesarException">The name is unknown, or the file is missing, damaged or no speech model.</exception>
    internal async Task<ModelNeed> NeedAsync(string nameOrPath, CancellationToken cancel)
    {
        if (Catalogue.TryFind(nameOrPath) is { Kind: ModelKind.Speech, Bundled: false } model && !File.Exists(PathOf(model)))
        {
            return new ModelNeed(new ModelIdentity(model.Name, model.Sha256 ?? ""), null, model.Bytes - new PartFile(PathOf(model)).Bytes);
        }

        ModelFile file = await ResolveAsync(nameOrPath, progress: null, cancel).ConfigureAwait(false);
        return new ModelNeed(file.Identity, file, 0);
    }

    /// <summary>Every model of the catalogue and whether its file is there, judged by size.</summary>
    public IReadOnlyList<ModelInfo> List() => [.. Catalogue.Models.Select(Info)];

    /// <summary>Deletes a downloaded model, and what is left of an unfinished download of it.</summary>
    /// <param name="name">A name of the catalogue.</param>
    /// <returns>Whether there was anything to delete.</returns>
    /// <exception cref="CesarException">The name is unknown, the model is bundled, or its file cannot be deleted.</exception>
    public bool Remove(string name)
    {
        CatalogueModel model = Catalogue.Find(name);
        if (model.Bundled)
        {
            throw ModelErrors.BundledStays(model);
        }

        string path = PathOf(model);
        var part = new PartFile(path);
        try
        {
            bool existed = File.Exists(path) || File.Exists(part.Path);
            if (existed)
            {
                File.Delete(path);
                part.Discard();
            }

            return existed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.FolderUnwritable(folders.User, error);
        }
    }

    /// <summary>Whether a model that is in no catalogue is named by its path: by the looks of it, or because such a file exists.</summary>
    /// <param name="text">What the user typed.</param>
    public static bool LooksLikePath(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains(Path.DirectorySeparatorChar) || text.Contains(Path.AltDirectorySeparatorChar)
            || text.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase)
            || File.Exists(text);
    }

    private string PathOf(CatalogueModel model) => Path.Combine(model.Bundled ? folders.Bundled : folders.User, model.FileName);

    private ModelInfo Info(CatalogueModel model)
    {
        FileInfo file = RealFile.At(PathOf(model));
        return new ModelInfo
        {
            Name = model.Name,
            Kind = model.Kind,
            Bytes = model.Bytes,
            Multilingual = model.Multilingual,
            Quantisation = model.Quantisation,
            Parameters = model.Parameters,
            Presence = !file.Exists ? ModelPresence.Absent
                : file.Length != model.Bytes ? ModelPresence.Damaged
                : model.Bundled ? ModelPresence.Bundled
                : ModelPresence.Downloaded,
            Bundled = model.Bundled,
            Path = PathOf(model),
            Sha256 = model.Sha256,
        };
    }

    private async Task<ModelFile> CheckAsync(CatalogueModel model, string path, CancellationToken cancel)
    {
        long bytes = RealFile.At(path).Length;
        if (bytes != model.Bytes)
        {
            throw ModelErrors.WrongSize(model, path, bytes);
        }

        FileDigests digests = await memory.DigestAsync(path, cancel).ConfigureAwait(false);
        if (!model.Matches(digests))
        {
            throw ModelErrors.WrongDigest(model, path, digests);
        }

        // The digest proves that the file is the published one; its header says what can be done with it.
        int languages = model.Kind == ModelKind.Speech ? GgmlModelFile.ReadHeader(path, path).Languages : 0;
        return new ModelFile(path, new ModelIdentity(model.Name, digests.Sha256), bytes, languages);
    }

    private Task<ModelFile> ResolveFileAsync(string typed, CancellationToken cancel)
    {
        string path = Path.GetFullPath(typed);
        if (!File.Exists(path))
        {
            string name = Path.GetFileName(path);
            throw ModelErrors.NotFound(typed, Catalogue.Models.FirstOrDefault(model => !model.Bundled && model.FileName == name)?.Name);
        }

        return ReadingAsync(typed, async () =>
        {
            // The structure first: it is checked in milliseconds, a digest may take seconds.
            GgmlHeader header = GgmlModelFile.Check(path, typed);
            FileDigests digests = await memory.DigestAsync(path, cancel).ConfigureAwait(false);
            return new ModelFile(path, new ModelIdentity(Path.GetFileName(path), digests.Sha256), RealFile.At(path).Length, header.Languages);
        });
    }

    private static async Task<ModelFile> ReadingAsync(string shown, Func<Task<ModelFile>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.Unreadable(shown, error);
        }
    }
}
