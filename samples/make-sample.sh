#!/usr/bin/env bash
# Makes conversation.mp3 and conversation.rttm from conversation.txt: each line of the text is spoken by its speaker's voice.
# Needs flite (with its named voices) and ffmpeg. The same versions of both make the same bytes.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

for program in flite ffmpeg; do
    command -v "$program" >/dev/null || { echo "make-sample.sh: $program is missing (apt-get install flite ffmpeg)" >&2; exit 1; }
done

declare -A voices=([ANNA]=slt [ROBERT]=rms)
rate=16000            # Hz, what flite's voices speak at
bytes_a_second=$((rate * 2))
pause_bytes=$((bytes_a_second * 45 / 100))
# flite begins and ends with silence of its own; the turns are to start and stop with the voice.
trim='silenceremove=start_periods=1:start_threshold=-50dB,areverse,silenceremove=start_periods=1:start_threshold=-50dB,areverse'

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
: > "$work/all.pcm"
: > "$work/turns.rttm"

seconds() { awk -v bytes="$1" -v second="$bytes_a_second" 'BEGIN { printf "%.3f", bytes / second }'; }
pause() { head -c "$pause_bytes" /dev/zero >> "$work/all.pcm"; }

pause
while IFS= read -r line; do
    speaker=${line%%: *}
    flite -voice "${voices[$speaker]}" -t "${line#*: }" -o "$work/turn.wav"
    ffmpeg -v error -nostdin -y -i "$work/turn.wav" -af "$trim" -ar "$rate" -ac 1 -f s16le "$work/turn.pcm"
    start=$(wc -c < "$work/all.pcm")
    length=$(wc -c < "$work/turn.pcm")
    echo "SPEAKER conversation 1 $(seconds "$start") $(seconds "$length") <NA> <NA> $speaker <NA> <NA>" >> "$work/turns.rttm"
    cat "$work/turn.pcm" >> "$work/all.pcm"
    pause
done < conversation.txt

# 44.1 kHz at 48 kbit/s: what a voice recorder writes, and not what a speech model reads, so that the whole way is tried.
ffmpeg -v error -nostdin -y -f s16le -ar "$rate" -ac 1 -i "$work/all.pcm" -ar 44100 -b:a 48k \
    -map_metadata -1 -fflags +bitexact -flags:a +bitexact "$work/conversation.mp3"
mv "$work/conversation.mp3" conversation.mp3
mv "$work/turns.rttm" conversation.rttm
echo "conversation.mp3: $(seconds "$(wc -c < "$work/all.pcm")") s, $(wc -l < conversation.rttm) turns"
