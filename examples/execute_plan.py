#!/usr/bin/env python3
"""Carries the operations of a plan out that are about one file of delimited text or Parquet, from ops.parquet alone.

    execute_plan.py PLAN FILE RESULT

Needs pyarrow. FILE is written anew beside itself and then put in place; RESULT is what `datatrawl ledger record PLAN --external RESULT`
takes. An operation whose record is not told by its key, or that this program does not know, meets no record and says so. What it cannot
do is to check tokens: they need the key of the plan. So it compares nothing with what was scanned; `datatrawl verify PLAN` does.
"""

import os
import sys

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

NAME = "execute_plan.py"


def read(path):
    """The table, and whether it is Parquet. Cells of delimited text are texts as they stand."""
    with open(path, "rb") as file:
        if file.read(4) == b"PAR1":
            return pq.read_table(path), True
    names = pa.csv.open_csv(path).schema.names
    convert = pa.csv.ConvertOptions(column_types={name: pa.string() for name in names}, strings_can_be_null=False)
    return pa.csv.read_csv(path, parse_options=pa.csv.ParseOptions(newlines_in_values=True), convert_options=convert), False


def changed(op, cell):
    """A cell after an operation; fails where this program does not know the action."""
    if op["action"] not in ("null", "redact", "replace"):
        raise KeyError(op["action"])
    written = op["replacement"]
    if op["kind"] == "cell":
        return written
    text = str(cell).encode()
    start, end = op["cell_start"], op["cell_end"]
    return (text[:start] + (written or "").encode() + text[end:]).decode()


def main(plan, path, result):
    ops = pq.read_table(os.path.join(plan, "ops.parquet")).to_pylist()
    ops = [op for op in ops if os.path.realpath(op["uri"]) == os.path.realpath(path) and op["member"] is None]
    table, is_parquet = read(path)
    rows = table.to_pylist()
    # Records by the columns that keys have.
    places = {}
    for names in {tuple(name for name, _ in op["record_key"] or ()) for op in ops}:
        if names and all(name in table.schema.names for name in names):
            for place, row in enumerate(rows):
                places.setdefault((names, tuple(str(row[name]) for name in names)), []).append(place)
    gone, told = set(), []
    # From the back, so that spans in a cell hold until they are used.
    for op in reversed(ops):
        key = op["record_key"] or ()
        met = places.get((tuple(name for name, _ in key), tuple(value for _, value in key)), [])
        affected = 0
        if len(met) == 1:
            row = rows[met[0]]
            if op["kind"] == "record":
                gone.add(met[0])
                affected = 1
            elif op["column_name"] in row:
                try:
                    row[op["column_name"]] = changed(op, row[op["column_name"]])
                    affected = 1
                except KeyError:
                    pass
        told.append({"op_id": op["op_id"], "rows_affected": affected, "executor": NAME})
    kept = [row for place, row in enumerate(rows) if place not in gone]
    new = pa.Table.from_pylist(kept, schema=table.schema)
    beside = path + ".new"
    if is_parquet:
        pq.write_table(new, beside)
    else:
        pa.csv.write_csv(new, beside)
    os.replace(beside, path)
    schema = pa.schema([("op_id", pa.int64()), ("rows_affected", pa.int64()), ("executor", pa.string())])
    pq.write_table(pa.Table.from_pylist(told, schema=schema), result)


if __name__ == "__main__":
    main(*sys.argv[1:])
