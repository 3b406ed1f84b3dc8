using System.Text;

namespace CesarPS.Console.Inputs;

/// <summary>The list of recordings on standard input: one a line, or ended by zero bytes where there are any (find -print0).</summary>
internal static class StandardInputList
{
    public static IReadOnlyList<string> Read()
    {
        using Stream input = System.Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return Names(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static string[] Names(string text)
    {
        text = text.TrimStart('\uFEFF');
        return text.Contains('\0', StringComparison.Ordinal)
            ? text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : [.. text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)];
    }
}
