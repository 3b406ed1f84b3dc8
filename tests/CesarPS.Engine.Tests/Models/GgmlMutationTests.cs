using CesarPS.Engine.Models;
using FsCheck;
using FsCheck.Fluent;

namespace CesarPS.Engine.Tests.Models;

public sealed class GgmlMutationTests
{
    private static readonly byte[] Whole = TinyModel.Write();

    [Fact]
    public void Whatever_the_bytes_the_walk_ends_with_a_verdict_and_little_memory()
    {
        // Half of the changes hit the head and the last tensors' heads, where every byte means something.
        Gen<int> anywhere = Gen.Choose(0, Whole.Length - 1);
        Gen<int> position = Gen.OneOf(Gen.Choose(0, 60), Gen.Choose(1650, 1700), Gen.Choose(Whole.Length - 3000, Whole.Length - 1), anywhere);
        Gen<byte> value = Gen.OneOf(Gen.Elements<byte>(0, 1, 0x7f, 0x80, 0xff), Gen.Choose(0, 255).Select(number => (byte)number));
        Gen<(int Position, byte Value)[]> changes = position.Zip(value).Select(pair => (pair.Item1, pair.Item2)).ArrayOf();
        Gen<int> length = Gen.OneOf(Gen.Constant(Whole.Length), anywhere);

        Prop.ForAll(changes.Zip(length).ToArbitrary(), sample => EndsWithVerdict(sample.Item1, sample.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static bool EndsWithVerdict((int Position, byte Value)[] changes, int length)
    {
        byte[] content = (byte[])Whole.Clone();
        foreach ((int position, byte value) in changes)
        {
            content[position] = value;
        }

        using var stream = new MemoryStream(content, 0, length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            // Numbers of a tensor may change without harm to the structure: the digest is what catches those.
            GgmlModelFile.Check(stream, "mutated.bin").ShouldNotBeNull();
        }
        catch (CesarException error)
        {
            error.ErrorId.ShouldBeOneOf("ModelTruncated", "ModelAltered", "ModelUnsupported", "ModelNotGgml");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20;
    }
}
