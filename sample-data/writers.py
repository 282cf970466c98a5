"""Writes CSV, NDJSON, text and gzip files, and notes where each planted value went.

CSV quoting and deflate are done by hand: the bytes must be the same under every Python and every build of zlib.
"""
import json
import struct
import zlib

class P:
    """A personal value: what a scanner should find."""
    def __init__(self, entity, role, value):
        self.entity, self.role, self.value = entity, role, value

class Text(list):
    """A cell or line put together from plain strings and planted values."""

def parts(cell):
    return cell if isinstance(cell, Text) else [cell]

def flat(cell):
    return "".join(str(p.value if isinstance(p, P) else p) for p in parts(cell))

class Sample:
    def __init__(self, root):
        self.root, self.planted, self.files = root, [], []

    def write(self, path, data):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.files.append(path)

    def note(self, path, record, column, cell):
        for p in parts(cell):
            if isinstance(p, P):
                self.planted.append((path, record, column, p.entity, p.role, str(p.value)))

    def csv(self, path, header, rows, delim=",", eol="\n", bom=False, encoding="utf-8"):
        """rows: lists of cells; None is a blank line, which is no record."""
        def quoted(s):
            return '"%s"' % s.replace('"', '""') if any(c in s for c in (delim, '"', "\r", "\n")) else s
        out, record = ["\ufeff" * bom + delim.join(map(quoted, header))], 0
        for row in rows:
            out.append(delim.join(quoted(flat(c)) for c in row or []))
            for i, cell in enumerate(row or []):
                self.note(path, record, header[i] if i < len(header) else "", cell)
            record += row is not None
        self.write(path, (eol.join(out) + eol).encode(encoding))

    def ndjson(self, path, records):
        self.write(path, self.json_lines(path, records))

    def json_lines(self, path, records):
        """Escapes differ from line to line on purpose; None is a blank line."""
        out, record = [], 0
        def plain(node, column):
            if isinstance(node, dict):
                return {k: plain(v, column + "." + k if column else k) for k, v in node.items()}
            if isinstance(node, list) and not isinstance(node, Text):
                return [plain(v, column + "[]") for v in node]
            self.note(path, record, column, node)
            if isinstance(node, P) and isinstance(node.value, int):
                return node.value
            return flat(node) if isinstance(node, (Text, P)) else node
        for item in records:
            if item is None:
                out.append("")
                continue
            line = json.dumps(plain(item, ""), ensure_ascii=record % 2 == 0,
                              separators=(",", ":") if record % 3 else (", ", ": "))
            out.append(line.replace("/", "\\/") if record % 5 == 4 else line)
            record += 1
        return ("\n".join(out) + "\n").encode("utf-8")

    def parquet(self, path, rows):
        def plain(node, record, column):
            if isinstance(node, dict):
                return {k: plain(v, record, column + "." + k if column else k) for k, v in node.items()}
            if node is not None:
                self.note(path, record, column, node)
            return flat(node) if isinstance(node, (Text, P)) else node
        from formats import parquet
        self.write(path, parquet([plain(row, i, "") for i, row in enumerate(rows)]))

    def log(self, path, lines, members=0, cut=0):
        """One record a line. members: write gzip with so many members; cut: keep that share only, plant nothing."""
        if not cut:
            for i, line in enumerate(lines):
                self.note(path, i, "", line)
        flats = [flat(line) + "\n" for line in lines]
        step = -(-len(flats) // max(members, 1))
        chunks = ["".join(flats[i:i + step]).encode("utf-8") for i in range(0, len(flats), step)]
        data = b"".join(gzip_member(c) if members else c for c in chunks)
        self.write(path, data[:int(len(data) * cut)] if cut else data)

LENGTHS, DISTANCES = [], []
for table, count, free, base in ((LENGTHS, 28, 4, 3), (DISTANCES, 30, 2, 1)):
    for i in range(count):
        extra = max(0, i // free - 1)
        table.append((base, extra))
        base += 1 << extra
LENGTHS.append((258, 0))

def deflate(data):
    """One block with the fixed Huffman codes and greedy matches."""
    bits, seen, at = ["110"], {}, 0          # last block, fixed codes; bits in the order in which they are stored
    def symbol(s):
        base, width, first = ((0x30, 8, 0) if s < 144 else (0x190, 9, 144) if s < 256 else
                              (0, 7, 256) if s < 280 else (0xC0, 8, 280))
        bits.append(format(base + s - first, "0%db" % width))
    def slot(table, value):
        i = max(k for k, (base, _) in enumerate(table) if base <= value)
        base, extra = table[i]
        return i, format(value - base, "0%db" % extra)[::-1] if extra else ""
    while at < len(data):
        back, n = seen.get(data[at:at + 4], -99999), 0
        if at - back <= 32768 and at + 4 <= len(data):
            while n < 258 and at + n < len(data) and data[back + n] == data[at + n]:
                n += 1
        if n:
            code, extra = slot(LENGTHS, n)
            symbol(257 + code)
            bits.append(extra)
            code, extra = slot(DISTANCES, at - back)
            bits.append(format(code, "05b") + extra)
        else:
            symbol(data[at])
        for k in range(at, at + max(n, 1)):
            seen[data[k:k + 4]] = k
        at += max(n, 1)
    symbol(256)
    stream = "".join(bits)
    stream += "0" * (-len(stream) % 8)
    return bytes(int(stream[i:i + 8][::-1], 2) for i in range(0, len(stream), 8))

def gzip_member(data):
    return (b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + deflate(data)
            + struct.pack("<II", zlib.crc32(data) & 0xFFFFFFFF, len(data) & 0xFFFFFFFF))
