"""Pictures that are encoded ahead of time for `tandem eval`."""

import pathlib
import sys

import pytest
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import precode  # noqa: E402


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    (folder / "test").mkdir(parents=True)
    for name, size in (("a", (300, 200)), ("b", (64, 64))):
        picture = Image.new("RGB", size)
        picture.putdata([(x * y % 256, x * 3 % 256, y * 5 % 256) for y in range(size[1]) for x in range(size[0])])
        picture.save(folder / "test" / f"{name}.png")
    (folder / "test.tsv").write_text("image\tquestion\tanswer\na.png\tIs it?\tyes\nb.png\tIs it?\tno\n")
    return folder


def rows(out):
    header, *lines = [line.split("\t") for line in (out / "index.tsv").read_text().splitlines()]
    return [dict(zip(header, line)) for line in lines]


def test_shrinks_codes_keeps_the_file_and_enlarges_again(data, tmp_path):
    out = tmp_path / "out"
    precode.main(["--data", str(data), "--codec", "webp", "--quality", "20,60", "--side", "0,48", "--out", str(out)])
    index = rows(out)
    assert len(index) == 2 * 2 * 2
    for row in index:
        file = out / row["file"]
        assert file.stat().st_size == int(row["bytes"])
        side = int(row["side"]) or 224
        with Image.open(file) as coded, Image.open(out / row["decoded"]) as decoded:
            assert coded.size == (side, side)
            assert decoded.size == (224, 224)
            again = coded.convert("RGB").resize((224, 224), Image.BICUBIC)
            assert again.tobytes() == decoded.convert("RGB").tobytes()
    small = [int(row["bytes"]) for row in index if row["side"] == "48"]
    large = [int(row["bytes"]) for row in index if row["side"] == "0"]
    assert max(small) < max(large)


def test_goes_on_where_it_stopped(data, tmp_path):
    out = tmp_path / "out"
    arguments = ["--data", str(data), "--codec", "jpeg", "--quality", "30", "--side", "48", "--out", str(out)]
    precode.main(arguments)
    text = (out / "index.tsv").read_text()
    (out / "index.tsv").write_text(text + "c.png\tjpeg\t30")  # cut short by a kill
    precode.main([*arguments[:-4], "--side", "48,32", "--out", str(out)])
    assert (out / "index.tsv").read_text().startswith(text)
    assert [row["side"] for row in rows(out)] == ["48", "48", "32", "32"]


@pytest.mark.parametrize("side", ["224", "300", "9", "-48"])
def test_a_side_that_does_not_shrink_is_refused(data, tmp_path, side):
    with pytest.raises(SystemExit, match="needed 0, or 10 to 223"):
        precode.main(["--data", str(data), "--codec", "webp", f"--side={side}", "--out", str(tmp_path / "out")])


def test_an_index_of_another_version_is_left_alone(data, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.tsv").write_text("image\tcodec\tquality\tbytes\tdecoded\n")
    with pytest.raises(SystemExit, match="another version"):
        precode.main(["--data", str(data), "--codec", "webp", "--quality", "20", "--out", str(out)])
