namespace CesarPS;

/// <summary>A stretch of time in which one person speaks. Turns of different people may overlap.</summary>
/// <param name="Start">Where it begins, on the recording's clock.</param>
/// <param name="End">Where it ends, on the recording's clock; after <paramref name="Start"/>.</param>
/// <param name="Speaker">Who speaks: <c>Speaker 1</c> is the first to be heard, unless names were given.</param>
public sealed record SpeakerTurn(TimeSpan Start, TimeSpan End, string Speaker);
