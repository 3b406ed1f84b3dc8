using CesarPS.Engine.Tests;
using CesarPS.Engine.Tests.Pipeline;
using CesarPS.Engine.Tests.Speech;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace CesarPS.Engine.Tests;

/// <summary>
/// Begins with the tests that transcribe: they run one after another in two collections and are most of it all, so that
/// whatever else there is fits behind them, and none of them is left for the end.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections)
        where T : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => collection.TestCollectionDisplayName is WithEngines.Name or WithWhisper.Name)];
}
