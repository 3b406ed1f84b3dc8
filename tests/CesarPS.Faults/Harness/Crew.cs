using System.Globalization;

namespace CesarPS.Faults.Harness;

/// <summary>Children that begin their work together.</summary>
internal sealed class Crew : IDisposable
{
    /// <summary>What a child says when it is ready.</summary>
    public const string IsReady = "ready";

    private readonly List<Child> _children = [];

    /// <summary>The children, those that replaced others included.</summary>
    public IReadOnlyList<Child> Children => _children;

    /// <summary>Adds a child.</summary>
    public void Add(Child child) => _children.Add(child);

    /// <summary>Lets all begin as soon as each has said that it is ready.</summary>
    public async Task BeginAsync()
    {
        foreach (Child child in _children)
        {
            await child.SaysAsync(IsReady);
        }

        _children.ForEach(child => child.Tell("go"));
    }

    /// <summary>Says that this child is ready, and waits until all are.</summary>
    public static void Ready()
    {
        Console.WriteLine(IsReady);
        Console.ReadLine();
    }

    /// <summary>Whether a process is no more, a dead one that nobody has asked about yet included.</summary>
    public static bool IsDead(int process)
    {
        try
        {
            // "pid (name) state ...": the name may hold anything but is last closed by a parenthesis.
            string status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return status[(status.LastIndexOf(')') + 2)..][0] is 'Z' or 'X';
        }
        catch (Exception error) when (error is IOException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _children.ForEach(child => child.Dispose());
}
