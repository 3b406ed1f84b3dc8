namespace CesarPS.Engine.Transcripts;

/// <summary>Turns what the system says when a file cannot be written into an error that a user can act on.</summary>
internal static class OutputFailure
{
    // The system's error numbers: errno on Unix, Win32 codes in the low half of an HRESULT on Windows.
    private const int NoSpaceErrno = 28;
    private const int ReadOnlyErrno = 30;
    private const int QuotaErrnoLinux = 122;
    private const int QuotaErrnoMac = 69;
    private const int DiskFullWin32 = unchecked((int)0x80070070);
    private const int HandleDiskFullWin32 = unchecked((int)0x80070027);
    private const int WriteProtectWin32 = unchecked((int)0x80070013);

    /// <summary>The error for a failure to write into a folder.</summary>
    public static CesarException Explain(string folder, Exception cause)
    {
        (string id, string reason) = cause switch
        {
            _ when IsFull(cause.HResult) => ("OutputDiskFull",
                $"There is no space left to write the transcript to '{folder}'. Free some space, or give an output folder on another disk."),
            _ when cause.HResult is ReadOnlyErrno or WriteProtectWin32 => ("OutputFolderUnwritable",
                $"The output folder '{folder}' is on a read-only file system. Give an output folder that can be written to."),
            UnauthorizedAccessException => ("OutputFolderUnwritable",
                $"There is no permission to write to the output folder '{folder}'. Change its permissions, or give another output folder."),
            PathTooLongException => ("OutputFolderUnwritable",
                $"The path of the output folder '{folder}' is too long. Give a shorter one."),
            _ when File.Exists(folder) => ("OutputFolderUnwritable",
                $"The output folder '{folder}' is a file. Give the path of a folder, or of one to be made."),
            _ => ("OutputFolderUnwritable",
                $"The transcript cannot be written to '{folder}': {cause.Message.TrimEnd('.')}. Check the folder, or give another output folder."),
        };
        return new CesarException(CesarErrorKind.Output, id, reason, cause);
    }

    private static bool IsFull(int code) => code is DiskFullWin32 or HandleDiskFullWin32
        || (!OperatingSystem.IsWindows() && code is NoSpaceErrno)
        || (OperatingSystem.IsLinux() && code is QuotaErrnoLinux)
        || (OperatingSystem.IsMacOS() && code is QuotaErrnoMac);
}
