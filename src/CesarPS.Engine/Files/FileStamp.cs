using System.Runtime.InteropServices;

namespace CesarPS.Engine.Files;

/// <summary>What shows, without reading a file, whether it is still the one that was read before.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="WrittenTicks">When its content was last written (UTC ticks).</param>
/// <param name="Device">Its volume; 0 where the system does not tell.</param>
/// <param name="Inode">Its number on its volume; 0 where the system does not tell.</param>
/// <param name="ChangedNanoseconds">When its inode last changed, which no program can set back; 0 where the system does not tell.</param>
internal sealed partial record FileStamp(long Bytes, long WrittenTicks, ulong Device, ulong Inode, long ChangedNanoseconds)
{
    private const int CurrentFolder = -100;
    private const uint InodeAndChange = 0x00000100 | 0x00000080;

    /// <summary>The stamp of a file now.</summary>
    public static FileStamp Of(string path)
    {
        FileInfo file = RealFile.At(path);
        (ulong device, ulong inode, long changed) = OperatingSystem.IsLinux() ? AskLinux(path) : (0, 0, 0);
        return new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks, device, inode, changed);
    }

    /// <summary>
    /// Whether the file was left alone for two seconds: the clocks of file systems are coarse (two seconds on FAT), so
    /// that a file may change again within one tick and keep its stamp.
    /// </summary>
    public bool IsSettled(DateTimeOffset now)
    {
        long settledTicks = now.UtcTicks - TimeSpan.FromSeconds(2).Ticks;
        long changedTicks = ChangedNanoseconds == 0 ? 0 : DateTime.UnixEpoch.Ticks + (ChangedNanoseconds / TimeSpan.NanosecondsPerTick);
        return WrittenTicks < settledTicks && changedTicks < settledTicks;
    }

    private static (ulong Device, ulong Inode, long Changed) AskLinux(string path)
    {
        try
        {
            return statx(CurrentFolder, path, 0, InodeAndChange, out LinuxStatus status) == 0
                ? (((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode, (status.ChangedSeconds * 1_000_000_000) + status.ChangedNanoseconds)
                : (0, 0, 0);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // A C library from before statx; size and time of writing must do.
            return (0, 0, 0);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, out LinuxStatus status);

    // The head of struct statx, which is the same on every processor (linux/stat.h).
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct LinuxStatus
    {
        [FieldOffset(0x20)]
        public ulong Inode;

        [FieldOffset(0x60)]
        public long ChangedSeconds;

        [FieldOffset(0x68)]
        public uint ChangedNanoseconds;

        [FieldOffset(0x88)]
        public uint DeviceMajor;

        [FieldOffset(0x8C)]
        public uint DeviceMinor;
    }
}
