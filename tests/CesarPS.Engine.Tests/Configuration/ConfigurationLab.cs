using CesarPS.Engine.Tests.Models;
using Settings = CesarPS.Engine.Configuration.Configuration;

namespace CesarPS.Engine.Tests.Configuring;

/// <summary>The layers of a configuration, each to be filled by a test.</summary>
public abstract class ConfigurationLab : IDisposable
{
    private protected readonly ScratchFolder _scratch = new();
    private protected readonly Dictionary<string, string> _environment = [];
    private protected readonly Dictionary<string, IReadOnlyList<string>> _typed = [];

    public void Dispose()
    {
        _scratch.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Settings Load() => Settings.Load(_typed, name => _environment.GetValueOrDefault(name), _scratch.At("config.json"));

    private protected void File(string content) => System.IO.File.WriteAllText(_scratch.At("config.json"), content);
}
