using System.Diagnostics;
using System.Globalization;

namespace CesarPS.Faults.Harness;

/// <summary>Sees whether two processes are at once where only one may be, without any lock of the cache.</summary>
internal sealed class Witness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _path;
    private readonly int _count;

    private Witness(string path, int count)
    {
        _path = path;
        _count = count;
    }

    /// <summary>Notes that this process is in.</summary>
    /// <param name="path">Where; the counter is beside it.</param>
    /// <exception cref="ProofFailedException">Another one is in.</exception>
    public static Witness Enter(string path)
    {
        string inside = path + ".in";
        while (true)
        {
            try
            {
                // A link is made with what it says at one stroke, and fails where there is one.
                File.CreateSymbolicLink(inside, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                break;
            }
            catch (IOException) when (IsThere(inside))
            {
                RemoveOfTheDead(inside);
            }
        }

        return new Witness(path, Count(path));
    }

    /// <summary>Notes that this process is about to leave.</summary>
    public void Leave()
    {
        // In place, so that a death in between loses this count and not those before.
        using (FileStream counter = new(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
        {
            counter.Write(BitConverter.GetBytes(_count + 1));
        }

        File.Delete(_path + ".in");
    }

    /// <summary>How often somebody was in; who died before he left is not counted.</summary>
    public static int Count(string path) => File.Exists(path) && File.ReadAllBytes(path) is { Length: sizeof(int) } count ? BitConverter.ToInt32(count) : 0;

    // A process that dies lets go of its locks a moment before it is seen to be dead. One that lives ends the wait by leaving.
    private static void RemoveOfTheDead(string inside)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            string who = new FileInfo(inside).LinkTarget ?? throw new ProofFailedException("Two holders at once: the other one left while this one was in.");
            if (Crew.IsDead(int.Parse(who, CultureInfo.InvariantCulture)))
            {
                File.Delete(inside);
                return;
            }

            ProofFailedException.Unless(Stopwatch.GetElapsedTime(started) < Patience, () => $"Two holders at once: process {who} lives and is in.");
            Thread.Sleep(1);
        }
    }

    private static bool IsThere(string inside) => new FileInfo(inside).LinkTarget is not null;
}
