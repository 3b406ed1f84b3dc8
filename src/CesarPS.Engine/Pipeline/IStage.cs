using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// Turns one typed input into one typed output, and says what decides it. Keeping, locking and sharing are
/// <see cref="StageRunner"/>'s.
/// </summary>
/// <typeparam name="TIn">The input.</typeparam>
/// <typeparam name="TOut">The output.</typeparam>
internal interface IStage<in TIn, TOut>
{
    /// <summary>Name and version.</summary>
    StageId Id { get; }

    /// <summary>How the output is written.</summary>
    ICacheCodec<TOut> Codec { get; }

    /// <summary>The identity of the input with its namespace, such as <c>pcm:</c> and a digest.</summary>
    string Identify(TIn input);

    /// <summary>Names every field that decides the output, and no other.</summary>
    void Describe(TIn input, KeyBuilder key);

    /// <summary>The oldest output that is served without a question; null for any age.</summary>
    TimeSpan? MaxAge(TIn input) => null;

    /// <summary>Whether an output that was found may be served. Stages whose input may change behind their back say no to what must be asked about.</summary>
    bool MayServe(TIn input, FoundEntry<TOut> found) => !found.IsExpired;

    /// <summary>Whether a failure is one for all who ask for this output. Stages whose failure depends on who asks, and how, say no.</summary>
    bool SharesFailures => true;

    /// <summary>Whether an output must outlast a power cut. Stages whose work is soon done again say no.</summary>
    bool IsDurable => true;

    /// <summary>Does the work.</summary>
    /// <exception cref="CesarException">The work cannot be done.</exception>
    Task<TOut> RunAsync(TIn input, CacheWork work, CancellationToken cancel);
}
