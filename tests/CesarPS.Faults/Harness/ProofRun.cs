using System.Globalization;

namespace CesarPS.Faults.Harness;

/// <summary>One run of a proof: its counts, its randomness, its folders, and what it prints.</summary>
internal sealed class ProofRun(string proof, Request request) : IDisposable
{
    private const string Memory = "/dev/shm";
    private const long Room = 500_000_000;

    private readonly List<Place> _places = [];

    /// <summary>Whether the large counts are run.</summary>
    public bool Large => request.Large;

    /// <summary>Where all randomness begins.</summary>
    public int Seed => request.Seed;

    /// <summary>The proof's own randomness.</summary>
    public Random Random { get; } = new(request.Seed);

    /// <summary>How many parts were left out.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The count of this run.</summary>
    public int Count(int small, int large) => Large ? large : small;

    /// <summary>A new folder, removed when the run is over.</summary>
    /// <param name="inMemory">Whether a disk of memory will do, where there is one: for proofs that are about other things than the disk.</param>
    public Place NewPlace(bool inMemory = false)
    {
        Place place = new(inMemory && HasRoom ? Memory : request.Folder);
        lock (_places)
        {
            _places.Add(place);
        }

        return place;
    }

    /// <summary>Starts a child process of this proof.</summary>
    public Child Start(params string[] arguments) => Child.Start(proof, arguments);

    /// <summary>Starts a child process of this proof by way of another program.</summary>
    public Child Start(ChildSetting setting, params string[] arguments) => Child.Start(proof, arguments, setting);

    /// <summary>Prints a figure.</summary>
    public static void Figure(FormattableString text) => Console.WriteLine("    " + text.ToString(Figures));

    /// <summary>Says that a part cannot be run here, and why.</summary>
    public void LeaveOut(string part, string reason)
    {
        LeftOut++;
        Console.WriteLine($"    left out: {part} ({reason})");
    }

    /// <inheritdoc/>
    public void Dispose() => _places.ForEach(place => place.Dispose());

    // Containers often have one of a few megabytes.
    private static bool HasRoom { get; } = Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= Room;

    private static CultureInfo Figures => CultureInfo.InvariantCulture;
}
