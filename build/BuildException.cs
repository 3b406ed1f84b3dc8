namespace CesarPS.Build;

/// <summary>A step cannot go on; the message says what happened and what to do about it.</summary>
internal sealed class BuildException(string message) : Exception(message);
