using CesarPS.Engine.Tests;
using CesarPS.Engine.Tests.Pipeline;
using CesarPS.Engine.Tests.Speakers;
using CesarPS.Engine.Tests.Speech;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace CesarPS.Engine.Tests;

/// <summary>
/// Begins with the tests that transcribe: they run one after another in two collections and are most of it all, so that
/// whatever else there is fits behind them, and none of them is left for the end.
/// </summary>
/// <remarks>
/// xUnit hands all collections to the thread pool at once, and a thread of the pool takes the newest of its own tasks
/// first while the others take the oldest from it: what is to begin stands at both ends.
/// </remarks>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections)
        where T : ITestCollection =>
        [.. testCollections.OrderBy(Place)];

    private static int Place<T>(T collection)
        where T : ITestCollection => collection.TestCollectionDisplayName switch
    {
        WithWhisper.Name => 0,
        WithSpeakerModels.Name => 2,
        WithEngines.Name => 3,
        _ => 1,
    };
}
