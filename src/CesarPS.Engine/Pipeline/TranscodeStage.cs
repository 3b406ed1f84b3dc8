using System.Security.Cryptography;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Files;
using CesarPS.Engine.Tools;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// A recording to 16 kHz mono samples. They are written to the cache while they are decoded; where there is no room
/// for them, or the recording is such a wave file already, only their digest is worked out and they are read again.
/// </summary>
internal sealed class TranscodeStage(ToolLocator tools, StageCache cache, ILogger logger) : IStage<TranscodeInput, PcmRecording>
{
    private const int BlockSamples = 32768;

    /// <inheritdoc/>
    public StageId Id => StageId.Transcode;

    /// <inheritdoc/>
    public ICacheCodec<PcmRecording> Codec { get; } = new PcmRecordingCodec();

    /// <inheritdoc/>
    public string Identify(TranscodeInput input) => input.Recording.Content;

    /// <inheritdoc/>
    public void Describe(TranscodeInput input, KeyBuilder key)
    {
        key.AddSelection(input.Selection);
        if (input.Selection.Channel is { } channel)
        {
            key.Add("channel", channel);
        }
    }

    /// <inheritdoc/>
    public async Task<PcmRecording> RunAsync(TranscodeInput input, CacheWork work, CancellationToken cancel)
    {
        CollectedWarnings collected = new(logger, input.Run.IsNews);
        using OpenRecording recording = await input.Recording.OpenAsync(cancel).ConfigureAwait(false);
        bool isWave = WaveHeader.Read(recording.File) is not null;
        await using IPcmReader reader = await new AudioDecoder(tools, collected).OpenAsync(recording.File, input.Selection, cancel).ConfigureAwait(false);
        PcmWriter writer = new(isWave ? null : Artifact(work, reader.ExpectedDuration), cache.WarnUnwritable);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        float[] samples = new float[BlockSamples];
        byte[] bytes = new byte[BlockSamples * Pcm16.BytesPerSample];
        long total = 0;
        int read;
        while ((read = await reader.FillAsync(samples, cancel).ConfigureAwait(false)) > 0)
        {
            Pcm16.FromFloat(samples.AsSpan(0, read), bytes);
            ReadOnlySpan<byte> block = bytes.AsSpan(0, read * Pcm16.BytesPerSample);
            hash.AppendData(block);
            writer.Write(block);
            total += read;
            input.Run.Report(Id, PcmFormat.Duration(total), reader.ExpectedDuration);
        }

        bool stored = total > 0 && writer.Publish();
        if (!await work.KeepOnlyIfHeldAsync(input, cancel).ConfigureAwait(false))
        {
            logger.ChangedMeanwhile(input.Run.Name);
        }

        return new PcmRecording(hash.Finish(), total, stored, reader.Channels, collected.Warnings);
    }

    // The length that a container states is an estimate; what is written beyond the room shows as a full disk.
    private ArtifactWriter? Artifact(CacheWork work, TimeSpan? expected)
    {
        try
        {
            return cache.HasRoom(PcmFormat.Samples(expected ?? TimeSpan.Zero) * Pcm16.BytesPerSample) ? work.CreateArtifact() : null;
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            cache.WarnUnwritable(error);
            return null;
        }
    }

    // Gives up on the file where the disk does: the work goes on without it.
    private sealed class PcmWriter(ArtifactWriter? writer, Action<Exception> warn)
    {
        private ArtifactWriter? _writer = writer;

        public void Write(ReadOnlySpan<byte> block)
        {
            try
            {
                _writer?.Write(block);
            }
            catch (Exception error) when (StageCache.IsTrouble(error))
            {
                GiveUp(error);
            }
        }

        public bool Publish()
        {
            try
            {
                return _writer?.Publish() is not null;
            }
            catch (Exception error) when (StageCache.IsTrouble(error))
            {
                GiveUp(error);
                return false;
            }
        }

        private void GiveUp(Exception error)
        {
            warn(error);
            _writer?.Dispose();
            _writer = null;
        }
    }
}

/// <summary>What is transcoded.</summary>
/// <param name="Run">What it is for.</param>
/// <param name="Recording">The recording's bytes.</param>
/// <param name="Selection">The part and the track.</param>
internal sealed record TranscodeInput(RecordingRun Run, IRecordingBytes Recording, AudioSelection Selection);
