#!/usr/bin/env bash
# Peak memory of a scan at two jobs, on large inputs made from sample-data, one after the other.
# benches/memory.sh [FOLDER [INPUT…]]   inputs and runs go to FOLDER (default: a temporary one) and are removed again; SIZE_MIB=2048 sets their size
# INPUT: log.log line.txt table.csv table.ndjson table.json table.sql table.parquet table.arrow table.avro (default: all; a line has a quarter of the size)
# Needs cargo, GNU time, .venv (which ./test makes) for Parquet and Arrow, and about twice SIZE_MIB of disk.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-$(mktemp -d)}
shift || true
inputs=("${@:-}")
[ -n "${inputs[0]}" ] || inputs=(log.log line.txt table.csv table.ndjson table.json table.sql table.parquet table.arrow table.avro)
size=$((${SIZE_MIB:-2048} * 1024 * 1024))
python=${PYTHON:-.venv/bin/python}
mkdir -p "$folder"
binary=${BINARY:-$PWD/target/release/datatrawl}
[ -n "${BINARY:-}" ] || cargo build --release --quiet
export DATATRAWL_KEY=${DATATRAWL_KEY:-$(printf '00%.0s' {1..32})}

repeat() { # FILE BYTES: its text again and again, up to that size
    local chunk=$folder/chunk
    : > "$chunk"
    while [ "$(stat -c %s "$chunk")" -lt 67108864 ]; do cat "$1" >> "$chunk"; done
    for ((left = $2; left > 0; left -= $(stat -c %s "$chunk"))); do cat "$chunk"; done
    rm "$chunk"
}

make() { # INPUT
    case $1 in
        log.log) repeat sample-data/exports/logs/app.log "$size" > "$folder/$1" ;;
        line.txt) repeat sample-data/exports/logs/app.log $((size / 4)) | tr '\n' ' ' > "$folder/$1" ;;
        *) "$python" benches/large.py "$folder/$1" "$size" ;;
    esac
}

printf '%-14s %10s %10s %8s\n' input MiB 'peak MiB' seconds
for input in "${inputs[@]}"; do
    make "$input"
    rm -rf "$folder/run"
    code=0
    /usr/bin/time -f '%M %e' -o "$folder/time" "$binary" scan "$folder/$input" --out "$folder/run" --jobs 2 --quiet --region PH,US || code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || { echo "the scan of $input ended with $code" >&2; exit 1; }
    read -r peak seconds < <(tail -n 1 "$folder/time")
    printf '%-14s %10d %10d %8s\n' "$input" $(($(stat -c %s "$folder/$input") / 1048576)) $((peak / 1024)) "$seconds"
    rm -rf "$folder/run" "$folder/$input"
done
