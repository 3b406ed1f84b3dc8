namespace CesarPS.Console.Commands;

/// <summary>The words of the help pages.</summary>
internal static class HelpText
{
    public const string Root = """
        cesar: offline transcription of speech. Recordings in, text and subtitles out; nothing leaves this machine.

        Usage:
          cesar transcribe INPUT... [options]   Transcribe recordings.
          cesar models list|get|path            The models that there are, and where they are.
          cesar cache info|list|show|...        What is kept of earlier work, and how much room it takes.
          cesar doctor                          Check everything that cesar depends on.
          cesar config                          Show every setting and where it comes from.

        Options:
          -h, --help      Help; after a command, help for that command.
              --version   The versions of cesar and of its engines.

        Examples:
          cesar transcribe talk.mp3                     the text on the screen
          cesar transcribe talk.mp3 -f srt > talk.srt   subtitles
          cesar transcribe https://example.org/talk     what is on a web page, or on YouTube
          cesar transcribe recordings/ -o transcripts/  every recording of a folder

        Exit codes: 0 all done, 1 some input failed, 2 the command line or a setting is wrong, 130 cancelled.

        """;

    public const string TranscribeHead = """
        Transcribe recordings: any sound or video that ffmpeg reads, on this machine or on the web.

        Usage:
          cesar transcribe INPUT... [options] [--] [INPUT...]

        INPUT is a file, a folder (the recordings in it), a pattern ("talks/**/*.mp3"), an http or https address
        (a recording; a page of YouTube or of another site that yt-dlp knows), or - for a list of
        names on standard input: one a line, or ended by zero bytes (find -print0). A file whose name begins
        with a dash goes behind --. A recording that is named twice is transcribed once.

        Without --output-dir the first format goes to standard output and nothing else does: progress, notices
        and errors go to standard error. Plain text appears as it is recognised. Several transcripts follow
        each other, with an empty line between them (JSON: one document after the other, as jq reads them).

        """;

    public const string TranscribeTail = """

        What was fetched from the web is kept. For a day it is served as it is (--max-cache-age); then its source is
        asked, and fetched again only where it has changed. What is gone or private there is no longer served.

        Settings may also come from the environment (CESAR_MODEL, CESAR_BEAM_SIZE, ...) or the configuration file,
        but for those of one run: start, end, max-duration, audio-track, the numbers and names of speakers,
        no-cache, refresh, allow-stale and playlist. The command line wins over the environment, the environment
        over the file. 'cesar config' shows them all. A flag takes a value where it is to be turned off:
        --words false.

        Examples:
          cesar transcribe interview.m4a
          cesar transcribe film.mkv --audio-track 2 --language fr --translate -f srt,vtt -o subtitles
          cesar transcribe lecture.mp4 --start 1:30 --max-duration 10m --words -f json | jq .segments
          find . -name '*.opus' -print0 | cesar transcribe - -o texts --json-log
          cesar transcribe interview.mp3 --speakers 2 --speaker-name 1=Anna,2=Robert -f md
          cesar transcribe call.wav --speaker-per-channel -f srt
          cesar transcribe https://youtu.be/ID --refresh -f md -o texts
          cesar transcribe meeting.wav --vocabulary "Cesar,whisper.cpp" --vocabulary @names.txt

        Exit codes:
          0    all done
          1    some input failed (the others are done), or something needed is missing: see 'cesar doctor'
          2    the command line or a setting is wrong; nothing was worked on
          130  cancelled (Ctrl+C); outputs that were whole are kept
          141  the reader of standard output went away ('| head')

        """;

    public const string Models = """
        The models that there are, and where they are.

        Usage:
          cesar models list [--json]        Every model: name, size, languages, and whether it is here.
          cesar models get NAME [--quiet]   Download and verify a model; prints its path.
          cesar models path NAME            Print where a model's file is or would be (exit code 1 where it is not).

        A model is downloaded on first use, too. For a machine without a network, place the file by hand where
        'cesar models path NAME' says. CESAR_MODELS names another folder, CESAR_MODEL_BASE_URL a mirror.

        Example:
          cesar models get small && cesar transcribe talk.mp3 --model small

        """;

    public const string Cache = """
        What is kept of earlier work, so that no second of a recording is worked on twice.

        Usage:
          cesar cache info [--json]         Folder, size, entries of each stage, hits, time saved, work under way.
          cesar cache list [FILTER...] [--sort created|used|size|source|stage] [--json]
                                            The entries; the newest, latest used or largest come first.
          cesar cache show KEY [--json]     Everything about one entry, what it was made from, and what was made
                                            from it. The beginning of a key is enough.
          cesar cache clean FILTER... [--dry-run]
                                            Remove the entries that all filters mean.
          cesar cache clean --to-size SIZE [--dry-run]
                                            Remove what was used longest ago, audio before text, down to a size.
          cesar cache clear [--yes]         Remove everything; asks before it does.
          cesar cache limit [SIZE]          Print the limit; or write it to the configuration file as
                                            'cache-limit', and make room at once. 0 keeps nothing.
          cesar cache verify [--repair]     Read every byte and compare it with its digest; mend what is wrong.
          cesar cache path                  Print the folder of the cache.

        Filters:
              --stage NAME        Entries of this stage: acquire, transcode, contrast, channels,
                                  levels, transcribe, window, language, speaker-features, speaker-block,
                                  diarize.
              --source PATTERN    Entries whose recording fits, by its path or its name: "talk*.mp3".
              --older-than AGE    Entries made longer ago than 30d, 12h, 90m or 45s.
              --larger-than SIZE  Entries of more than 500MB, 1.5GiB, 1000 (bytes).

        Options:
              --cache-dir DIR     Another cache than that of the settings.

        What somebody is using at the moment is never removed. A transcript stays after its audio was removed.

        Examples:
          cesar cache list --sort size | head
          cesar cache clean --older-than 90d --dry-run
          cesar cache limit 5GB

        Exit codes: 0 done, 1 not done or problems left unrepaired, 2 the command line or a setting is wrong.

        """;

    public const string Doctor = """
        Check everything that cesar depends on: native libraries, ffmpeg, models, the cache, folders, settings.

        Usage:
          cesar doctor [--json]

        Each line says what was found, and for what is wrong how to mend it.
        Exit codes: 0 all that is needed is here, 1 something is missing or broken.

        """;

    public const string Config = """
        Show every setting, its value, and where it comes from.

        Usage:
          cesar config [--json]
          cesar config path       Print where the configuration file is, or would be.

        The file is one JSON object with the names of options: { "model": "small", "output-dir": "texts" }.
        Each setting has a variable, too: CESAR_MODEL, CESAR_OUTPUT_DIR. CESAR_CONFIG names another file.
        The command line wins over the environment, the environment over the file.

        """;
}
