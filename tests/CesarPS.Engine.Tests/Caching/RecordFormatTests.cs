using System.Text;
using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Tests.Caching;

public sealed class RecordFormatTests
{
    private static readonly CacheRecord Record = CacheLab.Record("a", value: "{\"text\":\"ü\"}", artifact: new Artifact(new string('c', 64), 12), output: "pcm:1");

    [Fact]
    public void A_record_reads_back_as_it_was_written()
    {
        RecordFormat.TryRead(RecordFormat.Write(Record), out CacheRecord? read).ShouldBeTrue();
        read!.Key.ShouldBe(Record.Key);
        read.Created.ShouldBe(Record.Created);
        read.Elapsed.ShouldBe(Record.Elapsed);
        read.Origin.ShouldBe(Record.Origin);
        read.Output.ShouldBe(Record.Output);
        read.Artifact.ShouldBe(Record.Artifact);
        Encoding.UTF8.GetString(read.Value.Span).ShouldBe("{\"text\":\"ü\"}");
    }

    [Fact]
    public void No_change_of_a_single_byte_is_taken()
    {
        byte[] file = RecordFormat.Write(Record).ToArray();
        for (int i = 0; i < file.Length; i++)
        {
            byte kept = file[i];
            for (int value = 0; value < 256; value++)
            {
                file[i] = (byte)value;
                if (value != kept && RecordFormat.TryRead(file, out _))
                {
                    Assert.Fail($"byte {i} may be {value}");
                }
            }

            file[i] = kept;
        }
    }

    [Fact]
    public void No_beginning_of_a_record_and_nothing_longer_is_taken()
    {
        byte[] file = RecordFormat.Write(Record).ToArray();
        for (int length = 0; length < file.Length; length++)
        {
            RecordFormat.TryRead(file.AsMemory(0, length), out _).ShouldBeFalse($"{length} bytes");
        }

        RecordFormat.TryRead((byte[])[.. file, (byte)'\n'], out _).ShouldBeFalse();
        RecordFormat.TryRead((byte[])[.. file, .. file], out _).ShouldBeFalse();
    }

    [Fact]
    public void A_record_of_another_format_is_not_taken() =>
        RecordFormat.TryRead(Sealed(Body().Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal)), out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[1,2")]
    [InlineData("{\"format\":1")]
    [InlineData("{\"format\":1,\"stage\":null,\"fields\":null,\"value\":1")]
    [InlineData("{\"format\":1,\"version\":99999999999,\"value\":1")]
    [InlineData("{\"format\":1,\"elapsed\":1e300,\"value\":1")]
    [InlineData("{\"format\":1,\"artifact\":{\"sha256\":\"../../etc/passwd\",\"bytes\":1},\"value\":1")]
    public void A_seal_does_not_make_a_record_of_something_else(string body) => RecordFormat.TryRead(Sealed(body), out _).ShouldBeFalse();

    [Fact]
    public void A_key_that_is_not_that_of_its_fields_is_not_taken() =>
        RecordFormat.TryRead(Sealed(Body().Replace("\"language\":\"en\"", "\"language\":\"de\"", StringComparison.Ordinal)), out _).ShouldBeFalse();

    [Fact]
    public void Fields_that_a_later_version_adds_are_passed_over() =>
        RecordFormat.TryRead(Sealed(Body().Replace("\"format\":1", "\"format\":1,\"later\":{\"a\":[1]}", StringComparison.Ordinal)), out _).ShouldBeTrue();

    private static string Body()
    {
        string file = Encoding.UTF8.GetString(RecordFormat.Write(Record).Span);
        return file[..file.LastIndexOf(",\"sha256\":", StringComparison.Ordinal)];
    }

    private static byte[] Sealed(string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        string seal = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)).ToLowerInvariant();
        return [.. bytes, .. Encoding.UTF8.GetBytes($",\"sha256\":\"{seal}\"}}\n")];
    }
}
