namespace CesarPS.Faults.Harness;

/// <summary>Something that must hold did not; the message says what was seen.</summary>
internal sealed class ProofFailedException(string message) : Exception(message)
{
    /// <summary>Fails unless something holds.</summary>
    public static void Unless(bool holds, Func<string> seen)
    {
        if (!holds)
        {
            throw new ProofFailedException(seen());
        }
    }
}
