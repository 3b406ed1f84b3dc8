using System.Buffers.Binary;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Tools;
using FsCheck;
using FsCheck.Fluent;

namespace CesarPS.Engine.Tests.Audio;

public sealed class WaveTests(Recordings recordings)
{
    // No program can be found by it: whatever works with it needs none.
    private static readonly ToolLocator NoPrograms = new(null, _ => null);

    [Fact]
    public async Task A_plain_16_kHz_mono_wave_file_needs_no_program()
    {
        string path = await recordings.MakeAsync("direct.wav", "-f", "lavfi", "-i", Recordings.Burst + "16000");

        Samples direct = await Samples.DecodeAsync(path, tools: NoPrograms);
        MediaInfo media = await new MediaProbe(NoPrograms).ProbeAsync(path, TestContext.Current.CancellationToken);

        direct.Values.Length.ShouldBe(64_000);
        direct.Onset.ShouldBe(2.0, 0.001);
        media.Duration.ShouldBe(TimeSpan.FromSeconds(4));
        media.AudioStreams[0].SampleRate.ShouldBe(16_000);
    }

    [Fact]
    public async Task The_direct_reader_and_ffmpeg_give_the_same_samples()
    {
        string path = await recordings.MakeAsync("direct.wav", "-f", "lavfi", "-i", Recordings.Burst + "16000");
        string flac = await recordings.MakeAsync("direct.flac", "-i", path);
        var selection = new AudioSelection { Start = TimeSpan.FromSeconds(1.99), MaxDuration = TimeSpan.FromSeconds(1) };

        Samples direct = await Samples.DecodeAsync(path, selection);
        Samples decoded = await Samples.DecodeAsync(flac, selection);

        direct.Values.ShouldBe(decoded.Values);
    }

    [Fact]
    public async Task A_twentieth_of_a_second_is_enough()
    {
        string direct = await recordings.MakeAsync("short.wav", "-f", "lavfi", "-i", "sine=d=0.05:r=16000");
        string decoded = await recordings.MakeAsync("short.flac", "-f", "lavfi", "-i", "sine=d=0.05:r=48000");
        string mp3 = await recordings.MakeAsync("short.mp3", "-f", "lavfi", "-i", "sine=d=0.05:r=48000");

        (await Samples.DecodeAsync(direct)).Values.Length.ShouldBe(800);
        (await Samples.DecodeAsync(decoded)).Values.Length.ShouldBe(800);
        (await Samples.DecodeAsync(mp3)).Values.Length.ShouldBeInRange(700, 1500);
    }

    [Theory]
    [InlineData("RIFF", 8u, 8, 0)]
    [InlineData("RIFF", 0u, 8, 0)]
    [InlineData("RIFF", 0xFFFFFFFFu, 8, 0)]
    [InlineData("RIFF", 0x7FFFF024u, 8, 0)]
    [InlineData("RIFF", 6u, 6, 0)]
    [InlineData("RIFF", 100u, 8, 92)]
    [InlineData("RF64", 0xFFFFFFFFu, 8, 0)]
    public void A_size_that_is_wrong_or_unknown_means_what_is_there(string riff, uint size, long bytes, long missing)
    {
        byte[] file = Wave(riff, Format(), [], size, new byte[8]);

        WaveHeader header = WaveHeader.Read(new MemoryStream(file)).ShouldNotBeNull();

        (header.Bytes, header.Missing).ShouldBe((bytes, missing));
    }

    [Fact]
    public void An_rf64_file_takes_its_size_from_its_own_chunk()
    {
        byte[] sizes = new byte[28];
        BinaryPrimitives.WriteUInt64LittleEndian(sizes.AsSpan(8), 4);
        byte[] file = Wave("RF64", Format(), Chunk("ds64", sizes), uint.MaxValue, new byte[8]);

        WaveHeader.Read(new MemoryStream(file)).ShouldNotBeNull().Bytes.ShouldBe(4);
    }

    [Fact]
    public void Other_chunks_are_passed_over_and_an_odd_one_is_padded()
    {
        byte[] file = Wave("RIFF", Format(), [.. Chunk("LIST", [1, 2, 3]), 0, .. Chunk("bext", new byte[602])], 8, new byte[8]);

        WaveHeader header = WaveHeader.Read(new MemoryStream(file)).ShouldNotBeNull();

        header.Offset.ShouldBe(file.Length - 8);
    }

    [Fact]
    public void The_extensible_form_of_plain_pcm_is_read_and_its_other_forms_are_not()
    {
        byte[] pcm = Extensible(1);
        byte[] other = Extensible(3);

        WaveHeader.Read(new MemoryStream(Wave("RIFF", pcm, [], 8, new byte[8]))).ShouldNotBeNull();
        WaveHeader.Read(new MemoryStream(Wave("RIFF", other, [], 8, new byte[8]))).ShouldBeNull();
    }

    [Theory]
    [InlineData(3, 1, 16_000u, 16)]
    [InlineData(1, 2, 16_000u, 16)]
    [InlineData(1, 1, 44_100u, 16)]
    [InlineData(1, 1, 16_000u, 8)]
    public void Any_other_format_is_left_to_ffmpeg(int tag, int channels, uint rate, int bits)
    {
        byte[] file = Wave("RIFF", Format((ushort)tag, (ushort)channels, rate, (ushort)bits), [], 8, new byte[8]);

        WaveHeader.Read(new MemoryStream(file)).ShouldBeNull();
    }

    [Fact]
    public void Data_before_its_format_and_two_formats_are_left_to_ffmpeg()
    {
        byte[] early = Wave("RIFF", [], [], 8, new byte[8])[..];
        byte[] twice = Wave("RIFF", Format(), Chunk("fmt ", Format()), 8, new byte[8]);

        WaveHeader.Read(new MemoryStream(early)).ShouldBeNull();
        WaveHeader.Read(new MemoryStream(twice)).ShouldBeNull();
    }

    [Fact]
    public void No_bytes_whatever_make_the_header_reader_fail() => Prop.ForAll<byte[]>(tail =>
    {
        byte[] file = [.. "RIFF\0\0\0\0WAVE"u8, .. Chunk("fmt ", Format()), .. tail];
        WaveHeader? header = WaveHeader.Read(new MemoryStream(file));
        return header is null || header.Offset + header.Bytes <= file.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_wave_file_cut_in_half_is_read_as_far_as_it_goes_with_a_warning()
    {
        string whole = await recordings.MakeAsync("direct.wav", "-f", "lavfi", "-i", Recordings.Burst + "16000");
        var log = new KeptLog();

        Samples samples = await Samples.DecodeAsync(await recordings.CutAsync(whole, 0.5), logger: log, tools: NoPrograms);

        samples.Seconds.ShouldBe(2.0, 0.01);
        log.Warnings.ShouldHaveSingleItem().ShouldContain("cut off");
    }

    [Fact]
    public async Task A_wave_file_without_a_sample_is_empty()
    {
        string path = await recordings.MakeAsync(
            "no_samples.wav", file => File.WriteAllBytesAsync(file, Wave("RIFF", Format(), [], 0, [])));

        CesarException error = await Should.ThrowAsync<CesarException>(() => Samples.DecodeAsync(path));

        error.ErrorId.ShouldBe("InputEmpty");
    }

    [Fact]
    public async Task A_cancelled_reader_stops()
    {
        string path = await recordings.MakeAsync("direct.wav", "-f", "lavfi", "-i", Recordings.Burst + "16000");
        await using IPcmReader reader = await new AudioDecoder(NoPrograms)
            .OpenAsync(path, AudioSelection.Whole, TestContext.Current.CancellationToken);

        await Should.ThrowAsync<OperationCanceledException>(
            async () => await reader.ReadAsync(new float[10], new CancellationToken(canceled: true)));
    }

    private static byte[] Format(ushort tag = 1, ushort channels = 1, uint rate = 16_000, ushort bits = 16)
    {
        var format = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(format, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(2), channels);
        BinaryPrimitives.WriteUInt32LittleEndian(format.AsSpan(4), rate);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(12), (ushort)(channels * bits / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(14), bits);
        return format;
    }

    private static byte[] Extensible(byte subformat) =>
    [
        .. Format(0xFFFE), 22, 0, 16, 0, 4, 0, 0, 0,
        subformat, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71,
    ];

    private static byte[] Chunk(string id, byte[] body) => [.. Header(id, (uint)body.Length), .. body];

    private static byte[] Wave(string riff, byte[] format, byte[] between, uint size, byte[] data) =>
    [
        .. Header(riff, 0xFFFF), .. "WAVE"u8, .. format.Length == 0 ? [] : Chunk("fmt ", format), .. between,
        .. Header("data", size), .. data,
    ];

    private static byte[] Header(string id, uint size)
    {
        var bytes = new byte[8];
        System.Text.Encoding.ASCII.GetBytes(id, bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), size);
        return bytes;
    }
}
