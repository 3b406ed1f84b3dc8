#!/bin/sh
# Transcribes the recordings of a folder that have no transcript yet, with cesar; made for schedulers.
#
#   update-transcripts.sh RECORDINGS TEXTS
#
# One run at a time: a second one ends at once. A recording that fails is logged, and the others go on; the next run tries
# it again. CESAR names the program where it is not on PATH. The log is TEXTS/cesar-YYYY-MM.log.
#
# Exit codes: those of cesar (0 all is done, 1 some failed, 2 the command line or a setting is wrong), 75 another run is at work.
set -u
if [ $# -ne 2 ] || [ ! -d "$1" ]; then
    echo "usage: update-transcripts.sh RECORDINGS TEXTS" >&2
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

# Older than a minute: what is still being copied is left to the next run. What has its text is done.
list=$(mktemp) || exit 2
trap 'rm -f -- "$list"' EXIT
find "$recordings" -maxdepth 1 -type f -mmin +1 \( -name '*.mp3' -o -name '*.m4a' -o -name '*.wav' -o -name '*.flac' -o -name '*.ogg' \
    -o -name '*.opus' -o -name '*.mp4' -o -name '*.mkv' -o -name '*.mov' -o -name '*.webm' \) -exec sh -c '
    name=${2##*/}; [ -e "$1/${name%.*}.txt" ] || printf "%s\0" "$2"' sh "$texts" {} \; >"$list"
if [ ! -s "$list" ]; then
    echo "$(date +%Y-%m-%dT%H:%M:%S%z) nothing to transcribe" >>"$log"
    exit 0
fi

# The lock stays with this shell: a program that outlives it must not hold it.
"${CESAR:-cesar}" transcribe - --output-dir "$texts" --format txt,json --json-log <"$list" 2>>"$log" 9>&-
