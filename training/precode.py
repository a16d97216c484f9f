"""Encode the pictures of a question table ahead of time, for codecs that Java has no library for.

    python precode.py --data coco-vqa-224.zip --tsv test.tsv --codec avif --quality 10,20,30 --out coco-avif
    tandem eval --data coco-vqa-224.zip --precoded coco-avif --points raw,avif-q10,avif-q20,avif-q30
    python precode.py --data coco-vqa-224.zip --side 112,80 --quality 20,40 --out coco-avif
    tandem eval --data coco-vqa-224.zip --precoded coco-avif --points raw,avif-q20-112,avif-q40-80

Writes OUT/index.tsv (image, codec, quality, side to which it was shrunk or 0, bytes of the encoded file, paths of the
decoded PNG and of the encoded file). Runs again where it stopped: a picture that is in the index is not encoded twice.
AVIF: 4:2:0, speed 4 unless another is given. Pictures are first squashed to the size that the pack's encoder sees, as
the device does, then shrunk and enlarged again by a bicubic, as the points of Java's codecs are.
"""

import argparse
import io
import pathlib
import sys
import time
import zipfile

from PIL import Image, features

from tandem_training.common.codecs import decoded, encode, shrunk

COLUMNS = ["image", "codec", "quality", "side", "bytes", "decoded", "file"]


class Pictures:
    """Files of a ZIP or a folder, found as `tandem eval` finds them: beside the table, in its folder, by name alone."""

    def __init__(self, location: pathlib.Path):
        self.zip = zipfile.ZipFile(location) if location.is_file() else None
        self.folder = location
        if self.zip:
            self.paths = {name for name in self.zip.namelist() if not name.endswith("/")}
        else:
            self.paths = {p.relative_to(location).as_posix() for p in location.rglob("*") if p.is_file()}
        self.by_name = {}
        for path in self.paths:
            name = path.rsplit("/", 1)[-1]
            self.by_name[name] = None if name in self.by_name else path

    def read(self, path: str) -> bytes:
        return self.zip.read(path) if self.zip else (self.folder / path).read_bytes()

    def table(self, name: str) -> list[str]:
        text = self.read(name) if name in self.paths else pathlib.Path(name).read_bytes()
        lines = text.decode("utf-8").splitlines()
        column = lines[0].split("\t").index("image")
        return sorted({line.split("\t")[column].strip() for line in lines[1:] if line.strip()})

    def picture(self, image: str, table: str) -> bytes:
        folder = table[: table.rfind("/") + 1]
        stem = table[table.rfind("/") + 1 :].removesuffix(".tsv")
        for place in (image, folder + image, f"{folder}{stem}/{image}", f"{stem}/{image}", f"{folder}images/{image}"):
            if place in self.paths:
                return self.read(place)
        found = self.by_name.get(image.rsplit("/", 1)[-1])
        if found is None:
            sys.exit(f"precode: no single file for the picture '{image}' of {table} in {self.folder}")
        return self.read(found)


def done_before(index: pathlib.Path) -> set[tuple[str, str, str, str]]:
    if not index.exists():
        index.write_text("\t".join(COLUMNS) + "\n", encoding="utf-8")
        return set()
    text = index.read_text(encoding="utf-8")
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        index.write_text(whole, encoding="utf-8")
    if whole.splitlines()[0].split("\t") != COLUMNS:
        sys.exit(f"precode: {index} was written by another version; needed the columns {COLUMNS}: take a new --out")
    return {tuple(line.split("\t")[:4]) for line in whole.splitlines()[1:]}


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="ZIP or folder")
    parser.add_argument("--tsv", default="test.tsv")
    parser.add_argument("--codec", default="avif", choices=["avif", "webp", "jpeg"])
    parser.add_argument("--quality", default="10,20,30,40", help="comma-separated")
    parser.add_argument("--side", default="0", help="shrink to so many pixels first, comma-separated; 0: do not")
    parser.add_argument("--speed", type=int, default=4, help="of the AVIF encoder: 0 the slowest and best, to 10")
    parser.add_argument("--size", default="224x224", help="WIDTHxHEIGHT that the pack's encoder sees")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args(arguments)
    if options.codec == "avif" and not features.check("avif"):
        sys.exit("precode: this Pillow has no AVIF; needed: Pillow 11.3 or later from PyPI")

    size = tuple(int(side) for side in options.size.split("x"))
    qualities = [int(quality) for quality in options.quality.split(",")]
    sides = [int(side) for side in options.side.split(",")]
    if not all(side == 0 or 10 <= side < min(size) for side in sides):
        sys.exit(f"precode: --side {options.side}: needed 0, or 10 to {min(size) - 1}, the size being {options.size}")
    pictures = Pictures(options.data)
    images = pictures.table(options.tsv)
    options.out.mkdir(parents=True, exist_ok=True)
    done = done_before(options.out / "index.tsv")
    started = time.monotonic()
    with open(options.out / "index.tsv", "a", encoding="utf-8") as index:
        for number, image in enumerate(images, 1):
            wanted = [(quality, side) for quality in qualities for side in sides]
            missing = [one for one in wanted if (image, options.codec, str(one[0]), str(one[1])) not in done]
            if not missing:
                continue
            with Image.open(io.BytesIO(pictures.picture(image, options.tsv))) as opened:
                picture = opened.convert("RGB").resize(size, Image.BILINEAR)
            for quality, side in missing:
                data = encode(shrunk(picture, side), options.codec, quality, options.speed)
                stem = pathlib.Path(f"{options.codec}-{quality}-{side}") / image.replace("/", "_")
                shown, file = stem.with_name(stem.name + ".png"), stem.with_name(f"{stem.name}.{options.codec}")
                (options.out / stem).parent.mkdir(exist_ok=True)
                (options.out / file).write_bytes(data)
                Image.fromarray(decoded(data, size)).save(options.out / shown, compress_level=1)
                row = [image, options.codec, quality, side, len(data), shown.as_posix(), file.as_posix()]
                index.write("\t".join(map(str, row)) + "\n")
                index.flush()
            left = (time.monotonic() - started) / number * (len(images) - number)
            end = "\r" if sys.stderr.isatty() else "\n"
            if sys.stderr.isatty() or number % 100 == 0:
                print(f"precode: {number} of {len(images)}, {left:.0f} s left   ", end=end, file=sys.stderr)


if __name__ == "__main__":
    main()
