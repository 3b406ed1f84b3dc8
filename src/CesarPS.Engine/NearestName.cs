namespace CesarPS.Engine;

/// <summary>Finds the known name that a mistyped one was most likely meant to be.</summary>
internal static class NearestName
{
    /// <summary>The known name nearest to what was typed, or null where none is near enough to be worth naming.</summary>
    /// <remarks>Nearness is Levenshtein's edit distance, regardless of case: at most a third of the letters may differ, and at least one may.</remarks>
    public static string? Suggest(string typed, IEnumerable<string> known)
    {
        int limit = Math.Max(1, typed.Length / 3);
        return known
            .Select(name => (Name: name, Distance: Distance(typed.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    private static int Distance(string from, string to)
    {
        // One row of the dynamic programme at a time: row[j] is the distance of the letters so far to the first j of `to`.
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j - 1], row[j]) + 1);
            }
        }

        return row[to.Length];
    }
}
