using System.Globalization;
using Spectre.Console;

namespace CesarPS.Console.Output;

/// <summary>The table at the end of a batch: one row a recording.</summary>
internal static class SummaryTable
{
    public static void Write(IAnsiConsole console, IReadOnlyList<FileOutcome> outcomes, TimeSpan elapsed)
    {
        Table table = new() { Border = console.Profile.Capabilities.Unicode ? TableBorder.Rounded : TableBorder.Ascii };
        table.AddColumn("File");
        table.AddColumn(new TableColumn("Duration").RightAligned());
        table.AddColumn(new TableColumn("Elapsed").RightAligned());
        table.AddColumn(new TableColumn("× real time").RightAligned());
        table.AddColumn("Language");
        bool speakers = outcomes.Any(outcome => outcome.Transcript is { Turns.Count: > 0 });
        if (speakers)
        {
            table.AddColumn(new TableColumn("Speakers").RightAligned());
        }

        table.AddColumn("Result");
        foreach (FileOutcome outcome in outcomes)
        {
            table.AddRow([.. Row(outcome, speakers).Select(cell => new Text(cell))]);
        }

        console.Write(table);
        int failed = outcomes.Count(outcome => outcome.Failure is not null);
        TimeSpan audio = TimeSpan.FromTicks(outcomes.Sum(outcome => outcome.Transcript?.Duration.Ticks ?? 0));
        console.Write(new Text(string.Create(CultureInfo.InvariantCulture,
            $"{outcomes.Count - failed} done, {failed} failed; {Readable.Clock(audio)} of sound in {Readable.Spent(elapsed)} ({Readable.Speed(audio, elapsed)})\n")));
    }

    private static string[] Row(FileOutcome outcome, bool speakers)
    {
        string name = Shown.Name(outcome.Input);
        string[] count = speakers ? [outcome.Transcript is { } told ? told.Speakers.Count.ToString(CultureInfo.InvariantCulture) : ""] : [];
        return outcome.Transcript is not { } transcript || outcome.Failure is not null
            ? [name, "", Readable.Spent(outcome.Elapsed), "", "", .. count, outcome.Failure?.ErrorId ?? "failed"]
            :
            [
                name, Readable.Clock(transcript.Duration), Readable.Spent(outcome.Elapsed),
                string.Create(CultureInfo.InvariantCulture, $"{transcript.Duration / outcome.Elapsed:0.0}"),
                Languages.NameOf(transcript.Language), .. count, transcript.Segments.Count == 0 ? "no speech" : "done",
            ];
    }
}
