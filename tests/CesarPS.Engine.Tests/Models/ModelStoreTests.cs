using CesarPS.Engine.Models;

namespace CesarPS.Engine.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    private static readonly byte[] Content = TinyModel.Write();
    private static readonly CatalogueModel Here = TinyModel.Entry(Content, "here") with { Bundled = true };
    private static readonly CatalogueModel Fetched = TinyModel.Entry(Content, "fetched");
    private static readonly CatalogueModel Voice = TinyModel.Entry([1, 2, 3], "voice") with { Bundled = true, Kind = ModelKind.VoiceActivity };

    private readonly ScratchFolder scratch = new();
    private readonly ModelStore store;

    public ModelStoreTests() => store = new ModelStore(scratch.Folders, new ModelCatalogue([Here, Fetched, Voice]));

    public void Dispose() => scratch.Dispose();

    private string Bundle(CatalogueModel model, byte[] content) => scratch.Write(Path.Combine("bundled", model.FileName), content);

    private Task<ModelFile> ResolveAsync(string nameOrPath) => store.ResolveAsync(nameOrPath, progress: null, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_bundled_model_is_taken_from_beside_the_program()
    {
        string path = Bundle(Here, Content);
        (await ResolveAsync("here")).ShouldBe(new ModelFile(path, new ModelIdentity("here", Here.Sha256!), Content.Length, Languages: 0));
    }

    [Fact]
    public async Task A_bundled_model_that_is_missing_or_damaged_is_restored_not_downloaded()
    {
        (await Refused.WithAsync("ModelNotFound", () => ResolveAsync("here"))).Message.ShouldContain("git checkout");
        Bundle(Here, Content[..^1]);
        (await Refused.WithAsync("ModelTruncated", () => ResolveAsync("here"))).Message.ShouldContain("git checkout");
    }

    [Fact]
    public async Task A_model_with_one_changed_bit_is_refused()
    {
        byte[] altered = (byte[])Content.Clone();
        altered[^1] ^= 1;
        string path = scratch.Write(Path.Combine("user", Fetched.FileName), altered);
        CesarException error = await Refused.WithAsync("ModelAltered", () => ResolveAsync("fetched"));
        error.Message.ShouldContain(path);
        error.Message.ShouldContain(Fetched.Sha256!);
        error.Message.ShouldContain("Delete it");
        scratch.Write(Path.Combine("user", Fetched.FileName), [.. Content, 0]);
        await Refused.WithAsync("ModelAltered", () => ResolveAsync("fetched"));
    }

    [Fact]
    public async Task The_voice_activity_model_is_checked_by_its_digest_and_writes_no_text()
    {
        await Refused.WithAsync("ModelUnsupported", () => ResolveAsync("voice"));
        string path = Bundle(Voice, [1, 2, 3]);
        (await store.ResolveVoiceActivityAsync(TestContext.Current.CancellationToken)).Path.ShouldBe(path);
        Bundle(Voice, [1, 2, 4]);
        await Refused.WithAsync("ModelAltered", () => store.ResolveVoiceActivityAsync());
    }

    [Theory]
    [InlineData("my model.bin")]
    [InlineData("model")]
    public async Task A_path_takes_any_sound_model(string name)
    {
        string path = scratch.Write(name, TinyModel.Write(TinyModel.Header(51865)));
        ModelFile file = await ResolveAsync(path);
        file.Path.ShouldBe(path);
        file.Multilingual.ShouldBeTrue();
        file.Identity.Name.ShouldBe(name);
        file.Identity.Digest.Length.ShouldBe(64);
    }

    [Fact]
    public async Task A_link_leads_to_the_model_behind_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        string path = scratch.Write("real", Content);
        Directory.CreateDirectory(scratch.At("user"));
        File.CreateSymbolicLink(scratch.At("user", Fetched.FileName), path);
        (await ResolveAsync("fetched")).Bytes.ShouldBe(Content.Length);
        store.List().Single(listing => listing.Name == Fetched.Name).Presence.ShouldBe(ModelPresence.Downloaded);
        File.Delete(path);
        await Refused.WithAsync("ModelUnreadable", () => ResolveAsync("fetched"));
    }

    [Fact]
    public async Task A_path_that_leads_to_no_model_is_refused()
    {
        await Refused.WithAsync("ModelNotFound", () => ResolveAsync(scratch.At("nothing")));
        await Refused.WithAsync("ModelNotFound", () => ResolveAsync(scratch.Path));
        await Refused.WithAsync("ModelNotFound", () => ResolveAsync("nothing.gguf"));
        (await Refused.WithAsync("ModelNotFound", () => ResolveAsync("ggml-fetched.bin"))).Message.ShouldContain("'fetched'");
        await Refused.WithAsync("ModelNotGgml", () => ResolveAsync(scratch.Write("empty.bin", [])));
        await Refused.WithAsync("ModelTruncated", () => ResolveAsync(scratch.Write("cut.bin", Content[..5000])));
        (await Refused.WithAsync("ModelUnknown", () => ResolveAsync("fetchd"))).Message.ShouldContain("'fetched'");
    }

    [Fact]
    public async Task Devices_are_no_models()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "This system has no such device.");
        await Refused.WithAsync("ModelNotGgml", () => ResolveAsync("/dev/zero"));
    }

    [Fact]
    public async Task A_file_that_somebody_keeps_to_himself_is_unreadable()
    {
        string path = scratch.Write("locked.bin", Content);
        using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        await Refused.WithAsync("ModelUnreadable", () => ResolveAsync(path));
    }

    [Fact]
    public void The_list_tells_what_is_there_by_size()
    {
        store.List().ShouldAllBe(listing => listing.Presence == ModelPresence.Absent);
        Bundle(Here, Content);
        Bundle(Voice, [1]);
        string path = scratch.Write(Path.Combine("user", Fetched.FileName), new byte[Content.Length]);
        store.List().Select(listing => listing.Presence).ShouldBe([ModelPresence.Bundled, ModelPresence.Downloaded, ModelPresence.Damaged]);
        store.List()[1].Path.ShouldBe(path);
    }

    [Fact]
    public void Downloaded_models_are_removed_and_bundled_ones_stay()
    {
        string path = Bundle(Here, Content);
        Refused.With("ModelBundled", () => store.Remove("here"));
        File.Exists(path).ShouldBeTrue();
        Refused.With("ModelUnknown", () => store.Remove("stranger"));

        store.Remove("fetched").ShouldBeFalse();
        string fetched = scratch.Write(Path.Combine("user", Fetched.FileName), Content);
        string part = scratch.Write(Path.Combine("user", Fetched.FileName + ".part"), [1]);
        store.Remove("fetched").ShouldBeTrue();
        File.Exists(fetched).ShouldBeFalse();
        File.Exists(part).ShouldBeFalse();
    }
}
