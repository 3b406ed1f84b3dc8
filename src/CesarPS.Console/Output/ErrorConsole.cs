using Spectre.Console;

namespace CesarPS.Console.Output;

/// <summary>Spectre's console on standard error: standard output is for transcripts.</summary>
internal static class ErrorConsole
{
    public static IAnsiConsole Create()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });
        if (System.Console.IsErrorRedirected)
        {
            // A log has no width to keep within.
            console.Profile.Width = 160;
        }

        return console;
    }
}
