"""Packs a folder as .zip or .tar.gz, the same files always to the same bytes, and lists what is in it.

Usage: archive.py FOLDER ARCHIVE LIST
"""

import gzip
import hashlib
import sys
import tarfile
import zipfile
from pathlib import Path

# 2000-01-01 00:00:00 UTC, as the zip and the tar format write it.
DATE = (2000, 1, 1, 0, 0, 0)
SECONDS = 946_684_800


def files(folder):
    """Yields (name in the archive, path) of each file, sorted by the bytes of the name."""
    found = [(path.relative_to(folder.parent).as_posix(), path) for path in folder.rglob("*") if path.is_file()]
    return sorted(found, key=lambda entry: entry[0].encode())


def mode(path):
    """0755 for programs, 0644 for everything else, whatever the umask was."""
    return 0o755 if path.stat().st_mode & 0o100 else 0o644


def write_zip(folder, archive):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for name, path in files(folder):
            # Python sets the flag for UTF-8 on every name that is not ASCII.
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100000 | mode(path)) << 16
            pack.writestr(entry, path.read_bytes())


def write_tar(folder, archive):
    with open(archive, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as pack:
            for name, path in files(folder):
                entry = tarfile.TarInfo(name)
                entry.size, entry.mode, entry.mtime = path.stat().st_size, mode(path), SECONDS
                with open(path, "rb") as bytes_of:
                    pack.addfile(entry, bytes_of)


def main(folder, archive, contents):
    folder = Path(folder)
    (write_zip if archive.endswith(".zip") else write_tar)(folder, archive)
    with open(contents, "w", encoding="utf-8") as out:
        for name, path in files(folder):
            data = path.read_bytes()
            out.write(f"{hashlib.sha256(data).hexdigest()}  {len(data):>10}  {name}\n")


main(*sys.argv[1:])
