#!/bin/sh
# Transcribes the recordings of a folder that have no transcript yet, with cesar; made for schedulers.
#
#   update-transcripts.sh RECORDINGS TEXTS
#
# One run at a time: a second one ends at once. A recording that fails is logged, and the others go on; the next run tries
# it again. Recordings that would have one transcript, such as talk.mp3 and talk.wav, are logged and left alone. CESAR names
# the program where it is not on PATH. The log is TEXTS/cesar-YYYY-MM.log. Needs flock, which macOS lacks.
#
# Exit codes: those of cesar (0 all is done, 1 some failed, 2 the command line or a setting is wrong), 75 another run is at work.
set -u
if [ $# -ne 2 ] || [ ! -d "$1" ]; then
    echo "usage: update-transcripts.sh RECORDINGS TEXTS" >&2
    exit 2
fi
if ! command -v flock >/dev/null; then
    echo "update-transcripts.sh: flock is missing. Install it: 'brew install flock' on macOS, the package util-linux elsewhere." >&2
    exit 2
fi
mkdir -p -- "$2" || exit 2
recordings=$(cd -- "$1" && pwd) && texts=$(cd -- "$2" && pwd) || exit 2
log="$texts/cesar-$(date +%Y-%m).log"

exec 9>"$texts/.transcripts.lock"
if ! flock -n 9; then
    echo "$(date +%Y-%m-%dT%H:%M:%S%z) another run is at work; this one ends" >>"$log"
    exit 75
fi

# Of those that share a name the first one is silent, and the others say so. What has its text is done. What is not older
# than a minute may still be on its way here: the next run takes it.
work=$(mktemp -d) || exit 2
trap 'rm -rf -- "$work"' EXIT
find "$recordings" -maxdepth 1 -type f \( -name '*.mp3' -o -name '*.m4a' -o -name '*.wav' -o -name '*.flac' -o -name '*.ogg' \
    -o -name '*.opus' -o -name '*.mp4' -o -name '*.mkv' -o -name '*.mov' -o -name '*.webm' \) -exec sh -c '
    texts=$1 shared=$2 file=$3 folder=${3%/*} name=${3##*/}
    first= count=0
    for ending in flac m4a mkv mov mp3 mp4 ogg opus wav webm; do
        other=${name%.*}.$ending
        if [ -f "$folder/$other" ]; then
            first=${first:-$other} count=$((count + 1))
        fi
    done
    if [ "$count" -gt 1 ]; then
        [ "$name" = "$first" ] || echo "$(date +%Y-%m-%dT%H:%M:%S%z) $name shares its name with $first: rename one of them" >>"$shared"
    elif [ ! -e "$texts/${name%.*}.txt" ] && [ -n "$(find "$file" -mmin +1)" ]; then
        printf "%s\0" "$file"
    fi' sh "$texts" "$work/shared" {} \; >"$work/list"
status=0
if [ -s "$work/shared" ]; then
    cat "$work/shared" >>"$log"
    status=1
fi
if [ -s "$work/list" ]; then
    # The lock stays with this shell: a program that outlives it must not hold it.
    "${CESAR:-cesar}" transcribe - --output-dir "$texts" --format txt,json --json-log <"$work/list" 2>>"$log" 9>&- || status=$?
elif [ "$status" -eq 0 ]; then
    echo "$(date +%Y-%m-%dT%H:%M:%S%z) nothing to transcribe" >>"$log"
fi
exit "$status"
