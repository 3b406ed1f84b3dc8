namespace CesarPS.Engine;

/// <summary>What went wrong, coarsely: front ends turn this into exit codes and error categories.</summary>
public enum CesarErrorKind
{
    /// <summary>The recording named by the user is missing, unreadable, empty or not audio.</summary>
    Input,

    /// <summary>An option, alone or together with another, makes no sense.</summary>
    Option,

    /// <summary>A result could not be written.</summary>
    Output,

    /// <summary>An external program is missing, too old, or failed.</summary>
    Tool,

    /// <summary>A model is unknown, missing, damaged, or could not be downloaded.</summary>
    Model,

    /// <summary>A native library is missing, of another architecture or version, or failed.</summary>
    Native,
}

/// <summary>
/// An error that a user can act on. The message says what happened and what to do about it;
/// <see cref="ErrorId"/> is stable across versions, so that scripts may depend on it.
/// </summary>
public sealed class CesarException : Exception
{
    /// <summary>Creates an error of a kind with a stable identifier and a message for people.</summary>
    /// <param name="kind">What went wrong, coarsely.</param>
    /// <param name="errorId">A stable PascalCase identifier, such as <c>InputNotFound</c>.</param>
    /// <param name="message">What happened and what to do about it.</param>
    /// <param name="innerException">The cause, for logs.</param>
    public CesarException(CesarErrorKind kind, string errorId, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        ErrorId = errorId;
    }

    /// <summary>What went wrong, coarsely.</summary>
    public CesarErrorKind Kind { get; }

    /// <summary>A stable identifier of the error, such as <c>InputNotFound</c>.</summary>
    public string ErrorId { get; }
}
