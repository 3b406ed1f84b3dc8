using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Configuration;

/// <summary>Changes one setting in the configuration file and leaves every other byte of it as it is, comments included.</summary>
public static class ConfigurationFileWriter
{
    /// <summary>Writes a setting. The file is replaced at one stroke, or made where there is none.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">The text of its value; null for the default.</param>
    /// <param name="file">The file; null for <see cref="ConfigurationFile.Path"/>.</param>
    /// <exception cref="CesarException">
    /// There is no such setting, the text is no value for it, the file is damaged, or it cannot be written
    /// (<c>ConfigurationFileUnwritable</c>).
    /// </exception>
    public static void Set(string name, string? value, string? file = null)
    {
        ConfigurationKey key = ConfigurationKeys.Find(name);
        if (key.OncePerRun || (value is not null && ValueText.Complaint(key.Kind, value) is not null))
        {
            throw new CesarException(CesarErrorKind.Option, "ConfigurationInvalid", key.OncePerRun
                ? $"'{key.Name}' goes with one run and cannot be kept."
                : $"'{value}' is no value for '{key.Name}', which {ValueText.Complaint(key.Kind, value!)}.");
        }

        string path = file ?? ConfigurationFile.Path();
        try
        {
            // Where the file is a link, it stays one.
            FileInfo real = RealFile.At(path);
            Replace(real, Edit(real.Exists ? File.ReadAllBytes(real.FullName) : "{\n}\n"u8.ToArray(), key, value));
        }
        catch (JsonException e)
        {
            throw ConfigurationFile.Invalid(path, $"is not valid JSON (line {e.LineNumber + 1}, column {e.BytePositionInLine + 1})", e);
        }
        catch (FormatException e)
        {
            throw ConfigurationFile.Invalid(path, "must hold one object, such as { \"model\": \"small\" }", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CesarException(CesarErrorKind.Output, "ConfigurationFileUnwritable",
                $"The setting '{key.Name}' cannot be written to '{path}': {e.Message.TrimEnd('.')}. {ConfigurationFile.Variable} names another file, {key.Variable} sets the value without one.", e);
        }
    }

    private static byte[] Edit(byte[] text, ConfigurationKey key, string? value)
    {
        int mark = text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        Span<byte> json = text.AsSpan(mark);
        string quoted = value is null ? "null" : $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)}\"";
        (Range place, bool replaces, bool isFirst) = Find(json, key);
        if (!replaces)
        {
            string gap = json.Contains((byte)'\n') ? "\n  " : " ";
            quoted = $"{(isFirst ? "" : ",")}{gap}\"{key.Name}\": {quoted}";
        }

        return [.. text[..mark], .. json[..place.Start], .. Encoding.UTF8.GetBytes(quoted), .. json[place.End..]];
    }

    // The place of the value that is there (of several the last counts), or the empty place where the setting is to be added.
    private static (Range Place, bool Replaces, bool IsFirst) Find(ReadOnlySpan<byte> json, ConfigurationKey key)
    {
        Utf8JsonReader reader = new(json, ConfigurationFile.Leniency);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException();
        }

        int end = (int)reader.BytesConsumed;
        Range? found = null;
        bool isFirst = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = key.Name.Equals(reader.GetString(), StringComparison.OrdinalIgnoreCase);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            end = (int)reader.BytesConsumed;
            found = isIt ? start..end : found;
            isFirst = false;
        }

        // What follows the object would be an error for who reads the file.
        reader.Read();
        return found is { } place ? (place, true, isFirst) : (end..end, false, isFirst);
    }

    private static void Replace(FileInfo file, byte[] text)
    {
        file.Directory!.Create();
        string temporary = Path.Combine(file.DirectoryName!, $".cesar-{Path.GetRandomFileName()}.tmp");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(text);
                stream.Flush(flushToDisk: true);
            }

            if (file.Exists && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, file.UnixFileMode);
            }

            File.Move(temporary, file.FullName, overwrite: true);
        }
        catch (Exception)
        {
            File.Delete(temporary);
            throw;
        }
    }
}
