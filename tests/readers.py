"""Reads a run folder with DuckDB, pandas and pyarrow and prints what each of them saw, as JSON.

tests/it/readers.rs runs it. Each reader gets the plain files and no help: no schema, no options, no conversions.
"""

import json
import pathlib
import sys

import duckdb
import pandas
import pyarrow
import pyarrow.compute
import pyarrow.dataset
import pyarrow.parquet

TABLES = {"findings": "findings", "objects": "objects.parquet", "columns": "columns.parquet"}


def facts(rows):
    """Number of rows, sum of value lengths or read bytes, distinct paths: enough to see a wrong or shortened read."""
    return {name: [int(part) for part in parts] for name, parts in rows.items()}


def read_duckdb(run):
    def query(text):
        return duckdb.sql(text).fetchall()[0]

    findings, objects, columns = f"'{run}/findings/*.parquet'", f"'{run}/objects.parquet'", f"'{run}/columns.parquet'"
    for table in (findings, objects, columns):
        # Every name as it stands: none of them may need quotes.
        names = [row[0] for row in duckdb.sql(f"describe select * from {table}").fetchall()]
        duckdb.sql(f"create or replace temp table whole as select {', '.join(names)} from {table}")
        types = {row[0]: row[1] for row in duckdb.sql(f"describe select * from {table}").fetchall()}
        assert not any(kind.startswith("U") and "INT" in kind for kind in types.values()), types
        assert types["scanned_at"] == "TIMESTAMP WITH TIME ZONE", types
    joined = query(f"select count(*) from {findings} f join {objects} o on f.object_id = o.object_id")[0]
    counted = query(f"select sum(entities['email']) from {objects}")[0]
    return facts({
        "findings": query(f"select count(*), sum(value_length), count(distinct path) from {findings}"),
        "objects": query(f"select count(*), sum(bytes_read), count(distinct path) from {objects}"),
        "columns": query(f"select count(*), sum(row_count), count(distinct path) from {columns}"),
        "joined": [joined],
        "emails": [counted],
        "signals": query(f"select sum(len(signals)) from {findings}"),
    })


def read_pandas(run):
    frames = {name: pandas.read_parquet(f"{run}/{path}") for name, path in TABLES.items()}
    findings, objects, columns = frames["findings"], frames["objects"], frames["columns"]
    for frame in frames.values():
        assert str(frame["scanned_at"].dtype) == "datetime64[us, UTC]", frame["scanned_at"].dtype
        assert not any(str(kind).startswith("uint") for kind in frame.dtypes), frame.dtypes
    joined = findings.merge(objects, on="object_id")
    return facts({
        "findings": [len(findings), findings["value_length"].sum(), findings["path"].nunique()],
        "objects": [len(objects), objects["bytes_read"].sum(), objects["path"].nunique()],
        "columns": [len(columns), columns["row_count"].sum(), columns["path"].nunique()],
        "joined": [len(joined)],
        "emails": [sum(dict(pairs).get("email", 0) for pairs in objects["entities"])],
        "signals": [findings["signals"].map(len).sum()],
    })


def read_pyarrow(run):
    tables = {name: pyarrow.dataset.dataset(f"{run}/{path}").to_table() for name, path in TABLES.items()}
    findings, objects, columns = tables["findings"], tables["objects"], tables["columns"]
    for name, table in tables.items():
        path = pathlib.Path(run, TABLES[name])
        parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        metadata = pyarrow.parquet.read_metadata(parts[0]).metadata
        assert metadata[b"datatrawl.schema_version"] == b"1" and metadata[b"datatrawl.table"] == name.encode(), metadata
        table.validate(full=True)

    def total(column):
        return pyarrow.compute.sum(column).as_py()

    def distinct(table):
        return len(set(table["path"].to_pylist()))

    known = set(objects["object_id"].to_pylist())
    return facts({
        "findings": [findings.num_rows, total(findings["value_length"]), distinct(findings)],
        "objects": [objects.num_rows, total(objects["bytes_read"]), distinct(objects)],
        "columns": [columns.num_rows, total(columns["row_count"]), distinct(columns)],
        "joined": [sum(id in known for id in findings["object_id"].to_pylist())],
        "emails": [sum(dict(pairs).get("email", 0) for pairs in objects["entities"].to_pylist())],
        "signals": [sum(map(len, findings["signals"].to_pylist()))],
    })


if __name__ == "__main__":
    run = sys.argv[1]
    print(json.dumps({"duckdb": read_duckdb(run), "pandas": read_pandas(run), "pyarrow": read_pyarrow(run)}))
