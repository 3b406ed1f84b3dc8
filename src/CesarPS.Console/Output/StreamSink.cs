using CesarPS.Engine.Transcripts;

namespace CesarPS.Console.Output;

/// <summary>
/// Standard output, one transcript after the other in the order of the recordings, with an empty line between them
/// (none between JSON documents). Plain text of the recording whose turn it is appears segment by segment; what comes
/// of the others meanwhile is held.
/// </summary>
/// <param name="writer">The format.</param>
/// <param name="write">Takes each piece of text; never called twice at the same time.</param>
internal sealed class StreamSink(ITranscriptWriter writer, Action<Action<TextWriter>> write) : ITranscriptSink
{
    private readonly object _lock = new();
    private readonly bool _streams = writer is PlainTextWriter;
    private readonly Queue<Output> _open = new();
    private bool _first = true;

    /// <inheritdoc/>
    public ITranscriptOutput Open(string input)
    {
        Output output = new(this);
        lock (_lock)
        {
            _open.Enqueue(output);
            if (_open.Count == 1)
            {
                output.Begin();
            }
        }

        return output;
    }

    private void Separate()
    {
        if (!_first && writer is not JsonTranscriptWriter)
        {
            write(output => output.Write('\n'));
        }

        _first = false;
    }

    private void WriteWhole(Transcript transcript) => write(output => writer.Write(transcript, output));

    private void WriteSegments(IReadOnlyList<Segment> segments) =>
        WriteWhole(new Transcript { Source = "", Duration = default, Language = "", Model = new ModelIdentity("", ""), Segments = segments });

    private sealed class Output(StreamSink sink) : ITranscriptOutput
    {
        private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<Segment> _held = [];
        private int _written;

        public Task Turn => _turn.Task;

        public void Begin()
        {
            _turn.SetResult();
            WriteHeld();
        }

        public void Stream(IReadOnlyList<Segment> segments)
        {
            if (sink._streams)
            {
                lock (sink._lock)
                {
                    _held.AddRange(segments);
                    if (_turn.Task.IsCompleted)
                    {
                        WriteHeld();
                    }
                }
            }
        }

        public IReadOnlyList<string> Write(Transcript transcript, CancellationToken cancel)
        {
            // Who ended before may still be writing what was held.
            lock (sink._lock)
            {
                if (sink._streams)
                {
                    Stream([.. transcript.Segments.Skip(_written)]);
                }
                else
                {
                    sink.Separate();
                    sink.WriteWhole(transcript);
                }
            }

            return [];
        }

        public void End()
        {
            lock (sink._lock)
            {
                sink._open.Dequeue();
                if (sink._open.TryPeek(out Output? next))
                {
                    next.Begin();
                }
            }
        }

        private void WriteHeld()
        {
            if (_held.Count > 0)
            {
                if (_written == 0)
                {
                    sink.Separate();
                }

                Segment[] segments = [.. _held];
                _held.Clear();
                _written += segments.Length;
                sink.WriteSegments(segments);
            }
        }
    }
}
