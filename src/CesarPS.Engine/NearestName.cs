namespace CesarPS.Engine;

/// <summary>Finds the name that a user most likely meant when a typed one is unknown.</summary>
internal static class NearestName
{
    /// <summary>The known name closest to <paramref name="typed"/>, or null when none is close enough to be meant.</summary>
    /// <param name="typed">What the user typed.</param>
    /// <param name="names">The known names; of two that are equally close the first is taken.</param>
    public static string? Of(string typed, IEnumerable<string> names)
    {
        string wanted = typed.Trim().ToLowerInvariant();
        string? nearest = null;
        int least = int.MaxValue;
        foreach (string name in names)
        {
            int distance = Distance(wanted, name.ToLowerInvariant());
            // One slip in a short name, two or three in a long one; and never a name that shares nothing.
            int allowed = Math.Min(Math.Max(1, Math.Max(wanted.Length, name.Length) / 3), name.Length - 1);
            if (distance <= allowed && distance < least)
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest;
    }

    /// <summary>A sentence for the end of an error message, with a space before it; empty when no name is near.</summary>
    /// <inheritdoc cref="Of"/>
    public static string Suggestion(string typed, IEnumerable<string> names) =>
        Of(typed, names) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>Edits from one text to the other: insertions, deletions, substitutions and swapped neighbours (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        int[] beforeLast = new int[right.Length + 1];
        int[] last = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int[] current = new int[right.Length + 1];
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substitution = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last) = (last, current);
        }

        return last[right.Length];
    }
}
