namespace CesarPS.Build.Steps;

/// <summary>Makes the sample conversation again with samples/make-sample.sh.</summary>
internal static class Sample
{
    public static int Run(Repository repository)
    {
        if (Tool.Find("bash") is not { } bash)
        {
            throw new BuildException("samples/make-sample.sh needs bash, flite and ffmpeg. samples/conversation.mp3 is there already.");
        }

        return Tool.Run(repository, bash, [Path.Combine(repository.Samples, "make-sample.sh")]);
    }
}
