namespace CesarPS.Engine.Models;

/// <summary>
/// The facts of the catalogue. Sizes and SHA-256 digests are those that the publisher's own file listing
/// (ggerganov/whisper.cpp on Hugging Face, revision 5359861c739e955e79d9a303bcbc70fb988958b1) states; the SHA-1
/// digests in the model list of whisper.cpp belong to the same files. None was worked out from a file of ours.
/// </summary>
internal static class PublishedModels
{
    /// <summary>Where the published files are: the address of each is this and its file name.</summary>
    public const string Location = "https://huggingface.co/ggerganov/whisper.cpp/resolve/main/";

    // The name in the published file name (ggml-<name>.bin), its bytes and its SHA-256.
    private sealed record Row(string Name, long Bytes, string Sha256);

    private sealed record Size(string Name, long Parameters);

    private static readonly Row[] Rows =
    [
        new("tiny", 77_691_713, "be07e048e1e599ad46341c8d2a135645097a538221678b7acdd1b1919c6e1b21"),
        new("tiny-q5_1", 32_152_673, "818710568da3ca15689e31a743197b520007872ff9576237bda97bd1b469c3d7"),
        new("tiny-q8_0", 43_537_433, "c2085835d3f50733e2ff6e4b41ae8a2b8d8110461e18821b09a15c40c42d1cca"),
        new("tiny.en", 77_704_715, "921e4cf8686fdd993dcd081a5da5b6c365bfde1162e72b08d75ac75289920b1f"),
        new("tiny.en-q5_1", 32_166_155, "c77c5766f1cef09b6b7d47f21b546cbddd4157886b3b5d6d4f709e91e66c7c2b"),
        new("tiny.en-q8_0", 43_550_795, "5bc2b3860aa151a4c6e7bb095e1fcce7cf12c7b020ca08dcec0c6d018bb7dd94"),
        new("base", 147_951_465, "60ed5bc3dd14eea856493d334349b405782ddcaf0028d4b5df4088345fba2efe"),
        new("base-q5_1", 59_707_625, "422f1ae452ade6f30a004d7e5c6a43195e4433bc370bf23fac9cc591f01a8898"),
        new("base-q8_0", 81_768_585, "c577b9a86e7e048a0b7eada054f4dd79a56bbfa911fbdacf900ac5b567cbb7d9"),
        new("base.en", 147_964_211, "a03779c86df3323075f5e796cb2ce5029f00ec8869eee3fdfb897afe36c6d002"),
        new("base.en-q5_1", 59_721_011, "4baf70dd0d7c4247ba2b81fafd9c01005ac77c2f9ef064e00dcf195d0e2fdd2f"),
        new("base.en-q8_0", 81_781_811, "a4d4a0768075e13cfd7e19df3ae2dbc4a68d37d36a7dad45e8410c9a34f8c87e"),
        new("small", 487_601_967, "1be3a9b2063867b937e64e2ec7483364a79917e157fa98c5d94b5c1fffea987b"),
        new("small-q5_1", 190_085_487, "ae85e4a935d7a567bd102fe55afc16bb595bdb618e11b2fc7591bc08120411bb"),
        new("small-q8_0", 264_464_607, "49c8fb02b65e6049d5fa6c04f81f53b867b5ec9540406812c643f177317f779f"),
        new("small.en", 487_614_201, "c6138d6d58ecc8322097e0f987c32f1be8bb0a18532a3f88f734d1bbf9c41e5d"),
        new("small.en-q5_1", 190_098_681, "bfdff4894dcb76bbf647d56263ea2a96645423f1669176f4844a1bf8e478ad30"),
        new("small.en-q8_0", 264_477_561, "67a179f608ea6114bd3fdb9060e762b588a3fb3bd00c4387971be4d177958067"),
        new("medium", 1_533_763_059, "6c14d5adee5f86394037b4e4e8b59f1673b6cee10e3cf0b11bbdbee79c156208"),
        new("medium-q5_0", 539_212_467, "19fea4b380c3a618ec4723c3eef2eb785ffba0d0538cf43f8f235e7b3b34220f"),
        new("medium-q8_0", 823_369_779, "42a1ffcbe4167d224232443396968db4d02d4e8e87e213d3ee2e03095dea6502"),
        new("medium.en", 1_533_774_781, "cc37e93478338ec7700281a7ac30a10128929eb8f427dda2e865faa8f6da4356"),
        new("medium.en-q5_0", 539_225_533, "76733e26ad8fe1c7a5bf7531a9d41917b2adc0f20f2e4f5531688a8c6cd88eb0"),
        new("medium.en-q8_0", 823_382_461, "43fa2cd084de5a04399a896a9a7a786064e221365c01700cea4666005218f11c"),
        new("large-v1", 3_094_623_691, "7d99f41a10525d0206bddadd86760181fa920438b6b33237e3118ff6c83bb53d"),
        new("large-v2", 3_094_623_691, "9a423fe4d40c82774b6af34115b8b935f34152246eb19e80e376071d3f999487"),
        new("large-v2-q5_0", 1_080_732_091, "3a214837221e4530dbc1fe8d734f302af393eb30bd0ed046042ebf4baf70f6f2"),
        new("large-v2-q8_0", 1_656_129_691, "fef54e6d898246a65c8285bfa83bd1807e27fadf54d5d4e81754c47634737e8c"),
        new("large-v3", 3_095_033_483, "64d182b440b98d5203c4f9bd541544d84c605196c4f7b845dfa11fb23594d1e2"),
        new("large-v3-q5_0", 1_081_140_203, "d75795ecff3f83b5faa89d1900604ad8c780abd5739fae406de19f23ecd98ad1"),
        new("large-v3-turbo", 1_624_555_275, "1fc70f774d38eb169993ac391eea357ef47c88757ef72ee5943879b7e8e2bc69"),
        new("large-v3-turbo-q5_0", 574_041_195, "394221709cd5ad1f40c46e6031ca61bce88931e6e088c188294c6d5a55ffa7e2"),
        new("large-v3-turbo-q8_0", 874_188_075, "317eb69c11673c9de1e1f0d459b253999804ec71ac4c23c17ecf5fbe24e259a1"),
    ];

    // Rounded as OpenAI's model card gives them; the longest fitting start of a name counts.
    private static readonly Size[] Sizes =
    [
        new("tiny", 39_000_000),
        new("base", 74_000_000),
        new("small", 244_000_000),
        new("medium", 769_000_000),
        new("large-v3-turbo", 809_000_000),
        new("large", 1_550_000_000),
    ];

    // Made by this project from the published full-precision weights. Its tensors are in another order than those of
    // the published base-q8_0, so that its digest is another, though it is as long and says the same.
    private static readonly CatalogueModel BundledBase = new()
    {
        Name = "base",
        FileName = "ggml-base-q8_0.bin",
        Bytes = 81_768_585,
        Sha256 = "81cfccb75eb8eb4eecf9829be7448c60e3d4abcb5bdb0f00e2c8a726f7ae2f25",
        Multilingual = true,
        Quantisation = "q8_0",
        Parameters = 74_000_000,
        Bundled = true,
    };

    // Silero VAD 6.2.3, the sequence model for 16 kHz.
    private static readonly CatalogueModel BundledVoiceActivity = new()
    {
        Name = VoiceActivityName,
        FileName = "silero_vad_16k_sequence.onnx",
        Bytes = 1_246_165,
        Sha256 = "9ccdacc4719d8aa7e45a77536bfabec45a03ba1f2fad5e241ab4060b24238a85",
        Kind = ModelKind.VoiceActivity,
        Multilingual = true,
        Quantisation = "f32",
        Bundled = true,
    };

    // Pyannote's segmentation model 3.0 and 3D-Speaker's CAM++ (Chinese and English), as ONNX.
    private static readonly CatalogueModel BundledSegmentation = new()
    {
        Name = "pyannote-segmentation",
        FileName = "segmentation-3.0.onnx",
        Bytes = 5_984_965,
        Sha256 = "a264c5ae2d075a48854479bdebf1f932e5098d34c299ebd4a674079eead11fd6",
        Kind = ModelKind.Segmentation,
        Multilingual = true,
        Quantisation = "f32",
        Bundled = true,
    };

    private static readonly CatalogueModel BundledEmbedding = new()
    {
        Name = "campplus",
        FileName = "campplus-zh-en.fp16.onnx",
        Bytes = 14_522_089,
        Sha256 = "e2e1a03f7a35fbfcb9a084e958458097d05386d24cb9640724fbad2da80e17b9",
        Kind = ModelKind.SpeakerEmbedding,
        Multilingual = true,
        Quantisation = "f16",
        Bundled = true,
    };

    /// <summary>The name of the bundled voice activity model.</summary>
    public const string VoiceActivityName = "silero-vad";

    /// <summary>Every model: the bundled ones, then the published ones by size.</summary>
    public static IReadOnlyList<CatalogueModel> All { get; } = [BundledBase, BundledVoiceActivity, BundledSegmentation, BundledEmbedding, .. Rows.Select(Published)];

    /// <summary>The short names that OpenAI's own program knows for the newest large models.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>
    {
        ["large"] = "large-v3",
        ["turbo"] = "large-v3-turbo",
    };

    private static CatalogueModel Published(Row row)
    {
        int quantised = row.Name.LastIndexOf("-q", StringComparison.Ordinal);
        return new CatalogueModel
        {
            // `base` alone is the bundled model: the full-precision one says its precision.
            Name = row.Name == BundledBase.Name ? "base-f16" : row.Name,
            FileName = $"ggml-{row.Name}.bin",
            Bytes = row.Bytes,
            Sha256 = row.Sha256,
            Multilingual = !row.Name.Contains(".en", StringComparison.Ordinal),
            Quantisation = quantised < 0 ? "f16" : row.Name[(quantised + 1)..],
            Parameters = Sizes.First(size => row.Name.StartsWith(size.Name, StringComparison.Ordinal)).Parameters,
        };
    }
}
