using CesarPS.Engine.Tests.Speech;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>
/// Tests that open engines of their own, one after another, beside those that share one: a recording keeps both
/// processors busy only while its windows are transcribed.
/// </summary>
[CollectionDefinition(Name)]
public sealed class WithEngines : ICollectionFixture<WhisperLab>
{
    public const string Name = "engines";
}
