"""Writes dumps, archives, Parquet and a photo, always with the same bytes.

Parquet and zstd come from pyarrow, in the version that `./test` pins; tar and zip are put together by hand.
"""
import struct
import sys
import zlib

from writers import P, deflate, flat, gzip_member

try:
    import pyarrow
    import pyarrow.parquet
except ImportError:
    sys.exit("pyarrow is missing: run ./test once, then .venv/bin/python sample-data/generate")

class Table:
    def __init__(self, name, columns, rows, hex_column=None):
        self.name, self.columns, self.rows, self.hex_column = name, columns, rows, hex_column

def note(out, path, first, table):
    for i, row in enumerate(table.rows):
        for column, cell in zip(table.columns, row):
            if cell is not None:
                out.note(path, first + i, column, cell)
    return first + len(table.rows)

def postgres_dump(out, path, copied, inserted):
    def field(cell):
        if cell is None:
            return "\\N"
        return flat(cell).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    def literal(cell):
        return "NULL" if cell is None else "'%s'" % flat(cell).replace("'", "''")
    text = ["--", "-- PostgreSQL database dump", "--", "", "SET client_encoding = 'UTF8';", "SET standard_conforming_strings = on;", ""]
    for table in (copied, inserted):
        text += ["CREATE TABLE %s (" % table.name] + [",\n".join("    %s text" % column for column in table.columns), ");", ""]
    text += ["COPY %s (%s) FROM stdin;" % (copied.name, ", ".join(copied.columns))]
    text += ["\t".join(field(cell) for cell in row) for row in copied.rows] + ["\\.", "", ""]
    text += ["INSERT INTO %s (%s) VALUES (%s);" % (inserted.name, ", ".join(inserted.columns), ", ".join(map(literal, row))) for row in inserted.rows]
    note(out, path, note(out, path, 0, copied), inserted)
    out.write(path, ("\n".join(text) + "\n\n--\n-- PostgreSQL database dump complete\n--\n").encode())

def mysql_dump(out, path, *tables):
    def literal(cell, as_hex):
        value = flat(cell)
        if as_hex:
            return "0x" + value.encode().hex().upper()
        if value.isdigit() and not isinstance(cell, P):
            return value
        return "'%s'" % value.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    text, first = ["-- MySQL dump 10.13  Distrib 8.4.0", "", "/*!40101 SET NAMES utf8mb4 */;", ""], 0
    for table in tables:
        text += ["DROP TABLE IF EXISTS `%s`;" % table.name, "CREATE TABLE `%s` (" % table.name]
        text += [",\n".join("  `%s` varchar(500) DEFAULT NULL" % column for column in table.columns), ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;", ""]
        text += ["LOCK TABLES `%s` WRITE;" % table.name, "/*!40000 ALTER TABLE `%s` DISABLE KEYS */;" % table.name]
        for start in range(0, len(table.rows), 20):
            rows = enumerate(table.rows[start:start + 20], start)
            tuples = ["(%s)" % ",".join(literal(cell, k == table.hex_column and i % 10 == 9) for k, cell in enumerate(row)) for i, row in rows]
            text.append("INSERT INTO `%s` VALUES %s;" % (table.name, ",".join(tuples)))
        text += ["/*!40000 ALTER TABLE `%s` ENABLE KEYS */;" % table.name, "UNLOCK TABLES;", ""]
        first = note(out, path, first, table)
    out.write(path, gzip_member(("\n".join(text) + "\n-- Dump completed\n").encode()))

def parquet(rows):
    """rows: records of plain values, as `pyarrow` takes them."""
    sink = pyarrow.BufferOutputStream()
    table = pyarrow.Table.from_pylist(rows)
    pyarrow.parquet.write_table(table, sink, compression="zstd", row_group_size=20, version="2.6")
    return sink.getvalue().to_pybytes()

def zstd(data):
    return pyarrow.compress(data, codec="zstd", asbytes=True)

def unzstd(data):
    return pyarrow.input_stream(pyarrow.BufferReader(data), compression="zstd").read()

def tar(members):
    """ustar: POSIX.1-1988 header blocks, no owner, one time."""
    out = b""
    for name, data in members:
        head = struct.pack("100s8s8s8s12s12s8s1s100s6s2s32s32s8s8s155s12s", name.encode(), b"0000644\0", b"0000000\0", b"0000000\0",
                           b"%011o\0" % len(data), b"%011o\0" % 1767225600, b" " * 8, b"0", b"", b"ustar\0", b"00", b"", b"", b"0000000\0", b"0000000\0", b"", b"")
        head = head[:148] + b"%06o\0 " % sum(head) + head[156:]
        out += head + data + b"\0" * (-len(data) % 512)
    return out + b"\0" * 1024

def zip_file(members):
    """Deflated by hand, as gzip members are: the bytes must not depend on a build of zlib."""
    out, directory = b"", b""
    for name, data in members:
        packed, name = deflate(data), name.encode()
        common = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 0x5B85, zlib.crc32(data) & 0xFFFFFFFF, len(packed), len(data), len(name), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + name
        out += b"PK\3\4" + common + name + packed
    return out + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)

def jpeg_with_exif(make, model, artist, latitude, longitude, taken):
    """The smallest picture: 8 by 8 grey pixels, with an EXIF segment (CIPA DC-008) before them."""
    def ifd(entries, offset):
        fields, extra, at = b"", b"", offset + 2 + 12 * len(entries) + 4
        for tag, kind, count, value in entries:
            if len(value) > 4:
                fields += struct.pack(">HHII", tag, kind, count, at + len(extra))
                extra += value + b"\0" * (len(value) % 2)
            else:
                fields += struct.pack(">HHI", tag, kind, count) + value.ljust(4, b"\0")
        return struct.pack(">H", len(entries)) + fields + b"\0" * 4 + extra
    def text(tag, value):
        data = value.encode() + b"\0"
        return (tag, 2, len(data), data)
    def degrees(tag, value):
        return (tag, 5, 3, b"".join(struct.pack(">II", part, 1) for part in value))
    main = [text(0x010F, make), text(0x0110, model), text(0x0132, taken), text(0x013B, artist), (0x8825, 4, 1, b"\0" * 4)]
    gps_at = 8 + len(ifd(main, 8))
    main[-1] = (0x8825, 4, 1, struct.pack(">I", gps_at))
    gps = [(0, 1, 4, b"\2\3\0\0"), (1, 2, 2, b"N\0"), degrees(2, latitude), (3, 2, 2, b"E\0"), degrees(4, longitude)]
    exif = b"Exif\0\0MM\0*" + struct.pack(">I", 8) + ifd(main, 8) + ifd(gps, gps_at)
    def segment(marker, data):
        return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data
    codes = b"\1" + b"\0" * 15 + b"\0"                   # one code of one bit, for the symbol 0: no difference, end of block
    return (b"\xff\xd8" + segment(0xE1, exif) + segment(0xDB, b"\0" + b"\1" * 64) + segment(0xC0, b"\x08\0\x08\0\x08\1\1\x11\0")
            + segment(0xC4, b"\0" + codes) + segment(0xC4, b"\x10" + codes) + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x3f" + b"\xff\xd9")
