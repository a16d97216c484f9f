"""The folders: who may import whom, and that every command is there."""

import importlib
import re
from pathlib import Path

import pytest

import tandem_training
from tandem_training import __main__ as commands

ROOT = Path(tandem_training.__file__).parent
ORDER = ("common", "questions", "encoder", "language", "tofc", "patches", "bottleneck", "squeeze", "recipe")
INDEPENDENT = {("bottleneck", "patches"), ("bottleneck", "tofc"), ("bottleneck", "language"), ("bottleneck", "questions"),
               ("patches", "language"), ("patches", "questions"),
               ("tofc", "language"), ("tofc", "questions"), ("language", "encoder"), ("language", "questions"),
               ("squeeze", "patches"), ("squeeze", "tofc"), ("squeeze", "language"), ("squeeze", "questions")}


def imports(file: Path):
    """Folders of the package that a file imports from."""
    text, up = file.read_text(), r"\." * len(file.relative_to(ROOT).parts)
    return set(re.findall(rf"^\s*from {up}(\w+)", text, re.M)) | {w for line in re.findall(rf"^from {up} import (.+)$", text, re.M)
                                                                 for w in re.split(r"[ ,()]+", line) if w}


@pytest.mark.parametrize("folder", ORDER)
def test_a_folder_imports_from_those_before_it(folder):
    allowed = set(ORDER[:ORDER.index(folder)])
    for file in (ROOT / folder).rglob("*.py"):
        found = imports(file)
        assert found <= allowed, f"{folder}/{file.name} imports {found - allowed}"
        for other in found:
            assert (folder, other) not in INDEPENDENT, f"{folder}/{file.name} imports {other}"


def test_nothing_lies_outside_the_folders():
    assert {f.name for f in ROOT.glob("*.py")} == {"__init__.py", "__main__.py"}
    assert {f.name for f in ROOT.iterdir() if f.is_dir() and f.name != "__pycache__"} == set(ORDER)


@pytest.mark.parametrize("name", sorted(commands.COMMANDS))
def test_every_command_has_a_main_and_says_what_it_is(name, capsys):
    module = importlib.import_module(f"tandem_training.{commands.place(name)}")
    with pytest.raises(SystemExit) as end:
        module.main(["--help"])
    assert end.value.code == 0 and f"tandem-training {name}" in capsys.readouterr().out


def test_files_stay_near_a_hundred_lines_and_say_what_they_are():
    for file in ROOT.rglob("*/*.py"):
        text = file.read_text()
        assert text.startswith('"""'), f"{file.name} has no docstring"
        assert text.count("\n") < 260, f"{file.name} is too long"


def test_folders_stay_small_enough_to_read():
    for folder in (f for f in ROOT.rglob("*") if f.is_dir() and f.name != "__pycache__"):
        assert len(list(folder.glob("*.py"))) <= 35, f"{folder.name} has too many files"


def test_what_patches_and_latent_maps_need_apart_stays_apart():
    for one, other in (("patches", "latent"), ("latent", "patches")):
        for file in (ROOT / "recipe" / one).glob("*.py"):
            assert f"from ..{other}" not in file.read_text(), f"recipe/{one}/{file.name} imports recipe/{other}"
