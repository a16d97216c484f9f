"""Restored pictures beside codecs of the same bytes."""

import json

import numpy as np
import pytest
from PIL import Image

from tandem_training.common import codecs, drawn
from tandem_training.recipe import stand_in
from tandem_training.recipe.latent import preview_sheet, previews
from tandem_training.squeeze import tiny

from test_teacher import Net, net  # noqa: F401, a fixture


def test_a_codec_is_as_good_as_its_bytes_allow():
    picture = Image.fromarray(drawn.picture(3)[0])
    for codec in codecs.NAMES:
        sizes, errors = [], []
        for most in (900, 2500):
            data, shown = codecs.best(picture, codec, most)
            assert len(data) <= most and shown.shape == (224, 224, 3)
            sizes.append(len(data))
            errors.append(np.square(shown.astype(float) - np.asarray(picture)).mean())
        assert sizes[1] > sizes[0] and errors[1] < errors[0]
        whole = codecs.within(picture, codec, 2500)
        if whole is not None:
            assert errors[1] <= np.square(codecs.decoded(whole, (224, 224)).astype(float) - np.asarray(picture)).mean()
        assert codecs.best(picture, codec, 40) is None


def test_a_picture_that_is_not_square_gives_two_crops():
    wide = Image.fromarray(np.concatenate([drawn.picture(1)[0], drawn.picture(2)[0]], 1))
    first, last = previews.squares(wide, (224, 224))
    assert (first == drawn.picture(1)[0]).all() and (last == drawn.picture(2)[0]).all()
    assert len(previews.squares(wide.crop((0, 0, 224, 224)), (64, 48))) == 1


def test_a_sheet_has_the_named_pictures_in_rows(tmp_path):
    sheet, rgb = preview_sheet.Sheet(["b"]), drawn.picture(1)[0]
    for name in "ab":
        sheet.add(name, [("original", rgb), ("small", rgb[::4, ::4])])
    assert sheet.picture().size == (2 * 230 + 6, 248 + 6)
    cell = np.asarray(sheet.picture())[24:248, 6:230]
    assert (cell == rgb).all()
    sheet.save(tmp_path / "sheet.png")
    with pytest.raises(SystemExit, match="none of the pictures"):
        preview_sheet.Sheet(["c"]).save(tmp_path / "none.png")


def test_previews_of_a_pack_are_measured(tmp_path, monkeypatch, capsys, net):  # noqa: F811
    folder, data = tmp_path / "pack", tmp_path / "data"
    tiny.write(folder)
    data.mkdir()
    for i in range(2):
        Image.fromarray(drawn.picture(i)[0]).save(data / f"p{i}.png")
    monkeypatch.setattr(previews.teacher, "wheel_weights", lambda *_: net.state_dict())
    previews.main(["--pack", str(folder), "--data", str(data), "--mobilenet", str(stand_in.mobilenet(tmp_path)), "--sheet", str(tmp_path / "s.webp")])
    said = capsys.readouterr().out
    manifest = json.loads((folder / "pack.json").read_text())
    for point in manifest["points"]:
        assert f"| data | {point['name']} | restored | 2 |" in said
    assert "| data |" in said and (tmp_path / "s.webp").exists()
