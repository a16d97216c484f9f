"""The trainer in one loop on stand-ins: it learns, it measures, it goes on where it stopped."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from tandem_training.questions import checks
from tandem_training.recipe import loop as loops, pace, together
from tandem_training.recipe.model import squeeze
from tandem_training.tofc import codec_start
from tandem_training.tofc.codec_model import Codec

SETTINGS = dict(width=384, experts=4, hyper=8, inner=(48, 32), step=0.6)


@pytest.fixture(scope="module")
def command(work, asked, photographs):
    """Arguments of a run on the stand-ins, and the files it starts from."""
    torch.manual_seed(5)
    torch.save({"encoder": torch.load(work / "encoder.pt")}, work / "start-encoder.pt")
    from tandem_training.language import answers, llama
    net = llama.Llama(llama.read(work), 4)
    torch.save({"adapter": net.adapter(), "projector": answers.Projector().state_dict()}, work / "start-lmm.pt")
    codec = Codec(**SETTINGS)
    codec_start.start(codec, torch.randn(400, 384), torch.randn(4, 384))
    torch.save({"codec": codec.state_dict(), "settings": codec.settings}, work / "start-codec.pt")
    return ["--work", str(work), "--coco", str(asked), "--classes", str(photographs), "--teacher", str(work / "teacher.onnx"),
            "--shares", "coco=.6,classes=.2,canvases=.2", "--counts", "8=1", "--pictures", "2", "--per-picture", "2",
            "--rank", "4", "--warm", "0", "--minutes", "10"]


def built(command, *more):
    return together.build(together.arguments().parse_args([*command, *more]))


@pytest.fixture(scope="module")
def loop(command):
    """A fresh run that the tests below share."""
    return built(command, "--out", "shared")


def test_a_step_moves_what_is_trained_and_nothing_else(loop):
    before = {k: v.clone() for k, v in loop.model.state_dict().items()}
    for _ in range(2):
        loop.advance()
    loop.shares = {"coco": 1.0}  # the drawn classes are pictures of no known thing
    loop.advance()
    moved = {k for k, v in loop.model.state_dict().items() if not torch.equal(v, before[k])}
    assert any(k.startswith("net.blocks.11") for k in moved) and any(k.startswith("net.blocks.4.") for k in moved)
    assert not any(k.startswith(("net.blocks.3.", "net.patch", "net.pos", "net.cls")) for k in moved)
    assert any(k.startswith("heads.things") for k in moved) and any(k.startswith("projector") for k in moved)
    assert any(".a" in k or ".b" in k for k in moved if k.startswith("llama"))
    assert any(k.startswith("codec.synthesis") for k in moved)
    assert all(math.isfinite(v) for v in loop.note.values()) and loop.seen == 6


def test_where_the_encoder_stands_still_only_words_move(command):
    still = built(command, "--still", "--out", "still", "--steps", "1.8,2.8")
    before = {k: v.clone() for k, v in still.model.state_dict().items()}
    for _ in range(3):
        still.advance()
    moved = {k for k, v in still.model.state_dict().items() if not torch.equal(v, before[k])}
    assert moved and all(k.startswith(("projector", "llama")) for k in moved)
    assert still.steps == [1.8, 2.8] and not still.model.codec.training
    assert all(math.isfinite(v) for v in still.note.values())


def test_a_checkpoint_goes_on_as_if_it_had_not_stopped(loop, command, work):
    one, loop.shares = loop, {"coco": 0.6, "classes": 0.2, "canvases": 0.2}
    pace.keep(one.state(), work / "resume.pt")
    two = built(command, "--out", "resume")
    assert two.step == one.step and two.seen == one.seen
    for key, value in one.model.state_dict().items():
        assert torch.equal(value, two.model.state_dict()[key]), key
    one.rng = np.random.default_rng([one.a.seed, one.step])
    torch.manual_seed(one.a.seed + one.step)
    one.advance()
    torch.manual_seed(two.a.seed + two.step)
    two.advance()
    for key, value in one.model.state_dict().items():
        assert torch.allclose(value, two.model.state_dict()[key], atol=1e-6), key


def test_a_checkpoint_after_a_measurement_loads(loop, monkeypatch, work):
    monkeypatch.setattr(loop, "check", lambda quick: {"coco c16": {"all": np.float64(40), "yes/no": np.float64(50)}})
    monkeypatch.setattr(loop, "step", 1)
    loop.best = 0.0
    loop.report()
    pace.keep(loop.state(), work / "measured.pt")
    assert torch.load(work / "measured.pt")["best"] == torch.load(work / "shared-best.pt")["score"] == 90


def test_every_trained_number_is_in_one_group(loop):
    groups = loop.model.groups(3e-4, 4e-5)
    grouped = [id(p) for g in groups for p in g["params"]]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) == {id(p) for p in loop.model.parameters() if p.requires_grad}
    assert groups[0]["peak"] == 4e-5


def test_an_optimiser_of_other_groups_begins_anew(loop, capsys):
    state = loop.state()
    state["optimiser"] = {"state": {}, "param_groups": state["optimiser"]["param_groups"][:2]}
    loop.resume(state)
    assert "begin anew" in capsys.readouterr().out and loop.optimiser.param_groups[0]["peak"] == loop.a.encoder_rate


def test_a_checkpoint_of_other_data_is_refused(loop):
    with pytest.raises(SystemExit, match="words or things"):
        loop.resume(loop.state() | {"things": ["nothing"]})


def empty_loop(minutes):
    """A loop without networks: its clock and its rate."""
    loop = loops.Loop.__new__(loops.Loop)
    loop.a, loop.spent, loop.cycle = SimpleNamespace(minutes=minutes, seed=1), 0.0, (0.0, 60 * minutes)
    return loop


def test_the_rate_warms_up_and_falls_to_almost_nothing():
    loop = empty_loop(100)
    rates = []
    for minute in (0, 0.5, 1.2, 25, 50, 75, 100):
        loop.spent = 60 * minute
        rates.append(loop.factor())
    assert rates[0] < 0.2 and rates[1] < rates[2] and rates[2:] == sorted(rates[2:], reverse=True)
    assert rates[4] == pytest.approx(0.5, abs=0.01) and rates[-1] == 0.01


def resumed(loop, spent, cycle):
    """The cycle that a loop takes up from a checkpoint of that time."""
    nothing = SimpleNamespace(load=lambda s: None, load_state_dict=lambda s: None, param_groups=[])
    loop.model, loop.optimiser = nothing, nothing
    loop.targets = SimpleNamespace(names=[], vocabulary=SimpleNamespace(words=[], adopt=lambda w: None))
    loop.resume({"words": [], "things": [], "optimiser": {"param_groups": []}, "step": 3, "seconds": spent, "cycle": cycle, "seen": 1, "asked": 1, "best": 0})
    return loop.cycle


def test_a_larger_budget_later_is_a_warm_restart():
    assert resumed(empty_loop(300), 6000.0, (0.0, 6000.0)) == (6000.0, 18000.0)
    loop = empty_loop(300)
    resumed(loop, 6000.0, (0.0, 6000.0))
    loop.spent = 6060.0
    assert loop.factor() > 0.95


def test_a_kill_in_the_middle_keeps_the_cycle_and_another_budget_moves_its_end():
    assert resumed(empty_loop(100), 3000.0, (0.0, 6000.0)) == (0.0, 6000.0)
    assert resumed(empty_loop(200), 3000.0, (0.0, 6000.0)) == (0.0, 12000.0)
    assert resumed(empty_loop(80), 3000.0, (0.0, 6000.0)) == (0.0, 4800.0)


def test_the_encoder_feels_the_answers_as_if_there_were_no_codec():
    torch.manual_seed(6)
    codec = Codec(**SETTINGS)
    tokens = torch.randn(2, 5, 384, requires_grad=True)
    seen, cost, rate = squeeze(codec, tokens, 1.1)
    weight = torch.randn_like(tokens)
    (seen * weight).sum().backward()
    assert torch.allclose(tokens.grad, weight, atol=1e-6)
    assert codec.synthesis.weights[0].grad.abs().max() > 0 and cost.item() > 0 and rate > 0
    with torch.no_grad():
        decoded, _ = codec.train()(tokens, 1.1)
    assert torch.allclose(seen, decoded, atol=1e-4)


def test_checks_measure_every_point(loop):
    picture = loop.bank.sources["coco"].pictures[0]
    loop.kept = {"pope": checks.Check([picture], [[("present", "Is there a dog?", "yes"), ("random", "Is there a cat?", "no")]]),
                 "coco": checks.Check([picture], [[("yesno", "Is this?", "yes"), ("object", "What?", "dog")]]),
                 "scenes": checks.Check([], [])}
    loop.val = loop.val[0][:4], loop.val[1][:4]
    found = loop.check()
    assert {"pope c16", "pope 256", "pope c8-coarse", "coco c16", "classes"} <= set(found) and "scenes c16" not in found
    assert all(0 <= v <= 100 for values in found.values() for v in values.values())
    assert loop.model.training


def test_the_best_is_kept_apart(loop, work, monkeypatch):
    loop.step = 5
    good = {"coco c16": {"all": 50.0, "yes/no": 50.0}, "pope c16": {k: 60.0 for k in checks.NEGATIVES}}
    monkeypatch.setattr(loop, "check", lambda quick: good)
    loop.report()
    first = torch.load(work / "shared-best.pt")
    assert first["score"] == pytest.approx(160) and first["step"] == 5 and "optimiser" not in first
    loop.step = 6
    monkeypatch.setattr(loop, "check", lambda quick: good | {"coco c16": {"all": 40.0, "yes/no": 50.0}})
    loop.report()
    assert torch.load(work / "shared-best.pt")["step"] == 5 and loop.best == pytest.approx(160) and loop.since_best == 1
