using System.Globalization;
using System.Runtime.InteropServices;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Files;
using CesarPS.Engine.Inference;
using CesarPS.Engine.Models;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Speech.Whisper;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Diagnostics;

/// <summary>Looks at everything that the engine depends on, and says what is wrong and how to mend it.</summary>
public static class Checkup
{
    // Below this a download of the default size or a long transcript is at risk.
    private const long LittleSpace = 512L << 20;

    /// <summary>Looks at all of it, the user's configuration first. With a broken one the rest is looked at by the defaults.</summary>
    /// <param name="baseDirectory">The folder of the program or module, with native libraries and models beside it.</param>
    /// <param name="cancel">Stops the looking.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(string baseDirectory, CancellationToken cancel = default)
    {
        (Finding configuration, EngineSettings settings) = Configured(baseDirectory);
        return [configuration, .. await RunAsync(settings, cancel).ConfigureAwait(false)];
    }

    /// <summary>Looks at all of it. Nothing is thrown for what is missing: that is a finding.</summary>
    /// <param name="settings">Where the engine finds what it needs.</param>
    /// <param name="cancel">Stops the looking.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(EngineSettings settings, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var findings = new List<Finding>
        {
            new("processor", Processor()),
            Whisper(settings.Native),
            Onnx(settings.Native),
        };
        IReadOnlyList<ToolStatus> tools = await new ToolLocator(settings.Tools).CheckAllAsync(cancel).ConfigureAwait(false);
        findings.AddRange(tools.Select(tool => new Finding(tool.Name, tool.Version, tool.Path, tool.Problem, tool.Fix) { Optional = tool.Optional }));
        var store = new ModelStore(settings.Models);
        foreach (ModelInfo model in store.List().Where(model => model.Bundled || model.Presence != ModelPresence.Absent))
        {
            findings.Add(await ModelAsync(store, model, cancel).ConfigureAwait(false));
        }

        findings.Add(ModelFolder(settings.Models.User));
        findings.Add(Room(settings.Models.User));
        if (settings.Cache is { } cache)
        {
            findings.Add(CacheCheckup.Run(cache));
        }

        return findings;
    }

    /// <summary>The versions of the native engines, such as <c>whisper.cpp 1.9.1</c>; what cannot be loaded says so.</summary>
    public static IReadOnlyList<string> EngineVersions(EngineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return
        [
            .. new[] { Whisper(settings.Native), Onnx(settings.Native) }
                .Select(finding => finding.IsGood ? finding.Version! : $"{finding.Name}: not usable ({finding.Problem})"),
        ];
    }

    private static (Finding Finding, EngineSettings Settings) Configured(string baseDirectory)
    {
        string file = ConfigurationFile.Path();
        try
        {
            Configuration.Configuration configuration = Configuration.Configuration.Load();
            configuration.Transcription();
            return (new Finding("configuration", File.Exists(file) ? "valid" : "no file (none is needed)", file), configuration.Engine(baseDirectory));
        }
        catch (CesarException e)
        {
            return (new Finding("configuration", null, file, e.Message, "Mend the file or the variable that the message names; without either the defaults hold."),
                EngineSettings.Beside(baseDirectory) with { Cache = new CacheSettings { Directory = CacheSettings.DefaultDirectory() } });
        }
    }

    private static Finding Whisper(NativeDirectory native) =>
        Try("whisper library", native.Path, () => new WhisperLibrary(native).EngineVersion);

    private static Finding Onnx(NativeDirectory native) => Try("ONNX Runtime", native.Path, () => $"ONNX Runtime {OnnxRuntime.VersionOf(native)}");

    private static async Task<Finding> ModelAsync(ModelStore store, ModelInfo model, CancellationToken cancel)
    {
        string name = $"model {model.Name}";
        try
        {
            ModelFile file = await store.ResolveAsync(store.Catalogue.Find(model.Name), cancel: cancel).ConfigureAwait(false);
            return new Finding(name, $"verified, {file.Bytes >> 20} MiB", file.Path);
        }
        catch (CesarException e)
        {
            return Broken(name, model.Path, e) with { Optional = !model.Bundled };
        }
    }

    private static Finding ModelFolder(string folder)
    {
        string existing = NearestFolder.Of(folder);
        try
        {
            // Made and gone at once: only the system knows who may write where.
            string probe = Path.Combine(existing, $".cesar-{Path.GetRandomFileName()}.tmp");
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            return new Finding("model folder", existing == folder ? "writable" : "made on the first download", folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string problem = $"Models cannot be written there: {e.Message}";
            Finding finding = new("model folder", null, folder, problem, "Mend the folder's permissions, or name another one with CESAR_MODELS.");
            return finding with { Optional = true };
        }
    }

    private static Finding Room(string folder)
    {
        if (FreeSpace.Of(folder) is not { } free)
        {
            return new Finding("free space", "not told by the system");
        }

        string text = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 30):0.0} GiB");
        Finding finding = new("free space", text);
        return free >= LittleSpace ? finding : finding with
        {
            Path = folder,
            Problem = "There is little space left on the disk of the model folder.",
            Fix = "Free some space, or name a folder on another disk with CESAR_MODELS.",
            Optional = true,
        };
    }

    private static Finding Try(string name, string path, Func<string> version)
    {
        try
        {
            return new Finding(name, version(), path);
        }
        catch (CesarException e)
        {
            return Broken(name, path, e);
        }
    }

    // A message of the engine ends with the remedy: its first sentence is what happened.
    private static Finding Broken(string name, string path, CesarException error)
    {
        int end = error.Message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0
            ? new Finding(name, null, path, error.Message)
            : new Finding(name, null, path, error.Message[..(end + 1)], error.Message[(end + 2)..]);
    }

    private static string Processor()
    {
        string list = string.Join(", ", ProcessorFeatures.Names());
        return string.Create(CultureInfo.InvariantCulture,
            $"{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}, {Environment.ProcessorCount} usable{(list.Length > 0 ? ": " + list : "")}");
    }
}
