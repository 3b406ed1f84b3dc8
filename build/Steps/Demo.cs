namespace CesarPS.Build.Steps;

/// <summary>Transcribes the sample recording with the staged console, on the screen.</summary>
internal static class Demo
{
    public static int Run(Repository repository)
    {
        string recording = Path.Combine(repository.Samples, "conversation.mp3");
        Say.Line($"==> {repository.Show(repository.ConsoleProgram)} transcribe {repository.Show(recording)}");
        Say.Line("");
        return Tool.Run(repository, repository.ConsoleProgram,
            ["transcribe", repository.Show(recording), "--format", "txt"], DotnetRoot.Variable);
    }
}
