using System.Runtime.InteropServices;

namespace CesarPS.Build;

/// <summary>
/// Brings files into out/ and leaves alone what is already the same there, by length and time.
/// Large files are hard links where the file system can, so that a model is on the disk once.
/// </summary>
internal static partial class Mirror
{
    /// <summary>Makes one file the same as its source.</summary>
    public static void File(string source, string target, bool link = false)
    {
        var from = new FileInfo(source);
        if (!from.Exists)
        {
            throw new BuildException($"{source} is missing.");
        }

        var to = new FileInfo(target);
        if (to.Exists && to.Length == from.Length && to.LastWriteTimeUtc == from.LastWriteTimeUtc)
        {
            return;
        }

        Directory.CreateDirectory(to.DirectoryName!);
        // Removed first: the old file may be linked elsewhere, or be the program that somebody is running.
        to.Delete();
        if (!link || !TryLink(source, target))
        {
            from.CopyTo(target);
        }
    }

    /// <summary>Makes a folder hold the same files as its source, and no other, save the subfolders in <paramref name="keep"/>.</summary>
    public static void Folder(string source, string target, params string[] keep)
    {
        Directory.CreateDirectory(target);
        foreach (string file in Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(target, file);
            if (!keep.Contains(relative.Split(Path.DirectorySeparatorChar)[0]) && !System.IO.File.Exists(Path.Combine(source, relative)))
            {
                System.IO.File.Delete(file);
            }
        }

        Files(source, target);
    }

    /// <summary>Adds the files of one folder to another.</summary>
    public static void Files(string source, string target)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            File(file, Path.Combine(target, Path.GetRelativePath(source, file)));
        }
    }

    /// <summary>Makes a folder hold exactly these files, linked.</summary>
    public static void Links(IEnumerable<string> sources, string target)
    {
        string[] all = [.. sources];
        Directory.CreateDirectory(target);
        foreach (string file in Directory.EnumerateFiles(target).Where(file => !all.Any(source => Path.GetFileName(source) == Path.GetFileName(file))))
        {
            System.IO.File.Delete(file);
        }

        foreach (string source in all)
        {
            File(source, Path.Combine(target, Path.GetFileName(source)), link: true);
        }
    }

    /// <summary>False where it cannot be: another volume, or a file system without links.</summary>
    private static bool TryLink(string source, string target) => OperatingSystem.IsWindows()
        ? CreateHardLink(target, source, 0)
        : Link(source, target) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string source, string target);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string target, string source, nint mustBeZero);
}
