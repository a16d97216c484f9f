"""The tiny pack of squeeze: the one that ships is the one that is written, and its small picture is near a plain mean."""

import json
from pathlib import Path

import numpy as np

from tandem_training.common.packfile import session
from tandem_training.squeeze import tiny

SHIPPED = Path(__file__).parents[2] / "models" / "tiny-squeeze"


def test_the_shipped_pack_is_the_one_that_is_written(tmp_path):
    """Not its float graphs and vectors, which another machine may round otherwise: names and what the manifest says."""
    assert tiny.write(tmp_path) < 300_000
    names, shipped = ({p.relative_to(f).as_posix() for p in f.rglob("*") if p.is_file()} for f in (tmp_path, SHIPPED))
    assert names == shipped
    new, old = (json.loads((f / "pack.json").read_text("utf-8")) for f in (tmp_path, SHIPPED))
    for key in set(new) - {"files"}:
        assert new[key] == old[key], key


def test_the_small_picture_is_a_plain_one_with_a_little_added():
    for rung, (_, scale) in tiny.RUNGS.items():
        x = tiny.pixels(31)
        latent, small = session(SHIPPED / f"encoder-{rung}.onnx", 1).run(["latent", "squeezed"], {"pixel_values": x})
        rgb = x * tiny.DEVIATION + tiny.MEAN
        plain = rgb.reshape(1, 3, tiny.HEIGHT // scale, scale, tiny.WIDTH // scale, scale).mean((3, 5))
        assert latent.shape == (1, tiny.CHANNELS, tiny.HEIGHT // scale // 4, tiny.WIDTH // scale // 4)
        assert small.min() >= 0 and small.max() <= 1 and 0.005 < np.abs(small - plain).mean() < 0.2
