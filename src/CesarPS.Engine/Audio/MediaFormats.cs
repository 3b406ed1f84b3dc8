namespace CesarPS.Engine.Audio;

/// <summary>What ffmpeg and ffprobe may read. Both get the same limits, so that both see the same streams.</summary>
internal static class MediaFormats
{
    // Demuxers of recordings, by name. Everything else stays outside: playlists and scripts that name other files or
    // servers (hls, dash, concat, sdp, imf, avisynth), pictures, subtitles and text (tty reads any .txt), raw samples
    // and devices. A list of what is refused would miss what a later ffmpeg brings.
    private const string Recordings =
        "3dostr,aa,aac,aax,ac3,ac4,acm,act,adp,afc,aiff,aix,amr,amrnb,amrwb,ape,aptx,aptx_hd,asf,ast,au,av1,avi,avr,"
        + "bfstm,bonk,brstm,caf,cavsvideo,codec2,daud,dhav,dsf,dss,dts,dtshd,dv,eac3,ea,flac,flv,kux,live_flv,g722,"
        + "g723_1,g729,gif,gsm,gxf,h261,h263,h264,hevc,hca,iamf,iff,ilbc,ircam,ivf,ivr,laf,lc3,loas,lvf,m4v,"
        + "matroska,webm,mjpeg,mlp,mmf,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpc,mpc8,mpeg,mpegts,mpegvideo,msf,mtaf,mxf,nistsphere,"
        + "nsv,nut,obu,ogg,oma,osq,paf,pva,pvf,qcp,qoa,rm,rso,sbc,sds,shn,smjpeg,sol,sox,spdif,svag,swf,tak,thp,truehd,"
        + "tta,ty,usm,vag,vc1,vc1test,voc,vqf,w64,wady,wav,wsd,wtv,wv,wve,xa,xmv,xvag,xwma";

    /// <summary>Containers whose length is worked out from time stamps that may jump.</summary>
    public static IReadOnlySet<string> WithoutLength { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "mpeg", "mpegts",
    };

    /// <summary>The arguments that name an input, limits first.</summary>
    public static IReadOnlyList<string> InputArguments(InputFile file, params string[] optionsOfInput) =>
    [
        // The parser of a damaged mp3 would gather 2 GB before it gives up.
        "-max_alloc", "268435456",
        "-protocol_whitelist", "file,pipe",
        "-format_whitelist", Recordings,
        .. optionsOfInput,
        "-i", file.Url,
    ];
}
