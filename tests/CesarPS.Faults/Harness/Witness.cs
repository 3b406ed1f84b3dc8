using System.Diagnostics;

namespace CesarPS.Faults.Harness;

/// <summary>Sees whether two processes are at once where only one may be, without any lock of the cache.</summary>
internal sealed class Witness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
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
                using FileStream stream = new(inside, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                stream.Write(BitConverter.GetBytes(Environment.ProcessId));
                break;
            }
            catch (IOException) when (File.Exists(inside))
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
            byte[] who;
            try
            {
                who = File.ReadAllBytes(inside);
            }
            catch (FileNotFoundException)
            {
                throw new ProofFailedException("Two holders at once: the other one left while this one was in.");
            }

            // Killed between the making of the file and the writing of its number: nobody else can be told from that.
            if (who.Length < sizeof(int) ? Stopwatch.GetElapsedTime(started) > Patience : Crew.IsDead(BitConverter.ToInt32(who)))
            {
                File.Delete(inside);
                return;
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new ProofFailedException(FormattableString.Invariant($"Two holders at once: process {BitConverter.ToInt32(who)} lives and is in."));
            }

            Thread.Sleep(1);
        }
    }
}
