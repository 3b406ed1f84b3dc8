namespace CesarPS.Engine.Sources;

/// <summary>How recordings are fetched; none of it decides what comes.</summary>
/// <param name="MostBytes">The most bytes that are taken.</param>
/// <param name="Cookies">A file of cookies in Netscape's form, for pages that ask who reads them; null for none.</param>
internal sealed record FetchOptions(long MostBytes, string? Cookies);
