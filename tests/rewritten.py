"""Writes Parquet files with pyarrow, and compares them with what is left of them once a plan was carried out.

rewritten.py write DIR            one file for each way of writing
rewritten.py check OLD_DIR DIR    says what is not as it should be; nothing where all is
"""

import datetime as dt
import decimal
import itertools
import pathlib
import sys

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 300
OLD = dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc)
NEW = dt.datetime(2026, 1, 10, tzinfo=dt.timezone.utc)


def due(i):
    return i % 100 == 7


def gone(i):
    return i % 100 == 9 or 120 <= i < 180


def mail(i, kind):
    return f"{'late' if due(i) or gone(i) else 'kept'}{kind}{i}@koreo.ph"


def table():
    r = range(ROWS)
    required = pa.field("required", pa.string(), nullable=False)
    columns = {
        "id": pa.array(list(r), pa.int64()),
        "phone": pa.array([f"0917 555 {i:04}" if i % 5 else None for i in r]),
        "mail": pa.array([mail(i, "m") for i in r]),
        "at": pa.array([OLD if due(i) or gone(i) else NEW for i in r], pa.timestamp("us", tz="UTC")),
        "nano": pa.array([1700000000000000001 + i for i in r], pa.timestamp("ns")),
        "status": pa.array(["closed" if gone(i) else "open" for i in r]).dictionary_encode(),
        "amount": pa.array([decimal.Decimal(i) / 100 for i in r], pa.decimal128(12, 2)),
        "wide": pa.array([decimal.Decimal(i) * 10**20 for i in r], pa.decimal128(30, 0)),
        "bytes": pa.array([bytes([0, 255, i % 256]) for i in r]),
        "fixed": pa.array([bytes([0, 255, i % 256]) for i in r], pa.binary(3)),
        "person": pa.array([None if i % 4 == 0 else {"name": f"Ana {i}", "email": None if i % 3 == 0 else mail(i, "p")} for i in r]),
        "items": pa.array([[[], None, [{"sku": "x", "mail": mail(i, "a")}, None, {"sku": None, "mail": mail(i, "b")}]][i % 3] for i in r]),
        "tags": pa.array([[None, mail(i, "t"), ""] if i % 2 else None for i in r]),
        "attrs": pa.array([[("email", mail(i, "z")), ("k", None)] if i % 2 else None for i in r], pa.map_(pa.string(), pa.string())),
        "double": pa.array([float("nan") if i % 10 == 0 else i / 3 for i in r]),
        "flag": pa.array([None if i % 7 == 0 else i % 2 == 0 for i in r]),
        "day": pa.array([dt.date(2020, 1, 1)] * ROWS),
        "required": pa.array([f"note {i} to {mail(i, 'r')} now" for i in r]),
    }
    fields = [required if name == "required" else pa.field(name, array.type) for name, array in columns.items()]
    return pa.table(list(columns.values()), schema=pa.schema(fields, metadata={"made": "by hand"}))


def redact(value, hits):
    if isinstance(value, str):
        return hits.sub("[EMAIL]", value)
    if isinstance(value, list):
        return [redact(one, hits) for one in value]
    if isinstance(value, tuple):
        return tuple(redact(one, hits) for one in value)
    if isinstance(value, dict):
        return {key: redact(one, hits) for key, one in value.items()}
    return value


def expected(rows):
    import re

    hits = re.compile(r"late\w+@koreo\.ph")
    for row in rows:
        if gone(row["id"]):
            continue
        if due(row["id"]):
            row = {name: redact(value, hits) for name, value in row.items()} | {"phone": None}
        yield row


def ways():
    codecs = ["none", "snappy", "gzip", "brotli", "lz4", "zstd"]
    for n, (codec, page, dictionary) in enumerate(itertools.product(codecs, ["1.0", "2.0"], [True, False])):
        yield f"{codec}-{page[0]}-{'d' if dictionary else 'p'}", dict(
            compression=codec,
            data_page_version=page,
            use_dictionary=dictionary,
            write_page_index=n % 3 == 0,
            write_statistics=n % 4 != 1,
            use_deprecated_int96_timestamps=n % 5 == 4,
            store_schema=n % 2 == 0,
            data_page_size=[200, 1 << 20][n % 2],
            version=["2.6", "1.0", "2.4"][n % 3],
        )


def write(folder):
    for name, how in ways():
        # What has no time zone is no clock here: INT96 has none.
        made = table()
        if how["use_deprecated_int96_timestamps"]:
            made = made.set_column(made.schema.get_field_index("at"), "at", pa.array([str(at) for at in made["at"].to_pylist()]))
        if how["version"] != "2.6":
            # Earlier versions have no nanoseconds.
            nano = pa.array([1700000000000000000 + 1000 * i for i in range(ROWS)], pa.timestamp("ns"))
            made = made.set_column(made.schema.get_field_index("nano"), "nano", nano)
        pq.write_table(made, folder / f"{name}.parquet", row_group_size=60, sorting_columns=[pq.SortingColumn(0)], **how)


def check(before, after):
    for name, _ in ways():
        old, new = pq.ParquetFile(before / f"{name}.parquet"), pq.ParquetFile(after / f"{name}.parquet")
        wrong = lambda what: print(f"{name}: {what}")
        if not old.schema.equals(new.schema) or old.metadata.metadata != new.metadata.metadata:
            wrong("schema or metadata")
        if old.metadata.created_by != new.metadata.created_by or old.metadata.format_version != new.metadata.format_version:
            wrong("who wrote it")
        want, have = list(expected(old.read().to_pylist())), new.read().to_pylist()
        if repr(want) != repr(have):
            wrong(f"rows: {[(a, b) for a, b in zip(want, have) if repr(a) != repr(b)][:1]}, {len(want)} and {len(have)}")
        if new.metadata.num_rows != len(want) or new.metadata.num_row_groups != 4:
            wrong("counts")
        for group in range(4):
            if new.metadata.row_group(group).sorting_columns != old.metadata.row_group(0).sorting_columns:
                wrong("sorting")
            for column in range(old.metadata.num_columns):
                a, b = old.metadata.row_group(0).column(column), new.metadata.row_group(group).column(column)
                same = ("compression", "path_in_schema", "has_offset_index", "has_column_index", "is_stats_set", "physical_type")
                if any(getattr(a, part) != getattr(b, part) for part in same):
                    wrong(f"column {column} of row group {group}")
        path = after / f"{name}.parquet"
        found = duckdb.sql(f"select count(*), sum(id), count(phone), min(nano) from read_parquet('{path}')").fetchall()[0]
        if found[:3] != (len(want), sum(row["id"] for row in want), sum(row["phone"] is not None for row in want)):
            wrong(f"duckdb reads {found}")
        for row in want[::37]:
            found = duckdb.sql(f"select mail from read_parquet('{path}') where id = {row['id']} and mail = '{row['mail']}'").fetchall()
            if found != [(row["mail"],)]:
                wrong(f"duckdb does not find {row['id']}")


if __name__ == "__main__":
    folders = [pathlib.Path(name) for name in sys.argv[2:]]
    {"write": write, "check": check}[sys.argv[1]](*folders)
