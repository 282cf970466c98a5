#!/usr/bin/env bash
# What apply, subject, gate and report take: benches/retention.sh [FOLDER]. It makes its data itself, with the Python of ./test, in a
# new folder, and builds the program first.
set -euo pipefail
cd "$(dirname "$0")/.."

work=${1:-$(mktemp -d)}
mkdir -p "$work"
cargo build --release --quiet
program=$PWD/target/release/datatrawl
samples=$PWD/sample-data
python=$PWD/.venv/bin/python
[ -x "$python" ] || { echo "error: no .venv: run ./test once" >&2; exit 1; }
cd "$work"
DATATRAWL_KEY=$("$program" key new)
export DATATRAWL_KEY

timed() { /usr/bin/time -f "$1: %e s, %M KiB" "${@:2}" > out.txt; }

"$python" - "$samples" <<'END'
import os, sys
import numpy as np, pyarrow as pa, pyarrow.parquet as pq

os.makedirs('parquet'); os.makedirs('csv')
random, rows = np.random.default_rng(1), 100_000
writer = None
for group in range(100):
    days = np.full(rows, np.datetime64('2026-01-10'))
    if group == 50:
        days[:10] = np.datetime64('2020-01-10')
    table = pa.table({
        'id': np.arange(group * rows, (group + 1) * rows),
        'at': pa.array(days.astype('datetime64[us]'), pa.timestamp('us', 'UTC')),
        'note': [f'order {n} of {x}' for n, x in enumerate(random.integers(0, 1 << 60, rows))],
        'blob': [bytes(b) for b in random.integers(0, 256, (rows, 32), dtype=np.uint8)],
        'mail': [f'a{n}@koreo.ph' if n % 50 == 0 else None for n in range(rows)],
    })
    writer = writer or pq.ParquetWriter('parquet/a.parquet', table.schema, compression='snappy', use_dictionary=['mail'])
    writer.write_table(table, row_group_size=rows)
writer.close()
head, *lines = open(sys.argv[1] + '/exports/signup.csv', encoding='utf-8').read().splitlines(keepends=True)
body = ''.join(lines)
for n in range(100):
    with open(f'csv/{n:03}.csv', 'w', encoding='utf-8') as out:
        out.write(head + body * ((1 << 20) // len(body.encode()) + 1))
END
head='version = 1\n[policy]\nid = "p"\nmodified = 2026-01-15\ntimezone = "UTC"\n[guard]\nmax_records_percent = 100\n[[dataset]]\nid = "d"\n'
printf "$head"'match = ["*.parquet"]\nkey = ["id"]\nclock = [{ kind = "column", name = "at" }]\n' > parquet.toml
printf '[[rule]]\nid = "r"\ndataset = "d"\nafter = "P1Y"\naction = "drop_record"\n' | tee -a parquet.toml > rule.toml
{ printf "$head"'match = ["*.csv"]\n[[dataset.person]]\nrole = "customer"\ncolumns = ["full_name", "phone"]\n'
  printf 'identity = { customer_id = "customer_id", email = "email" }\n'; cat rule.toml; } > csv.toml
printf 'version = 1\nid = "c"\n[selectors]\nemail = "jamesksandoval@koreo.example"\n' > request.toml

ls -l parquet/a.parquet | awk '{ print "Parquet of 100 row groups, rows due in one:", $5, "bytes" }'
"$program" scan parquet --out scanned --quiet
timed "plan" "$program" plan --findings scanned --policy parquet.toml --as-of 2026-01-15 --out plan
digest=$("$program" plan show plan | sed -n 's/^digest //p')
cp parquet/a.parquet kept.parquet
for _ in 1 2 3 4 5; do
    timed "cp" cp kept.parquet copy.parquet
    timed "apply" "$program" apply plan --execute "$digest" --operator t
    cp kept.parquet parquet/a.parquet
    rm -f plan/ledger.jsonl copy.parquet
done

du -sh csv | awk '{ print "100 files of CSV:", $1 }'
for _ in 1 2 3; do
    timed "gate" "$program" gate csv --quiet || [ $? -eq 1 ]
done
timed "scan" "$program" scan csv --out run --quiet
timed "scan --policy" "$program" scan csv --policy csv.toml --out governed --quiet
timed "subject find" "$program" subject find --request request.toml --findings run --policy csv.toml
for form in html sarif csv jsonl; do
    timed "report --to $form" "$program" report run --to "$form" -o "report.$form"
done
"$python" -c "import json; print('findings:', sum(json.load(open('run/scan.json'))['totals']['findings'].values()))"
