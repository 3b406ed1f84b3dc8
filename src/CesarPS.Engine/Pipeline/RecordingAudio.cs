using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Tools;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Pipeline;

/// <summary>The samples of a recording: what they are, and how to read them.</summary>
internal sealed class RecordingAudio(ToolLocator tools, StageCache cache, StageRunner runner, ILogger logger)
{
    private readonly TranscodeStage _transcode = new(tools, cache, logger);

    /// <summary>Finds out what the samples of a recording are, decoding it where that is not known.</summary>
    public async Task<PcmRecording> TranscodeAsync(TranscodeInput input, CancellationToken cancel)
    {
        input.Run.Report(StageId.Transcode, TimeSpan.Zero, null);
        CacheResult<PcmRecording> result = await runner.RunAsync(_transcode, input, input.Run, cancel).ConfigureAwait(false);
        input.Run.Add(StageId.Transcode, result);
        if (result.Age is not null)
        {
            // What was wrong with the recording then is wrong with it now.
            foreach (string warning in result.Value.Warnings.Where(input.Run.IsNews))
            {
                logger.Again(warning);
            }
        }

        return result.Value;
    }

    /// <summary>Opens the samples: from the cache, where they are decoded into it anew if they were dropped, or else from the recording itself.</summary>
    public async Task<IPcmReader> OpenAsync(TranscodeInput input, PcmRecording pcm, CancellationToken cancel)
    {
        if (pcm.Artifact is { } stored)
        {
            if (cache.TryOpen(stored, cancel) is { } stream)
            {
                return new PcmStreamReader(stream);
            }

            CacheResult<PcmRecording> again = await runner.RunAsync(_transcode, input, input.Run, cancel, needsArtifact: true).ConfigureAwait(false);
            if (again.Value.Sha256 == pcm.Sha256 && cache.TryOpen(stored, cancel) is { } decoded)
            {
                return new PcmStreamReader(decoded);
            }
        }

        OpenRecording recording = await input.Recording.OpenAsync(cancel).ConfigureAwait(false);
        try
        {
            IPcmReader reader = await new AudioDecoder(tools).OpenAsync(recording.File, input.Selection, cancel).ConfigureAwait(false);
            return new VerifiedPcmReader(reader, pcm.Sha256, input.Run.Name, recording);
        }
        catch
        {
            recording.Dispose();
            throw;
        }
    }
}
