using System.Globalization;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults;

/// <summary>What the command line asks for.</summary>
/// <param name="Large">Whether the large counts are run.</param>
/// <param name="Seed">Where all randomness begins.</param>
/// <param name="Folder">Where the folders of the proofs are made.</param>
/// <param name="Proofs">The proofs to run.</param>
internal sealed record Request(bool Large, int Seed, string Folder, IReadOnlyList<Proof> Proofs)
{
    /// <summary>Reads the arguments.</summary>
    /// <returns>What is wrong with them; null where nothing is.</returns>
    public static string? TryParse(string[] arguments, IReadOnlyList<Proof> all, out Request? request)
    {
        request = null;
        bool large = false;
        int seed = Random.Shared.Next();
        string folder = Path.GetTempPath();
        List<Proof> chosen = [];
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            if (argument == "--large")
            {
                large = true;
            }
            else if (argument == "--seed" && rest.TryDequeue(out string? number) && int.TryParse(number, CultureInfo.InvariantCulture, out seed))
            {
                continue;
            }
            else if (argument == "--folder" && rest.TryDequeue(out string? path))
            {
                folder = Path.GetFullPath(path);
            }
            else if (all.FirstOrDefault(proof => proof.Name.Equals(argument, StringComparison.OrdinalIgnoreCase)) is { } named)
            {
                chosen.Add(named);
            }
            else
            {
                return $"""
                    Usage: CesarPS.Faults [--large] [--seed N] [--folder DIR] [NAME...]
                    Proofs: {string.Join(' ', all.Select(proof => proof.Name))}
                    """;
            }
        }

        request = new Request(large, seed, folder, chosen.Count > 0 ? chosen : all);
        return null;
    }
}
