#!/usr/bin/env python3
"""Peak memory and speed on archives: benches/archives.py [FOLDER]

Makes, in FOLDER (default: a temporary one), archives of 2 GiB and a set of bombs from sample-data, scans each with the release
binary at two jobs, and prints stored and decoded size, seconds and peak memory. Then, in pairs, the bare
decompression of one log (`examples/bare_decode.rs`) and a scan of it. Needs cargo, zstd, gzip, and about 2 GiB of disk. SIZE_MIB=2048 sets the size.
"""

import gzip
import io
import os
import pathlib
import resource
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("BINARY", str(ROOT / "target/release/datatrawl"))
MIB = 1 << 20
SIZE = int(os.environ.get("SIZE_MIB", "2048")) * MIB


class Repeat(io.RawIOBase):
    """A text again and again, up to a size."""

    def __init__(self, text, size):
        self.text, self.size, self.at = text, size, 0

    def readable(self):
        return True

    def read(self, length=-1):
        left = self.size - self.at
        length = left if length < 0 else min(length, left)
        start = self.at % len(self.text)
        piece = self.text[start : start + length]
        self.at += len(piece)
        return piece if len(piece) == length or not piece else piece + (self.read(length - len(piece)) or b"")


def varied(size):
    """Log lines that do not repeat, so that codecs have work."""
    lines = (ROOT / "sample-data/exports/logs/app.log").read_text().splitlines()
    out, number, total = [], 0, 0
    while total < size:
        line = f"{lines[number % len(lines)]} trace={zlib.crc32(number.to_bytes(8, 'little')):08x}{number:x}\n"
        out.append(line)
        total += len(line)
        number += 1
    return "".join(out).encode()[:size]


def tar_of(path, members):
    with tarfile.open(fileobj=path if hasattr(path, "write") else open(path, "wb"), mode="w|") as archive:
        for name, source, size in members:
            info = tarfile.TarInfo(name)
            info.size = size
            archive.addfile(info, source)


def zip_of(path, members, level=1):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, source, size in members:
            with archive.open(name, "w", force_zip64=True) as out:
                shutil.copyfileobj(source, out, MIB)


def large(folder, log):
    part = SIZE // 8
    members = lambda: [(f"log{n}.log", Repeat(log, part), part) for n in range(8)]
    with subprocess.Popen(["zstd", "-q", "-3", "-o", folder / "large.tar.zst"], stdin=subprocess.PIPE) as zstd:
        tar_of(zstd.stdin, members())
        zstd.stdin.close()
    zip_of(folder / "large.zip", members())
    # A zip archive that must be spooled.
    with gzip.open(folder / "spooled.zip.gz", "wb", compresslevel=1) as out, open(folder / "large.zip", "rb") as source:
        shutil.copyfileobj(source, out, MIB)


def overlapping(count):
    """Members that all are the same megabytes of zeros."""
    content = bytes(64 * MIB)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stored = packer.compress(content) + packer.flush()
    crc = zlib.crc32(content)
    sizes = struct.pack("<III", crc, len(stored), len(content))
    local = b"PK\3\4" + struct.pack("<HHHI", 20, 0, 8, 0) + sizes + struct.pack("<HH", 1, 0) + b"a" + stored
    central = b"PK\1\2" + struct.pack("<HHHHI", 20, 20, 0, 8, 0) + sizes + struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = central * count
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(local), 0)
    return local + directory + end


def bombs(folder):
    zeros = io.BytesIO()
    zip_of(zeros, [("zeros", Repeat(bytes(MIB), 1 << 30), 1 << 30)], 9)
    layer = zeros.getvalue()
    for _ in range(4):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
            for n in range(16):
                archive.writestr(f"{n}.zip", layer)
        layer = outer.getvalue()
    (folder / "layers.zip").write_bytes(layer)
    (folder / "overlap.zip").write_bytes(overlapping(65_000))
    with open(folder / "many.tar.gz", "wb") as file, gzip.open(file, "wb", compresslevel=1) as out:
        with tarfile.open(fileobj=out, mode="w|", format=tarfile.USTAR_FORMAT) as archive:
            for n in range(1_200_000):
                archive.addfile(tarfile.TarInfo(f"d/{n}"))
    block = bytearray(tarfile.TarInfo("long").tobuf(tarfile.GNU_FORMAT))
    block[156:157] = b"L"
    block[124:136] = b"%011o\0" % (1 << 30)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    with gzip.open(folder / "name.tar.gz", "wb", compresslevel=1) as out:
        out.write(block)
        shutil.copyfileobj(Repeat(b"n" * MIB, 1 << 30), out, MIB)
    inner = b"core " * 1000
    for _ in range(7):
        inner = subprocess.run(["zstd", "-q", "--ultra", "--long=27", "-1", "-c"], input=inner, capture_output=True, check=True).stdout
    (folder / "windows.zst").write_bytes(inner)
    with zipfile.ZipFile(folder / "gz.zip", "w") as archive:
        archive.writestr("a.gz", gzip.compress(gzip.compress(bytes(1 << 30), 9), 9))


def scan(path, run):
    shutil.rmtree(run, ignore_errors=True)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    timed = ["/usr/bin/time", "-f", "%M", "-o", f"{run}.time", BINARY, "scan", path, "--out", run, "--jobs", "2", "--quiet"]
    code = subprocess.run(timed, env={"DATATRAWL_KEY": "00" * 32, "PATH": os.environ["PATH"]}, stderr=subprocess.DEVNULL).returncode
    seconds = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = int(pathlib.Path(f"{run}.time").read_text().split()[-1]) // 1024
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return code, seconds, cpu, peak


def compare(folder, log):
    plain = folder / "one.log"
    plain.write_bytes(log)
    subprocess.run(["gzip", "-kf3", plain], check=True)
    subprocess.run(["zstd", "-qkf3", plain], check=True)
    print(f"\n{'stream':<12} {'bare s':>7} {'scan s':>7} {'share':>6}   (medians of five pairs, wall time)")
    bare = pathlib.Path(BINARY).parent / "examples/bare_decode"
    for name in ["one.log.gz", "one.log.zst"]:
        pairs = []
        for _ in range(5):
            start = time.monotonic()
            subprocess.run([bare, folder / name], stdout=subprocess.DEVNULL, check=True)
            middle = time.monotonic()
            scan(folder / name, folder / "run")
            pairs.append((middle - start, time.monotonic() - middle))
        ours, theirs = (sorted(pair[i] for pair in pairs)[2] for i in (1, 0))
        print(f"{name:<12} {theirs:>7.2f} {ours:>7.2f} {theirs / ours:>6.2f}")


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    if "BINARY" not in os.environ:
        subprocess.run(["cargo", "build", "--release", "--quiet", "--bin", "datatrawl", "--example", "bare_decode"], cwd=ROOT, check=True)
    log = varied(128 * MIB)
    if not (folder / "gz.zip").exists():
        large(folder, log)
        bombs(folder)
    print(f"{'input':<16} {'KiB':>9} {'code':>5} {'seconds':>8} {'CPU s':>7} {'peak MiB':>9}")
    for name in ["large.tar.zst", "large.zip", "spooled.zip.gz", "layers.zip", "overlap.zip", "many.tar.gz", "name.tar.gz", "windows.zst", "gz.zip"]:
        path = folder / name
        code, seconds, cpu, peak = scan(path, folder / "run")
        print(f"{name:<16} {path.stat().st_size // 1024:>9} {code:>5} {seconds:>8.2f} {cpu:>7.2f} {peak:>9}", flush=True)
    compare(folder, log)


main()
