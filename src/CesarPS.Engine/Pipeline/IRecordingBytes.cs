using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Pipeline;

/// <summary>The bytes of a recording: known by their content, opened where they are needed and not before.</summary>
internal interface IRecordingBytes
{
    /// <summary>The identity of the bytes.</summary>
    string Content { get; }

    /// <summary>Opens the file; nobody removes it while it is open.</summary>
    /// <exception cref="CesarException">The file is gone, or cannot be read or fetched.</exception>
    /// <exception cref="RecordingChangedException">It can be had again only with another content.</exception>
    Task<OpenRecording> OpenAsync(CancellationToken cancel);

    /// <summary>Whether what was opened still had that content when it had been read.</summary>
    /// <exception cref="CesarException">The file cannot be read.</exception>
    Task<bool> StillHoldsAsync(CancellationToken cancel);
}

/// <summary>A recording's file while it is needed.</summary>
/// <param name="file">The file.</param>
/// <param name="hold">What keeps it from being removed; null for a file of the user's.</param>
internal sealed class OpenRecording(InputFile file, IDisposable? hold) : IDisposable
{
    /// <summary>The file.</summary>
    public InputFile File => file;

    /// <inheritdoc/>
    public void Dispose() => hold?.Dispose();
}

/// <summary>The bytes of a file of the user's.</summary>
/// <param name="file">The file when it was read for its content.</param>
/// <param name="content">The identity of its bytes.</param>
internal sealed class LocalBytes(StampedFile file, string content) : IRecordingBytes
{
    /// <inheritdoc/>
    public string Content => content;

    /// <inheritdoc/>
    public Task<OpenRecording> OpenAsync(CancellationToken cancel) => Task.FromResult(new OpenRecording(InputFile.Check(file.File.FullPath, file.File.Name), null));

    /// <inheritdoc/>
    public Task<bool> StillHoldsAsync(CancellationToken cancel) => file.StillHoldsAsync(content, cancel);
}

/// <summary>Says that a recording was fetched again because its bytes were gone, and is another one now.</summary>
internal sealed class RecordingChangedException() : Exception("The recording was fetched again and is another one now.");
