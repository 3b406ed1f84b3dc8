using System.Globalization;
using System.Text;

namespace CesarPS.Engine.Caching;

/// <summary>
/// Collects what decides a stage's result. Values become text in the invariant culture, numbers so that they read
/// back as the same bits.
/// </summary>
/// <param name="stage">The stage's name.</param>
/// <param name="version">The stage's version.</param>
/// <param name="input">The input with its namespace: <c>local_file:</c>, <c>url:</c>, <c>youtube:</c>, <c>pcm:</c> …</param>
public sealed class KeyBuilder(string stage, int version, string input)
{
    private readonly List<KeyField> _fields = [];

    /// <summary>Adds a text, or that there is none.</summary>
    /// <exception cref="ArgumentException">The name was added before.</exception>
    public KeyBuilder Add(string name, string? value)
    {
        if (_fields.Exists(field => field.Name == name))
        {
            throw new ArgumentException($"The field '{name}' is in the key already.", nameof(name));
        }

        _fields.Add(new KeyField(Valid(name)!, Valid(value)));
        return this;
    }

    /// <summary>Adds a whole number.</summary>
    public KeyBuilder Add(string name, long value) => Add(name, Text(value));

    /// <summary>Adds a number.</summary>
    public KeyBuilder Add(string name, double value) => Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Adds a number of single precision, by its own shortest digits.</summary>
    public KeyBuilder Add(string name, float value) => Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Adds a switch.</summary>
    public KeyBuilder Add(string name, bool value) => Add(name, value ? "true" : "false");

    /// <summary>Adds a time, in ticks of 100 ns, or that there is none.</summary>
    public KeyBuilder Add(string name, TimeSpan? value) => Add(name, value is { } time ? Text(time.Ticks) : null);

    /// <summary>The key.</summary>
    public CacheKey Build() => new(Valid(stage)!, version, Valid(input)!, [.. _fields]);

    /// <summary>The text with halves of surrogate pairs replaced: no file could hold them, and keys must read back the same.</summary>
    internal static string? Valid(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>A whole number as keys write it.</summary>
    internal static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
