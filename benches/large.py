#!/usr/bin/env python3
"""Writes a large input of one kind, made from sample-data/exports/signup.csv again and again.

    benches/large.py FILE BYTES     the ending says which kind: csv ndjson json sql parquet arrow avro

Memory stays small. Parquet and Arrow need pyarrow: .venv/bin/python, which ./test makes.
"""
import csv
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
MARK = b"mark of a block."

def records():
    with open(HERE.parent / "sample-data/exports/signup.csv", encoding="utf-8", newline="") as file:
        header, *rows = [row for row in csv.reader(file) if row]
    return header, [row for row in rows if len(row) == len(header)]

def repeat(file, size, chunk, start=b"", joint=b"", end=b""):
    """The chunk again and again, up to about that size."""
    written = file.write(start)
    many = joint.join([chunk] * max(1, (8 << 20) // len(chunk)))
    written += file.write(many)
    while written < size:
        written += file.write(joint + many)
    file.write(end)

def table():
    import pyarrow
    header, rows = records()
    columns = {name: [row[i] or None for row in rows] for i, name in enumerate(header)}
    columns["seq"] = list(range(len(rows)))
    columns["balance"] = [i * 1.25 for i in range(len(rows))]
    once = pyarrow.table(columns)
    return pyarrow.concat_tables([once] * 50).combine_chunks()

def long(value):
    """A number as Avro writes it: its sign in the lowest bit, seven bits a byte."""
    value, out = value << 1, bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))

def sized(data):
    return long(len(data)) + data

def write(path, size):
    kind = pathlib.Path(path).suffix[1:]
    header, rows = records()
    objects = [json.dumps(dict(zip(header, row)), ensure_ascii=False).encode() for row in rows]
    if kind == "parquet":
        import pyarrow.parquet
        part = table()
        with pyarrow.parquet.ParquetWriter(path, part.schema, use_dictionary=False, compression="none") as writer:
            while pathlib.Path(path).stat().st_size < size:
                writer.write_table(part)
        return
    if kind == "arrow":
        import pyarrow
        part = table()
        with pyarrow.OSFile(path, "wb") as sink, pyarrow.ipc.new_file(sink, part.schema) as writer:
            while sink.tell() < size:
                writer.write_table(part, max_chunksize=10_000)
        return
    with open(path, "wb") as file:
        if kind == "csv":
            import io
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\n").writerows(rows)
            repeat(file, size, text.getvalue().encode(), start=(",".join(header) + "\n").encode())
        elif kind == "ndjson":
            repeat(file, size, b"".join(line + b"\n" for line in objects))
        elif kind == "json":
            repeat(file, size, b",\n".join(objects), start=b'{"meta": {"by": "export"}, "data": [\n', joint=b",\n", end=b"\n]}\n")
        elif kind == "sql":
            literal = lambda cell: "NULL" if cell == "" else "'%s'" % cell.replace("'", "''")
            tuples = ["(%s)" % ",".join(map(literal, row)) for row in rows]
            inserts = ["INSERT INTO public.signup VALUES %s;\n" % ",".join(tuples[i:i + 50]) for i in range(0, len(tuples), 50)]
            create = "CREATE TABLE public.signup (%s);\n" % ", ".join("%s text" % name for name in header)
            repeat(file, size, "".join(inserts).encode(), start=("SET client_encoding = 'UTF8';\n" + create).encode())
        elif kind == "avro":
            fields = [{"name": name, "type": "string"} for name in header]
            schema = json.dumps({"type": "record", "name": "signup", "fields": fields}).encode()
            data = b"".join(sized(cell.encode()) for row in rows for cell in row)
            block = long(len(rows)) + sized(data) + MARK
            repeat(file, size, block, start=b"Obj\x01" + long(1) + sized(b"avro.schema") + sized(schema) + long(0) + MARK)
        else:
            sys.exit(__doc__)

if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write(sys.argv[1], int(sys.argv[2]))
