namespace CesarPS.Engine.Configuration;

/// <summary>Sets what is to last, and says what came of it.</summary>
public static class LastingSetting
{
    /// <summary>Writes a setting into the configuration file.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">The text of its value; null for the default.</param>
    /// <returns>The value that holds from now on: of no use was the writing where a variable of the environment says otherwise.</returns>
    /// <exception cref="CesarException">See <see cref="ConfigurationFileWriter.Set"/>.</exception>
    public static ConfigurationValue Set(string name, string? value)
    {
        ConfigurationKey key = ConfigurationKeys.Find(name);
        ConfigurationFileWriter.Set(key.Name, value);
        return Configuration.Load().Values.First(setting => setting.Name == key.Name);
    }
}
