using System.Runtime.InteropServices;

namespace CesarPS.Engine.Audio;

/// <summary>Tells ordinary files from pipes and devices without opening them: opening a pipe waits for its writer.</summary>
internal static partial class RegularFile
{
    private const int CurrentFolder = -100;       // AT_FDCWD
    private const uint TypeField = 1;             // STATX_TYPE
    private const int ModeOffset = 28;            // offsetof(struct statx, stx_mode)
    private const int TypeMask = 0xF000;          // S_IFMT
    private const int OrdinaryFile = 0x8000;      // S_IFREG

    /// <summary>False only where the system says that the path is something else.</summary>
    public static bool IsPossible(string fullPath)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        Span<byte> statx = stackalloc byte[256];
        try
        {
            return Statx(CurrentFolder, fullPath, 0, TypeField, ref MemoryMarshal.GetReference(statx)) != 0
                || (BitConverter.ToUInt16(statx[ModeOffset..]) & TypeMask) == OrdinaryFile;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return true;
        }
    }

    /// <summary>statx(2): its structure is the same on every architecture and C library.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte buffer);
}
