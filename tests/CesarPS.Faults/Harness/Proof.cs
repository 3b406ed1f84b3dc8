namespace CesarPS.Faults.Harness;

/// <summary>One way to break the cache, and what must hold all the same.</summary>
internal abstract class Proof
{
    /// <summary>What it is called on the command line.</summary>
    public string Name => GetType().Name;

    /// <summary>Runs it.</summary>
    /// <exception cref="ProofFailedException">Something did not hold.</exception>
    public abstract Task RunAsync(ProofRun run);

    /// <summary>What a child process of this proof does.</summary>
    /// <param name="arguments">As the parent gave them to <see cref="Child.Start"/>.</param>
    /// <returns>The exit code.</returns>
    public virtual Task<int> ChildAsync(string[] arguments) => throw new NotSupportedException($"{Name} has no children.");
}
