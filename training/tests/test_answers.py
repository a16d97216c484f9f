"""Questions and answers as one row of tokens: who sees whom, what is predicted, what weighs how much."""

import json

import numpy as np
import pytest
import torch

from tandem_training.encoder import cluster, vit
from tandem_training.language import answers, llama
from tandem_training.recipe import stand_in


@pytest.fixture(scope="module")
def model(work):
    torch.manual_seed(2)
    return llama.Llama(llama.read(work), 4), answers.Prompter(llama.tokenizer(work))


ROWS = [[("Is there a dog?", "yes"), ("What color is it?", "red and blue")], [("How many?", "two")]]


def test_predicted_places_are_those_before_each_answer_token(model):
    net, prompter = model
    embeds, _, at, target, weight, owner = answers.assemble(net, prompter, torch.zeros(2, 4, net.embedding.shape[1]), ROWS)
    wanted = [i for row in ROWS for q, a in row for i in prompter.segment(q, a)[1]]
    assert target.tolist() == wanted and int(at.sum()) == len(wanted)
    assert owner.max() == 2
    for number in range(3):  # an answer weighs the square root of its length
        own = weight[owner == number]
        assert own.sum().item() == pytest.approx(len(own) ** 0.5, rel=1e-5)


def test_visual_tokens_stand_where_they_belong(model):
    net, prompter = model
    visual = torch.randn(2, 4, net.embedding.shape[1])
    embeds = answers.assemble(net, prompter, visual, ROWS)[0]
    first = len(prompter.prefix)
    assert torch.equal(embeds[0, first:first + 4], visual[0])
    length = first + 4 + len(prompter.separator) + sum(len(s) for q, a in ROWS[0] for s in prompter.segment(q, a))
    assert torch.equal(embeds[0, length + first:length + first + 4], visual[1])


@torch.no_grad()
def test_questions_do_not_see_each_other(model):
    net, prompter = model
    visual = torch.randn(2, 4, net.embedding.shape[1])
    together = answers.assemble(net, prompter, visual, ROWS)
    hidden = net(together[0], together[1], at=together[2])
    alone = answers.assemble(net, prompter, visual[:1], [ROWS[0][1:]])
    apart = net(alone[0], alone[1], at=alone[2])
    assert torch.allclose(hidden[together[5] == 1], apart, atol=1e-4)


def test_loss_reaches_the_picture_and_right_is_per_question(model):
    net, prompter = model
    visual = torch.randn(2, 4, net.embedding.shape[1], requires_grad=True)
    loss, right = answers.answer_loss(net, prompter, visual, ROWS)
    loss.backward()
    assert right.shape == (3,) and (visual.grad.abs().amax((1, 2)) > 0).all()


def test_text_answers_are_the_frozen_base_own_and_kept(model, tmp_path, monkeypatch):
    net, prompter = model
    monkeypatch.setattr(answers, "TEXT_ONLY", ["What is a dog?"])
    with torch.no_grad():
        for p in net.parameters():
            if p.shape[0] != 4:  # the second factors, so that the adapter would change the answer
                p.normal_(0, 0.5)
    found = answers.text_answers(net, prompter, tmp_path / "texts.json", most=4)
    assert json.loads((tmp_path / "texts.json").read_text()) == [list(r) for r in found]
    assert all(m.rank == 4 for m in net.modules() if isinstance(m, llama.Linear))
    monkeypatch.setattr(net, "generate", None)
    assert answers.text_answers(net, prompter, tmp_path / "texts.json") == found


def test_projector_starts_at_three_times_the_embeddings_deviation():
    torch.manual_seed(3)
    out = answers.Projector()(torch.randn(64, 384))
    assert 0.2 < out.std().item() < 0.7


@torch.no_grad()
def test_plain_attention_in_bf16_is_the_fused_one():
    q, k, v = torch.randn(3, 2, 3, 17, 16)
    fused, plain = vit.attend(q, k, v), vit.attend(q.bfloat16(), k.bfloat16(), v.bfloat16())
    assert plain.dtype == torch.bfloat16 and (fused - plain.float()).abs().max() < 0.04


@torch.no_grad()
def test_positions_at_full_size_are_the_table_itself():
    net = vit.Vit(12, 1, 2)
    torch.nn.init.normal_(net.pos)
    assert torch.allclose(net.positions(vit.GRID, vit.GRID), net.pos, atol=1e-5)


def test_merging_keeps_the_mass_and_finds_clear_clusters():
    torch.manual_seed(4)
    centres = 20 * torch.eye(4, 8)
    member = torch.arange(40) % 4
    tokens = (centres[member] + 0.1 * torch.randn(40, 8))[None]
    merged = cluster.dpc_knn(tokens, 4)
    near = torch.cdist(merged[0], centres).min(1)
    assert sorted(near.indices.tolist()) == [0, 1, 2, 3] and near.values.max() < 0.2
    assert torch.allclose(merged.mean(1), tokens.mean(1), atol=1e-4)  # clusters are equally large here


def test_merging_does_not_care_for_other_pictures_in_the_batch():
    torch.manual_seed(5)
    tokens = torch.randn(3, 30, 8)
    assert torch.allclose(cluster.dpc_knn(tokens, 6)[1:2], cluster.dpc_knn(tokens[1:2], 6), atol=1e-5)
    assert torch.equal(cluster.dpc_knn(tokens, 30), tokens)


def test_the_stand_in_speaks_the_language_files_of_the_real_one(work):
    weights = llama.read(work)
    assert len(weights.layers) == 2 and weights.hidden == 576
    assert np.isfinite(weights.embedding.floats()).all() and stand_in.THINGS
