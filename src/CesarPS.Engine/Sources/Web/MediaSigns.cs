using System.Text;

namespace CesarPS.Engine.Sources.Web;

/// <summary>What the first bytes of a file show it to be.</summary>
internal enum MediaSign
{
    /// <summary>Nothing that is known here; ffprobe knows more.</summary>
    Unknown,

    /// <summary>A container or stream of sound or video.</summary>
    Recording,

    /// <summary>A web page.</summary>
    Page,

    /// <summary>A list of addresses of pieces (HLS, DASH).</summary>
    Manifest,
}

/// <summary>Tells recordings from pages by their first bytes, since what servers say of them is often wrong.</summary>
internal static class MediaSigns
{
    private const int BrandOffset = 4;
    private const int TransportPacket = 188;

    private static readonly byte[][] s_recordings =
    [
        "RIFF"u8.ToArray(), "RF64"u8.ToArray(), "FORM"u8.ToArray(), "ID3"u8.ToArray(), "OggS"u8.ToArray(), "fLaC"u8.ToArray(), "FLV"u8.ToArray(), "#!AMR"u8.ToArray(),
        "caff"u8.ToArray(), ".snd"u8.ToArray(), "wvpk"u8.ToArray(), "MAC "u8.ToArray(), "TTA"u8.ToArray(), ".RMF"u8.ToArray(), "riff"u8.ToArray(), "MThd"u8.ToArray(),
        [0x1A, 0x45, 0xDF, 0xA3], [0x30, 0x26, 0xB2, 0x75], [0, 0, 1, 0xBA], [0, 0, 1, 0xB3], [0x0B, 0x77], [0x06, 0x0E, 0x2B, 0x34],
    ];

    private static readonly string[] s_boxes = ["ftyp", "moov", "mdat", "free", "skip", "wide", "styp"];
    private static readonly string[] s_pages = ["<!doctype html", "<html", "<head", "<body", "<!--", "<script", "<?php"];

    /// <summary>What the first bytes show.</summary>
    public static MediaSign Of(ReadOnlySpan<byte> first)
    {
        foreach (byte[] sign in s_recordings)
        {
            if (first.StartsWith(sign))
            {
                return MediaSign.Recording;
            }
        }

        return IsMovie(first) || IsFrame(first) || IsTransportStream(first) ? MediaSign.Recording : OfText(first);
    }

    // A page may begin with a byte order mark, white space or an XML declaration.
    private static MediaSign OfText(ReadOnlySpan<byte> first)
    {
        string text = Encoding.UTF8.GetString(first).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("#EXTM3U", StringComparison.Ordinal))
        {
            return MediaSign.Manifest;
        }

        if (text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
        {
            return text.Contains("<MPD", StringComparison.Ordinal) ? MediaSign.Manifest
                : text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase) ? MediaSign.Page
                : MediaSign.Unknown;
        }

        return s_pages.Any(page => text.StartsWith(page, StringComparison.OrdinalIgnoreCase)) ? MediaSign.Page : MediaSign.Unknown;
    }

    private static bool IsMovie(ReadOnlySpan<byte> first) =>
        first.Length >= 2 * BrandOffset && s_boxes.Contains(Encoding.ASCII.GetString(first.Slice(BrandOffset, BrandOffset)));

    // MPEG audio and AAC: eleven or twelve bits that are set.
    private static bool IsFrame(ReadOnlySpan<byte> first) => first.Length > 2 && first[0] == 0xFF && (first[1] & 0xE0) == 0xE0 && first[1] != 0xFF && first[1] != 0xFE;

    private static bool IsTransportStream(ReadOnlySpan<byte> first) => first.Length > TransportPacket && first[0] == 0x47 && first[TransportPacket] == 0x47;
}
