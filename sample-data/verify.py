"""Parses every generated file again, with the standard parsers, and finds each planted value where planted.csv says."""
import csv
import gzip
import io
import json
import pathlib
import re
import struct
import sys
import tarfile
import zipfile

import pyarrow.parquet
from formats import unzstd

STRING = r"'(?:[^'\\]|\\.|'')*'"
LITERAL = re.compile(STRING + r"|0x[0-9A-F]*|NULL|-?[0-9.]+")
TUPLE = re.compile(r"\((?:(?:%s|0x[0-9A-F]*|NULL|-?[0-9.]+)(?:, ?)?)+\)" % STRING)

def dump(text):
    """Lines of COPY and tuples of INSERT, one after the other. Columns are those of the statement or of CREATE TABLE."""
    columns = {name.strip("`"): re.findall(r"^ +`?(\w+)`? \w+", body, re.M) for name, body in re.findall(r"CREATE TABLE (\S+) \((.*?)^\)", text, re.S | re.M)}
    rows, copying, mysql = [], None, "ENGINE=" in text
    escapes = {"n": "\n", "r": "\r", "t": "\t"}
    def unescaped(s):
        return re.sub(r"\\(.)", lambda m: escapes.get(m[1], m[1]), s, flags=re.S)
    for line in text.split("\n"):
        started = re.match(r"COPY (\S+) ", line)
        if started:
            copying = columns[started[1]]
        elif line == "\\.":
            copying = None
        elif copying:
            rows.append({c: [unescaped(v)] for c, v in zip(copying, line.split("\t")) if v != "\\N"})
        elif line.startswith("INSERT"):
            names, values = columns[line.split()[2].strip("`")], line[line.index("VALUES") + 6:]
            for row in TUPLE.findall(values):
                cells = [bytes.fromhex(v[2:]).decode() if v.startswith("0x") else
                         (unescaped(v[1:-1]) if mysql else v[1:-1].replace("''", "'")) if v.startswith("'") else v for v in LITERAL.findall(row)]
                rows.append({c: [v] for c, v in zip(names, cells)})
    return rows

def nested(node, column, into):
    for key, child in node.items() if isinstance(node, dict) else [(None, v) for v in node]:
        name = column + "[]" if key is None else column + "." + key if column else key
        if isinstance(child, (dict, list)):
            nested(child, name, into)
        else:
            into.setdefault(name, []).append(str(child))
    return into

def contacts(text):
    """vCards by property; the components of N and ADR have columns of their own."""
    components = {"N": "family_name given_name additional_names prefixes suffixes".split(),
                  "ADR": "po_box extended_address street city region postal_code country".split()}
    cards = []
    for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n"):
        head, _, value = line.partition(":")
        name = head.partition(";")[0]
        if name == "BEGIN":
            cards.append({})
        parts = [re.sub(r"\\(.)", r"\1", part) for part in re.split(r"(?<!\\);", value)]
        for column, part in zip(components.get(name, [None]), parts):
            cards[-1].setdefault(name + "." + column if column else name, []).append(part) if cards else None
    return cards

def picture(data):
    """Tags of the EXIF segment of a JPEG (CIPA DC-008), big-endian as `formats.py` writes it."""
    at = data.index(b"Exif\0\0") + 6
    def directory(start):
        count, = struct.unpack_from(">H", data, at + start)
        tags = {}
        for n in range(count):
            place = at + start + 2 + 12 * n
            tag, kind, number, offset = struct.unpack_from(">HHII", data, place)
            size = number * {1: 1, 2: 1, 4: 4, 5: 8}[kind]
            tags[tag] = data[place + 8:place + 8 + size] if size <= 4 else data[at + offset:at + offset + size]
        return tags
    main = directory(struct.unpack_from(">I", data, at + 4)[0])
    gps = directory(struct.unpack(">I", main[0x8825])[0])
    def degrees(tag):
        d, _, m, _, s, _ = struct.unpack(">6I", gps[tag])
        return "%.6f" % (d + m / 60 + s / 3600)
    text = lambda tag: main[tag].rstrip(b"\0").decode()
    return {"exif.model": [text(0x110)], "exif.artist": [text(0x13b)], "exif.gps_position": [degrees(2) + ", " + degrees(4)]}

def content_of(root, path):
    """The bytes of a file, or of a member of an archive."""
    outer, _, member = path.partition("!")
    data = (root / outer).read_bytes()
    if outer.endswith(".tar.zst"):
        data = tarfile.open(fileobj=io.BytesIO(unzstd(data))).extractfile(member).read()
    elif outer.endswith(".zip"):
        data = zipfile.ZipFile(io.BytesIO(data)).read(member)
    return gzip.decompress(data) if path.endswith(".gz") else data

def records_of(root, path):
    data, path = content_of(root, path), pathlib.PurePosixPath(path)
    if path.suffix == ".parquet":
        return [nested(row, "", {}) for row in pyarrow.parquet.read_table(io.BytesIO(data), partitioning=None).to_pylist()]
    if path.suffix == ".jpg":
        return [picture(data)]
    text = data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig")
    if path.suffix == ".vcf":
        return contacts(text)
    if ".sql" in path.suffixes:
        return dump(text)
    if path.suffix in (".csv", ".tsv"):
        delim = "\t" if path.suffix == ".tsv" else ";" if path.name in ("contacts.csv", "legacy-calls.csv") else ","
        header, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delim) if row]
        return [{(header[i] if i < len(header) else ""): [v] for i, v in enumerate(row)} for row in rows]
    if path.suffix == ".ndjson":
        return [nested(json.loads(line), "", {}) for line in text.split("\n") if line.strip()]
    return [{"": [line]} for line in text.split("\n")]

def verify(out):
    cache, wanted = {}, {}
    for path, record, column, _, _, value in out.planted:
        key = (path, record, column, value)
        wanted[key] = wanted.get(key, 0) + 1
    for (path, record, column, value), times in wanted.items():
        if path not in cache:
            cache[path] = records_of(out.root, path)
        cells = cache[path][record].get(column, [])
        if "\0".join(cells).count(value) < times:
            sys.exit("not where planted.csv says: %s record %d column %r" % (path, record, column))
