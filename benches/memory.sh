#!/usr/bin/env bash
# Peak memory of a scan at two jobs, on inputs made from sample-data: a log, a CSV and a single line.
# benches/memory.sh [FOLDER]   inputs and runs go to FOLDER (default: a temporary one); SIZE_MIB=4096 sets their size
# Needs cargo, GNU time and about three times SIZE_MIB of disk.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-$(mktemp -d)}
size=$((${SIZE_MIB:-4096} * 1024 * 1024))
mkdir -p "$folder"
cargo build --release --quiet
binary=$PWD/target/release/datatrawl
export DATATRAWL_KEY=${DATATRAWL_KEY:-$(printf '00%.0s' {1..32})}

repeat() { # FILE BYTES: its text again and again, up to that size
    local chunk=$folder/chunk
    : > "$chunk"
    while [ "$(stat -c %s "$chunk")" -lt 67108864 ]; do cat "$1" >> "$chunk"; done
    for ((left = $2; left > 0; left -= $(stat -c %s "$chunk"))); do cat "$chunk"; done
    rm "$chunk"
}

tail -n +2 sample-data/exports/signup.csv > "$folder/rows"
repeat sample-data/exports/logs/app.log "$size" > "$folder/log.log"
{ head -n 1 sample-data/exports/signup.csv; repeat "$folder/rows" "$size"; } > "$folder/table.csv"
repeat sample-data/exports/logs/app.log $((size / 4)) | tr '\n' ' ' > "$folder/line.txt"

printf '%-10s %10s %10s %8s\n' input MiB 'peak MiB' seconds
for input in log.log table.csv line.txt; do
    rm -rf "$folder/run"
    code=0
    /usr/bin/time -f '%M %e' -o "$folder/time" "$binary" scan "$folder/$input" --out "$folder/run" --jobs 2 --quiet --region PH,US || code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || { echo "the scan of $input ended with $code" >&2; exit 1; }
    read -r peak seconds < <(tail -n 1 "$folder/time")
    printf '%-10s %10d %10d %8s\n' "$input" $(($(stat -c %s "$folder/$input") / 1048576)) $((peak / 1024)) "$seconds"
    rm -rf "$folder/run" "$folder/$input"
done
