"""A sheet on which a person sees pictures beside each other, each with a line of text."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

CELL, GAP, LINE, MOST = 224, 6, 18, 6


class Sheet:
    """Rows of (text, RGB uint8); those named, or the first MOST pictures."""

    def __init__(self, names: list[str] | None):
        self.names, self.rows, self.seen = names, [], []

    def add(self, name: str, row: list[tuple[str, np.ndarray]]):
        if name not in self.seen:
            self.seen.append(name)
        if name in self.names if self.names is not None else self.seen.index(name) < MOST:
            self.rows.append([(f"{name}: {row[0][0]}", row[0][1]), *row[1:]])

    def picture(self) -> Image.Image:
        columns = max(map(len, self.rows), default=1)
        sheet = Image.new("RGB", (columns * (CELL + GAP) + GAP, len(self.rows) * (CELL + LINE + GAP) + GAP), "white")
        draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(13)
        for y, row in enumerate(self.rows):
            for x, (text, rgb) in enumerate(row):
                at = GAP + x * (CELL + GAP), GAP + y * (CELL + LINE + GAP)
                draw.text(at, text, "black", font)
                sheet.paste(Image.fromarray(rgb), (at[0], at[1] + LINE))  # a small picture at its own size
        return sheet

    def save(self, file: Path):
        if not self.rows:
            raise SystemExit(f"writing the sheet [{file}]: found none of the pictures {self.names}")
        self.picture().save(file, **({"quality": 95, "method": 6} if file.suffix == ".webp" else {}))
