namespace CesarPS.Console;

/// <summary>What the program ends with. Help lists these; scripts rest on them.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int SomeFailed = 1;
    public const int Usage = 2;
    public const int Cancelled = 130;

    /// <summary>The reader of standard output went away: what a program ended by SIGPIPE reports to a shell.</summary>
    public const int OutputClosed = 141;

    /// <summary>The code of an error that ends the command before any recording is worked on.</summary>
    public static int Of(CesarException error) =>
        error.Kind == CesarErrorKind.Option || error.ErrorId == "ModelUnknown" ? Usage : SomeFailed;
}
