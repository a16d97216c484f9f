"""What a step of the trainer sees: crops, mirrors, draws, and targets of the heads."""

from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from tandem_training.common import drawn
from tandem_training.questions import bank as banks, sources
from tandem_training.questions.bank import Item
from tandem_training.recipe import batches


@pytest.fixture(scope="module")
def bank(asked, photographs, tmp_path_factory):
    return banks.Bank(sources.sources(asked, None, None, photographs, tmp_path_factory.mktemp("pictures")), 1)


@pytest.mark.parametrize("text, mirror", [
    ("What is at the top left?", "What is at the top right?"), ("left", "right"), ("bottom right", "bottom left"),
    ("What is left of the dog?", "What is right of the dog?"), ("Is there a leftover?", "Is there a leftover?"),
    ("Is the church left of the tench?", "Is the church right of the tench?"), ("yes", "yes"), ("", "")])
def test_sides_change_in_a_mirror(text, mirror):
    assert batches.mirrored(text) == mirror and batches.mirrored(mirror) == text


def test_a_view_of_everything_is_the_picture():
    rgb = drawn.picture(1)[0]
    x = batches.view(rgb, np.random.default_rng(1), False, 1.0)
    assert torch.equal(x[0].permute(1, 2, 0), torch.from_numpy(rgb.copy()).float())
    assert torch.equal(batches.view(rgb, np.random.default_rng(1), True, 1.0).flip(3), x)


def test_crops_keep_most_of_the_area():
    ramp = np.tile(np.arange(224, dtype=np.uint8)[None, :, None], (224, 1, 3))
    rng, spans = np.random.default_rng(2), []
    for _ in range(50):
        x = batches.view(ramp, rng, False, 0.7)
        assert x.shape == (1, 3, 224, 224)
        spans.append(float(x.max() - x.min()) / 223)
    assert min(spans) > 0.7 and max(spans) <= 1.0


def test_graded_copies_are_rare_in_batches():
    items = [Item("coco", i, "grey" if i % 2 else "") for i in range(40)]
    rng = np.random.default_rng(3)
    share = np.mean([bool(batches.draw_item(items, rng).grade) for _ in range(2000)])
    assert 0.1 < share < 0.3


def test_a_batch_holds_pictures_rows_and_items(bank):
    batch = batches.Batch(bank, np.random.default_rng(4), {"coco": 0.5, "classes": 0.2, "canvases": 0.3}, 24, 3)
    assert batch.rgb.shape == (24, 3, 224, 224) and len(batch.rows) == len(batch.items) == 24
    assert all(1 <= len(r) <= 3 for r in batch.rows)
    count = Counter(i.source if i else "canvas" for i in batch.items)
    assert set(count) == {"coco", "classes", "canvas"}


def test_heavier_rows_are_drawn_oftener():
    picture = drawn.picture(5)[0]
    item = Item("coco", 0, "", [("a", "heavy?", "x", 9.0), ("b", "light?", "x", 1.0)])
    bank = SimpleNamespace(items={"coco": [item]}, sources={"coco": SimpleNamespace(pictures=[picture])})
    rng = np.random.default_rng(5)
    asked = [batches.Batch(bank, rng, {"coco": 1.0}, 1, 1).rows[0][0][0] for _ in range(100)]
    assert 80 <= asked.count("heavy?") <= 98


def test_targets_know_what_is_there_what_is_not_and_what_is_open(bank, asked):
    targets = batches.Targets(bank, asked, None)
    item = bank.items["coco"][0]
    things = targets.things(item)
    assert set(things.tolist()) <= {-1.0, 0.0, 1.0}
    for name, value in zip(targets.names, things.tolist()):
        assert (value == 1) == (name in bank.spoken["coco"][item.index].present)
    assert targets.words(item).shape == (len(targets.vocabulary.words),)
    assert targets.label(item) == -1


def test_labels_are_those_of_the_thousand(bank, asked):
    targets = batches.Targets(bank, asked, None)
    labels = {targets.label(i) for i in bank.items["classes"]}
    assert labels <= set(batches.CLASS_INDEX) and len(labels) > 5
    assert all((targets.things(i) >= -1).all() for i in bank.items["classes"])


def test_kept_pictures_say_no_words(bank, asked):
    targets = batches.Targets(bank, asked, None)
    kept = {bank.sources["coco"].names[i] for i in bank.kept["coco"]}
    assert not kept & set(targets.spoken["coco"])
