#!/usr/bin/env python3
"""What a list of known values costs: benches/known.py FILE…

Makes a list of VALUES=10000000 made-up values (customer number, name, e-mail, phone and account of each person), reads it, and scans each FILE
RUNS=5 times in one run with it and in one without. Prints the bytes of the table by value, the seconds that the list takes to read, peak
memory, and for each file MB/s at one job: the best of its times in `objects`. Needs cargo, GNU time, pyarrow (.venv/bin/python, which ./test makes), and about
1 GiB of disk in TMPDIR.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import pyarrow.parquet

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("BINARY", str(ROOT / "target/release/datatrawl"))
VALUES = int(os.environ.get("VALUES", "10000000"))
RUNS = int(os.environ.get("RUNS", "5"))
JOBS = os.environ.get("JOBS", "1")
HEADER = ["customer_no", "full_name", "email", "mobile", "account"]
ENTITIES = ["customer_id", "person_name", "email", "phone", "bank_account"]


def words():
    """Made-up names: as many that begin alike as those of a country have."""
    starts = "Al An Bel Ber Cas Cla Da De El Em Fa Fer Ga Gil Ha Her In Is Jo Ju Ka Ke La Le Ma Mi Na No Ol Pa Pe Ra Ri Sa Se Ta Te Va Vi Ya".split()
    ends = "a ana ben bert ca cia dan dina do fina gar gina lan lia lina ma mar mina na nard ndo nia nor ra ric rina ro sa son ta tin tina ton ver via".split()
    return [start + end for start in starts for end in ends]


def write(path, rows):
    names = words()
    count = len(names)
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(HEADER) + "\n")
        for n in range(rows):
            given, middle, family = names[n * 7 % count], names[n // count % count], names[n * 13 // 5 % count]
            mix = n * 2654435761 % 1_000_000_007
            phone = f"+63 9{10 + n % 90} {mix % 1000:03d} {n // 90 % 10000:04d}"
            file.write(f"C-{n:08d},{given} {middle}{n % 97} {family},{given}.{family}{n}@mail{n % 50}.example.com,{phone},{9 * 10**11 + mix * 100 + n % 100}\n")


def scan(folder, out, more):
    time = f"{out}.time"
    command = ["/usr/bin/time", "-f", "%M %e", "-o", time, BINARY, "scan", folder, "--out", out, "--quiet", "--jobs", JOBS, "--region", "PH,US", *more]
    done = subprocess.run(command, env={"DATATRAWL_KEY": "00" * 32, "PATH": os.environ["PATH"]})
    if done.returncode not in (0, 3):
        sys.exit(f"the scan ended with {done.returncode}")
    peak, seconds = pathlib.Path(time).read_text().split()[-2:]
    objects = pyarrow.parquet.read_table(f"{out}/objects.parquet", columns=["path", "elapsed_us", "bytes_read"]).to_pylist()
    return int(peak) / 1024, float(seconds), objects


def best(objects, name):
    return min(row["elapsed_us"] for row in objects if row["path"].split("/")[0] == name)


def main():
    files = [pathlib.Path(name).resolve() for name in sys.argv[1:]]
    if not files:
        sys.exit("usage: benches/known.py FILE…")
    if "BINARY" not in os.environ:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write(folder / "known.csv", VALUES // len(HEADER))
        for number, file in enumerate(files):
            for run in range(RUNS):
                place = folder / "in" / str(number) / str(run)
                place.mkdir(parents=True)
                (place / file.name).symlink_to(file)
        (folder / "empty").mkdir()
        (folder / "empty/a.txt").write_text("x\n")
        columns = [part for pair in zip(HEADER, ENTITIES) for part in ("--known-column", "=".join(pair))]
        with_list = ["--known", str(folder / "known.csv"), *columns]
        peak, seconds, _ = scan(folder / "empty", str(folder / "load"), with_list)
        told = json.loads((folder / "load/scan.json").read_text())["settings"]["known"]
        values = sum(column["values"] for column in told["columns"])
        print(f"{values} values, {told['bytes'] / values:.1f} bytes each, read in {seconds:.1f} s, peak {peak:.0f} MiB")
        for note in ("dense", "common", "shared"):
            print(f"  {note}: {told[note]}")
        without = scan(folder / "in", str(folder / "without"), ["--follow-links"])
        known = scan(folder / "in", str(folder / "with"), ["--follow-links", *with_list])
        print(f"peak without the list {without[0]:.0f} MiB, with it {known[0]:.0f} MiB")
        print(f"{'file':<28} {'MB':>8} {'without MB/s':>13} {'with MB/s':>10} {'ratio':>6}")
        for number, file in enumerate(files):
            size = file.stat().st_size
            plain, own = (size / best(run[2], str(number)) for run in (without, known))
            print(f"{file.name:<28} {size / 1e6:>8.0f} {plain:>13.0f} {own:>10.0f} {own / plain:>6.2f}")


main()
