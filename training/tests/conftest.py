"""Stand-ins that several tests share: drawn photographs, questions, and random networks in a work folder."""

import pytest
import torch

from tandem_training.recipe import stand_in


@pytest.fixture(scope="session")
def photographs(tmp_path_factory):
    """train/<wnid>/*.png and val/<wnid>/*.png of ten classes."""
    folder = tmp_path_factory.mktemp("photographs")
    stand_in.photographs(folder, 3, 1)
    return folder


@pytest.fixture(scope="session")
def asked(tmp_path_factory):
    """A folder like COCO's: pictures, questions, captions."""
    folder = tmp_path_factory.mktemp("asked")
    stand_in.questions(folder, 40)
    return folder


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    """encoder.pt, language.gguf, tokenizer.json, teacher.onnx of random weights."""
    folder = tmp_path_factory.mktemp("work")
    torch.manual_seed(1)
    stand_in.encoder(folder)
    stand_in.language(folder)
    stand_in.teacher(folder)
    return folder
