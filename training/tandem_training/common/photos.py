"""Photographs in memory: decode a ZIP or folder of pictures once into one uint8 array on disk.

Splits are by path prefix (`train/`, `val/`, `test/`), so a picture is never in two of them.
"""

import io
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

SUFFIXES = (".webp", ".jpg", ".jpeg", ".png")


class Source:
    """Named picture files of a folder or ZIP; `read(name)` gives their bytes."""

    def __init__(self, path: Path):
        self.path = Path(path)
        if self.path.is_dir():
            self._zip = None
            self.names = sorted(str(p.relative_to(self.path)) for p in self.path.rglob("*") if p.is_file())
        elif zipfile.is_zipfile(self.path):
            self._zip = zipfile.ZipFile(self.path)
            self.names = sorted(n for n in self._zip.namelist() if not n.endswith("/"))
        else:
            raise SystemExit(f"reading pictures from [{path}]: needed a folder or a ZIP file")

    def read(self, name: str) -> bytes:
        return self._zip.read(name) if self._zip else (self.path / name).read_bytes()

    def pictures(self, prefix: str = "") -> list[str]:
        return [n for n in self.names if n.startswith(prefix) and n.lower().endswith(SUFFIXES)]

    def table(self, name: str) -> list[dict]:
        """Rows of a TSV with a header line."""
        lines = self.read(name).decode("utf-8").splitlines()
        keys = lines[0].split("\t")
        return [dict(zip(keys, line.split("\t"))) for line in lines[1:] if line]


def base_name(name: str) -> str:
    """Last part of a path: what the image column of a table holds."""
    return name.rsplit("/", 1)[-1]


def opened(data: bytes) -> Image.Image:
    """RGB, as large as it is."""
    return Image.open(io.BytesIO(data)).convert("RGB")


def decode(data: bytes, size: int = 224) -> np.ndarray:
    """RGB uint8 [size,size,3], squashed to a square by bilinear filtering when it is not one already."""
    picture = opened(data)
    if picture.size != (size, size):
        picture = picture.resize((size, size), Image.BILINEAR)
    return np.asarray(picture)


def load(source: Source, prefix: str, cache: Path, limit: int | None = None) -> tuple[list[str], np.ndarray]:
    """(names, uint8 [N,224,224,3] memory map) of the pictures under a prefix, decoded once into `cache`."""
    names = source.pictures(prefix)[:limit]
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / f"{source.path.stem}-{prefix.strip('/').replace('/', '-') or 'all'}-{len(names)}.npy"
    if not file.exists():
        part = file.with_suffix(".part.npy")
        out = np.lib.format.open_memmap(part, "w+", np.uint8, (len(names), 224, 224, 3))
        for i, name in enumerate(tqdm(names, desc=f"decode {source.path.name} {prefix}")):
            out[i] = decode(source.read(name))
        out.flush()
        part.rename(file)
    return names, np.load(file, mmap_mode="r")
