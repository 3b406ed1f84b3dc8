namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Word error rate: edits from what was said to what was written, per word that was said.</summary>
internal static class WordErrors
{
    public static double Rate(string said, string written)
    {
        string[] left = Words(said), right = Words(written);
        int[] last = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int[] current = new int[right.Length + 1];
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                current[j] = Math.Min(last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1), Math.Min(last[j], current[j - 1]) + 1);
            }

            last = current;
        }

        return (double)last[^1] / left.Length;
    }

    // Case and punctuation do not count, nor the number that "six" is written as in this conversation.
    private static string[] Words(string text) =>
        string.Concat(text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c == '\'' ? c : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "6" ? "six" : word).ToArray();
}
