"""Parses every generated file again, with the standard parsers, and finds each planted value where planted.csv says."""
import csv
import gzip
import io
import json
import sys

def records_of(path):
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    text = data.decode("utf-8-sig")
    if path.suffix in (".csv", ".tsv"):
        delim = "\t" if path.suffix == ".tsv" else ";" if path.name == "contacts.csv" else ","
        header, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delim) if row]
        return [{(header[i] if i < len(header) else ""): [v] for i, v in enumerate(row)} for row in rows]
    if path.suffix == ".ndjson":
        def leaves(node, column, into):
            for key, child in node.items() if isinstance(node, dict) else [(None, v) for v in node]:
                name = column + "[]" if key is None else column + "." + key if column else key
                if isinstance(child, (dict, list)):
                    leaves(child, name, into)
                else:
                    into.setdefault(name, []).append(str(child))
            return into
        return [leaves(json.loads(line), "", {}) for line in text.split("\n") if line.strip()]
    return [{"": [line]} for line in text.split("\n")]

def verify(out):
    cache, wanted = {}, {}
    for path, record, column, _, _, value in out.planted:
        key = (path, record, column, value)
        wanted[key] = wanted.get(key, 0) + 1
    for (path, record, column, value), times in wanted.items():
        if path not in cache:
            cache[path] = records_of(out.root / path)
        cells = cache[path][record].get(column, [])
        if "\0".join(cells).count(value) < times:
            sys.exit("not where planted.csv says: %s record %d column %r" % (path, record, column))
