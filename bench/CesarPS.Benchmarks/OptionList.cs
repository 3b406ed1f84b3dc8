using System.Globalization;

namespace CesarPS.Benchmarks;

/// <summary>The options of a command, each with one value; what nobody took is refused.</summary>
internal sealed class OptionList
{
    private readonly Dictionary<string, string> _values = [];

    public OptionList(string[] arguments)
    {
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length || !_values.TryAdd(arguments[i], arguments[i + 1]))
            {
                throw new BenchException($"{arguments[i]}: give each option once, with its value. --help shows them.");
            }
        }
    }

    /// <summary>Takes an option's value; null where it was not given.</summary>
    public string? Take(string name) => _values.Remove(name, out string? value) ? value : null;

    /// <summary>A whole number from 1 on.</summary>
    public static int Positive(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new BenchException($"{name}: '{text}' is not a whole number from 1 on.");

    /// <summary>Refuses what is left.</summary>
    public void End()
    {
        if (_values.Count > 0)
        {
            throw new BenchException($"'{_values.Keys.First()}' is not an option of this command. --help shows them.");
        }
    }
}
