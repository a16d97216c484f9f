"""Heads of the encoder, words as targets, the probe, and what single tokens are taught."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from tandem_training.common import photos
from tandem_training.encoder import heads, local, probe, words


def batch(n=4, width=384):
    torch.manual_seed(2)
    return torch.randn(n, 9, width), torch.randn(n, width)


def test_things_weigh_present_and_absent_alike():
    """Ninety absent and ten present things: a head that says "absent" to all loses as much as one that says "present"."""
    h, (tokens, cls) = heads.Heads(5, 100), batch(1)
    target = torch.zeros(1, 100)
    target[0, :10] = 1
    losses = []
    for bias in (-5.0, 5.0):
        with torch.no_grad():
            for part in (h.things.whole, h.things.token):
                part.weight.zero_()
                part.bias.fill_(bias)
        losses.append(h.things_loss(tokens, cls, target).item())
    assert losses[0] == pytest.approx(losses[1], rel=0.6)


def test_unknown_things_give_no_gradient():
    h, (tokens, cls) = heads.Heads(5, 3), batch()
    target = torch.tensor([[1.0, 0.0, -1.0]] * 4)
    h.things_loss(tokens, cls, target).backward()
    assert h.things.whole.weight.grad[2].abs().max() == 0 < h.things.whole.weight.grad[:2].abs().min(1).values.min()
    assert h.things_loss(tokens, cls, torch.full((4, 3), -1.0)).item() == 0


def test_labels_count_where_they_are_known():
    h, (tokens, cls) = heads.Heads(5, 3), batch()
    even = torch.full((4, 1000), -np.log(1000), dtype=torch.float32)
    args = dict(teacher=even, words=torch.zeros(4, 5), things=torch.full((4, 3), -1.0))
    unknown = h.losses(tokens, cls, label=torch.full((4,), -1), **args)
    known = h.losses(tokens, cls, label=torch.tensor([1, -1, -1, -1]), **args)
    expected = 0.5 * F.cross_entropy(h.classes(tokens, cls)[:1], torch.tensor([1])) / 4
    assert (known["KL"] - unknown["KL"]).item() == pytest.approx(expected.item(), rel=1e-4)


def test_without_a_teacher_there_is_no_kl():
    h, (tokens, cls) = heads.Heads(5, 3), batch()
    found = h.losses(tokens, cls, None, torch.full((4,), -1), torch.zeros(4, 5), torch.full((4, 3), -1.0))
    assert set(found) == {"words", "things"}


def test_a_warm_head_is_near_its_teacher():
    torch.manual_seed(3)
    truth, head = torch.nn.Linear(768, 1000), heads.ClassHead()
    rgb = torch.randint(0, 255, (128, 3, 4, 4), dtype=torch.uint8)

    def encode(x):
        flat = (x.float().flatten(1)[:, :48] / 255 - 0.5).repeat(1, 8)
        return flat[:, None], flat

    @torch.no_grad()
    def taught(x):
        tokens, cls = encode(x)
        return F.log_softmax(4 * truth(torch.cat([cls, tokens.mean(1)], 1)), 1)

    cold = F.kl_div(F.log_softmax(head(*encode(rgb)), 1), taught(rgb), reduction="batchmean", log_target=True).item()
    assert heads.warm(head, encode, taught, rgb, steps=80, batch=64) < 0.3 * cold


def test_words_of_a_source_leave_out_what_a_no_speaks_of(tmp_path):
    (tmp_path / "train.tsv").write_text("image\tquestion\tanswer\na.png\tIs this a giraffe?\tno\na.png\tIs this a zebra?\tyes\n"
                                        "b.png\tWhat color is the bus?\tred\n")
    found = words.of_source(photos.Source(tmp_path))
    assert found == {"a.png": {"zebra", "yes"} - words.STOP, "b.png": {"bus", "red"}}


def test_vocabulary_stands_in_one_order_whatever_the_hashes():
    pictures = [{f"{i}": {"zebra", "bus", "apple", *(["dog"] if i % 2 else [])} for i in range(20)}]
    v = words.Vocabulary(pictures)
    assert v.words == ["apple", "bus", "zebra", "dog"]
    target = v.target({"dog", "zebra", "unheard"})
    assert target.sum() == pytest.approx(1) and target[3] == pytest.approx(1)  # a word that all pictures have says nothing


def test_vocabulary_takes_a_checkpoints_order():
    v = words.Vocabulary([{f"{i}": {"zebra", *(["dog"] if i % 2 else [])} for i in range(20)}])
    before = v.target({"dog"})[v.index["dog"]]
    v.adopt(["dog", "zebra"])
    assert v.index["dog"] == 0 and v.target({"dog"})[0] == before


def test_word_head_learns_from_pictures_with_words_only():
    head, (tokens, cls) = words.WordHead(6), batch(2)
    target = torch.zeros(2, 6)
    assert head.loss(tokens, cls, target).item() == 0
    target[1, 2] = 1
    alone = head.loss(tokens[1:], cls[1:], target[1:])
    assert head.loss(tokens, cls, target).item() == pytest.approx(alone.item(), rel=1e-5)


def test_ridge_probe_tells_separable_classes():
    g = torch.Generator().manual_seed(1)
    y = torch.arange(200) % 4
    x = torch.randn(200, 12, generator=g) + 4 * F.one_hot(y, 12)
    assert probe.ridge_probe(x[:150], y[:150], x[150:], y[150:]) > 95
    shuffled = y[torch.randperm(200, generator=g)]
    assert probe.ridge_probe(x[:150], shuffled[:150], x[150:], shuffled[150:]) < 60


def test_place_loss_is_small_for_tokens_that_hold_their_place():
    head = local.LocalHead(8)
    with torch.no_grad():
        head.place.weight.zero_()
        head.place.bias.zero_()
        head.place.weight[0, 0] = head.place.weight[1, 1] = 1
    line = torch.linspace(-0.5, 0.5, 4)
    tokens = torch.zeros(1, 16, 8)
    tokens[0, :, :2] = torch.stack(torch.meshgrid(line, line, indexing="ij"), -1).view(16, 2)
    assert head.place_loss(tokens, 4).item() < 1e-9 < 0.1 < head.place_loss(torch.zeros(1, 16, 8), 4).item()


def test_cell_loss_reads_each_cell_from_its_own_tokens():
    head = local.LocalHead(10)
    with torch.no_grad():
        head.cell.weight.copy_(20 * torch.eye(10))
        head.cell.bias.zero_()
    tokens = torch.zeros(1, 8, 8, 10)
    tokens[0, :, :4, 3] = 1
    tokens[0, :, 4:, 7] = 1
    right = head.cell_loss(tokens.view(1, 64, 10), [("pair", [0, 1], [3, 7])], 8)
    wrong = head.cell_loss(tokens.view(1, 64, 10), [("pair", [0, 1], [7, 3])], 8)
    assert right.item() < 1e-3 < 5 < wrong.item()


def test_canvas_batches_have_the_classes_that_they_say():
    shades = np.linspace(10, 240, 10).astype(np.uint8)
    labels = np.arange(10)
    pictures = np.stack([np.full((224, 224, 3), s, np.uint8) for s in shades])
    rgb, layouts = local.canvas_batch(np.random.default_rng(1), pictures, labels, 6, 112)
    assert rgb.shape == (6, 3, 112, 112)
    for canvas, (layout, cells, found) in zip(rgb, layouts):
        for label in found:
            assert (canvas[0].round() == float(shades[label])).any()
