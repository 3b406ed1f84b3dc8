namespace CesarPS.Engine.Speech;

/// <summary>A language that Whisper knows.</summary>
/// <param name="Code">The code of Whisper's vocabulary: ISO 639-1 where there is one, such as <c>en</c>.</param>
/// <param name="Name">The English name, such as <c>English</c>.</param>
public sealed record Language(string Code, string Name)
{
    /// <summary>All languages, in the order of the models' vocabulary (OpenAI Whisper, tokenizer.py).</summary>
    public static IReadOnlyList<Language> All { get; } = [.. Rows()];

    // Names that people use for a language of the table.
    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Burmese"] = "my", ["Valencian"] = "ca", ["Flemish"] = "nl", ["Haitian"] = "ht", ["Letzeburgesch"] = "lb",
        ["Pushto"] = "ps", ["Panjabi"] = "pa", ["Moldavian"] = "ro", ["Moldovan"] = "ro", ["Sinhalese"] = "si",
        ["Castilian"] = "es", ["Mandarin"] = "zh", ["Farsi"] = "fa", ["Filipino"] = "tl",
    };

    /// <summary>Finds a language by its code or English name; upper and lower case count the same.</summary>
    /// <exception cref="CesarException">No language has that code or name; the nearest is suggested.</exception>
    public static Language Parse(string codeOrName)
    {
        ArgumentNullException.ThrowIfNull(codeOrName);
        string wanted = s_aliases.GetValueOrDefault(codeOrName.Trim(), codeOrName.Trim());
        return All.FirstOrDefault(language => wanted.Equals(language.Code, StringComparison.OrdinalIgnoreCase)
                || wanted.Equals(language.Name, StringComparison.OrdinalIgnoreCase))
            ?? throw Unknown(codeOrName);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static CesarException Unknown(string typed)
    {
        string hint = NearestName.Suggestion(typed, All.SelectMany(language => new[] { language.Name, language.Code }));
        hint = hint.Length > 0 ? hint : " Give a code such as 'en' or an English name such as 'German'.";
        return new CesarException(CesarErrorKind.Option, "LanguageUnknown", $"Whisper does not know the language '{typed}'.{hint}");
    }

    private static IEnumerable<Language> Rows() =>
    [
        new("en", "English"),
        new("zh", "Chinese"),
        new("de", "German"),
        new("es", "Spanish"),
        new("ru", "Russian"),
        new("ko", "Korean"),
        new("fr", "French"),
        new("ja", "Japanese"),
        new("pt", "Portuguese"),
        new("tr", "Turkish"),
        new("pl", "Polish"),
        new("ca", "Catalan"),
        new("nl", "Dutch"),
        new("ar", "Arabic"),
        new("sv", "Swedish"),
        new("it", "Italian"),
        new("id", "Indonesian"),
        new("hi", "Hindi"),
        new("fi", "Finnish"),
        new("vi", "Vietnamese"),
        new("he", "Hebrew"),
        new("uk", "Ukrainian"),
        new("el", "Greek"),
        new("ms", "Malay"),
        new("cs", "Czech"),
        new("ro", "Romanian"),
        new("da", "Danish"),
        new("hu", "Hungarian"),
        new("ta", "Tamil"),
        new("no", "Norwegian"),
        new("th", "Thai"),
        new("ur", "Urdu"),
        new("hr", "Croatian"),
        new("bg", "Bulgarian"),
        new("lt", "Lithuanian"),
        new("la", "Latin"),
        new("mi", "Maori"),
        new("ml", "Malayalam"),
        new("cy", "Welsh"),
        new("sk", "Slovak"),
        new("te", "Telugu"),
        new("fa", "Persian"),
        new("lv", "Latvian"),
        new("bn", "Bengali"),
        new("sr", "Serbian"),
        new("az", "Azerbaijani"),
        new("sl", "Slovenian"),
        new("kn", "Kannada"),
        new("et", "Estonian"),
        new("mk", "Macedonian"),
        new("br", "Breton"),
        new("eu", "Basque"),
        new("is", "Icelandic"),
        new("hy", "Armenian"),
        new("ne", "Nepali"),
        new("mn", "Mongolian"),
        new("bs", "Bosnian"),
        new("kk", "Kazakh"),
        new("sq", "Albanian"),
        new("sw", "Swahili"),
        new("gl", "Galician"),
        new("mr", "Marathi"),
        new("pa", "Punjabi"),
        new("si", "Sinhala"),
        new("km", "Khmer"),
        new("sn", "Shona"),
        new("yo", "Yoruba"),
        new("so", "Somali"),
        new("af", "Afrikaans"),
        new("oc", "Occitan"),
        new("ka", "Georgian"),
        new("be", "Belarusian"),
        new("tg", "Tajik"),
        new("sd", "Sindhi"),
        new("gu", "Gujarati"),
        new("am", "Amharic"),
        new("yi", "Yiddish"),
        new("lo", "Lao"),
        new("uz", "Uzbek"),
        new("fo", "Faroese"),
        new("ht", "Haitian Creole"),
        new("ps", "Pashto"),
        new("tk", "Turkmen"),
        new("nn", "Nynorsk"),
        new("mt", "Maltese"),
        new("sa", "Sanskrit"),
        new("lb", "Luxembourgish"),
        new("my", "Myanmar"),
        new("bo", "Tibetan"),
        new("tl", "Tagalog"),
        new("mg", "Malagasy"),
        new("as", "Assamese"),
        new("tt", "Tatar"),
        new("haw", "Hawaiian"),
        new("ln", "Lingala"),
        new("ha", "Hausa"),
        new("ba", "Bashkir"),
        new("jw", "Javanese"),
        new("su", "Sundanese"),
        new("yue", "Cantonese"),
    ];
}
