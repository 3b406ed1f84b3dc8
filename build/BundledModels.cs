using System.Security.Cryptography;

namespace CesarPS.Build;

/// <summary>The models that come with the project, held to models/SHA256SUMS.</summary>
internal static class BundledModels
{
    /// <summary>The paths of all bundled models. A file that is not what its digest says, missing or unlisted, ends the build.</summary>
    public static string[] Verified(Repository repository)
    {
        string list = Path.Combine(repository.Models, "SHA256SUMS");
        var digests = File.ReadLines(list)
            .Select(line => line.Split("  ", 2))
            .ToDictionary(parts => parts[1], parts => parts[0]);
        string[] present = [.. Directory.EnumerateFiles(repository.Models)
            .Where(file => Path.GetExtension(file) is ".bin" or ".onnx").Order(StringComparer.Ordinal)];
        if (!present.Select(Path.GetFileName).Order(StringComparer.Ordinal).SequenceEqual(digests.Keys.Order(StringComparer.Ordinal)))
        {
            throw new BuildException("The models in models/ are not the ones that models/SHA256SUMS lists. Restore them with: git checkout -- models");
        }

        foreach (string model in present)
        {
            using FileStream stream = File.OpenRead(model);
            if (Convert.ToHexStringLower(SHA256.HashData(stream)) != digests[Path.GetFileName(model)])
            {
                throw new BuildException($"{repository.Show(model)} is damaged: its SHA-256 is not the one in models/SHA256SUMS. Restore it with: git checkout -- models");
            }
        }

        return present;
    }
}
