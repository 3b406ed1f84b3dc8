using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CesarPS.Console.Output;

/// <summary>Tables and JSON on standard output.</summary>
internal static class StandardOutputForms
{
    /// <summary>The columns of the terminal; plenty where a program reads.</summary>
    public static int Columns => System.Console.IsOutputRedirected ? 1000 : Math.Max(40, System.Console.WindowWidth);

    /// <summary>Writes one JSON document and a line feed.</summary>
    public static void WriteJson(this StandardOutput output, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        output.Write(writer => writer.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length)));
    }

    /// <summary>Writes a table as wide as the terminal, or as it is wide itself where a program reads it.</summary>
    public static void WriteRendered(this StandardOutput output, IRenderable table)
    {
        using StringWriter text = new() { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Columns;
        console.Write(table);
        string[] lines = text.ToString().Split('\n');
        output.Write(writer => writer.Write(string.Join('\n', lines.Select(line => line.TrimEnd()))));
    }
}
