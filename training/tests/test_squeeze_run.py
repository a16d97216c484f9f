"""Runs of squeeze and its restorer on stand-ins: what learns and what stands still, the controls, what is measured, going on."""

import numpy as np
import pytest
import torch

from tandem_training.common import coding
from tandem_training.recipe import loop, pace, stand_in
from tandem_training.recipe.latent import squeeze, squeeze_restore

from test_bottleneck_run import keep_out


@pytest.fixture(scope="module")
def command(photographs, asked, tmp_path_factory):
    keep_out(asked)
    work = tmp_path_factory.mktemp("squeeze-run")
    return ["--work", str(work), "--classes", str(photographs), "--photos", str(asked), "--mobilenet", str(stand_in.mobilenet(work)),
            "--batch", "2", "--minutes", "10"]


def built(command, *more):
    return squeeze.build(squeeze.arguments().parse_args([*command, "--backbone", "mobilenet", *more]))


def copies(run):
    return {n: {k: v.clone() for k, v in p.state_dict().items()} for n, p in run.parts().items()}


def same(a, b):
    return {n: all(torch.equal(v, b[n][k]) for k, v in a[n].items()) for n in a}


@pytest.mark.parametrize("more", (["--scale", "2", "--bf16"], ["--scale", "4"], ["--scale", "4", "--lambda", "0", "--bf16"]))
def test_all_parts_learn_and_then_the_edges_half_alone(command, more):
    run = built(command, "--out", "none", *more)
    before, behind = copies(run), [p.detach().clone() for p in run.split.behind()]
    run.spent = 30
    run.advance()
    assert not any(same(before, copies(run)).values()) and run.seen == 2 and run.note["bytes"] > 10
    assert (run.prior.quantiles - before["prior"]["quantiles"]).abs().max() > 1e-3
    assert any(not torch.equal(a, b) for a, b in zip(run.prior.networks(), [before["prior"][k] for k, _ in run.prior.named_parameters()]))
    assert all(not torch.equal(a, b) for a, b in zip(run.split.behind(), behind))
    run.spent = 0.9 * run.budget
    assert run.factor() < 0.3
    run.advance()
    settled, ids = copies(run), {id(p) for p in run.split.behind()}
    run.advance()
    assert same(settled, copies(run)) == {"squeezing": True, "split": False, "prior": True}
    for k, p in run.split.named_parameters():
        assert torch.equal(p, settled["split"][k]) == (id(p) not in ids), k


def test_controls_are_what_they_say(command):
    method, plain, whole = (built(command, "--out", "none", "--bf16", *more) for more in (
        ["--scale", "2"], ["--scale", "2", "--variant", "bicubic"], ["--scale", "1", "--variant", "none"]))
    rgb = method.photographs.draw(np.random.default_rng(1), 2)[0]
    for run in (method, plain):
        run.spent = 60
        run.advance()
    sizes = [run.latent(rgb)[0].shape[2] for run in (method, plain, whole)]
    assert sizes == [112, 112, 224] and not [*plain.squeezing.parameters()] and not [*whole.squeezing.parameters()]
    away = [(run.latent(rgb)[0] - squeeze.squeezing.bicubic(rgb, 2).clamp(0, 1)).abs().max().item() for run in (method, plain)]
    assert away[0] > 1e-4 and away[1] == 0
    assert "from bicubic" in method.note and "from bicubic" not in plain.note
    free = built(command, "--out", "none", "--scale", "4", "--lambda", "0", "--bf16")
    free.advance()
    assert "variation" not in free.note


def test_a_large_lambda_shrinks_the_latent_and_a_small_one_learns_the_answer(command):
    costs = {}
    for weight in ("0", "50"):
        run = built(command, "--out", "none", "--scale", "4", "--lambda", weight, "--bf16")
        rgb, _ = run.photographs.draw(np.random.default_rng(1), 3)
        run.photographs.draw = lambda rng, count: (rgb, None)
        run.spent = 30
        run.advance()
        first = dict(run.note)
        for _ in range(12):
            run.note.clear()
            run.advance()
        costs[weight] = run.note["bytes"] / first["bytes"]
        if weight == "0":
            assert run.note["answer"] < 0.95 * first["answer"]
    assert costs["50"] < 0.9 and costs["50"] < 0.9 * costs["0"]


def test_bytes_are_the_tables_code_lengths(command):
    run = built(command, "--out", "none", "--scale", "4")
    found = run.check(3)
    assert run.check(3) == found and run.squeezing.training and set(found["labelled"]) == {"bytes", "agree", "top-1", "itself"}
    assert set(found["others"]) == {"bytes", "agree"}
    pictures, _, order = run.kept["labelled"]
    with torch.no_grad():
        s = run.prior.symbols(run.latent(loop.pixels(pictures[np.sort(order[:3])]).float())[1])
    bits = sum(16 - np.log2(f) if b == 16 else b for c, row in enumerate(run.prior.numbers().rows()) for v in s[:, c].flatten().int().tolist()
               for _, f, b in coding.operations(row, v))
    assert found["labelled"]["bytes"] == pytest.approx(bits / 24, rel=2e-3)


def test_a_killed_run_goes_on_and_the_next_rung_begins_from_it(command):
    run = built(command, "--out", "killed", "--scale", "4")
    run.spent = 40
    run.advance()
    pace.keep(run.state(), run.a.work / "killed.pt")
    again, third = (built(command, "--out", "killed", "--scale", "4") for _ in range(2))
    assert (again.step, again.seen, again.spent) == (1, 2, 40) and all(same(copies(run), copies(again)).values())
    assert again.optimiser.state_dict()["state"][0]["step"] == 1 and again.aside.state_dict()["state"][0]["step"] == 1
    again.advance()
    torch.manual_seed(third.a.seed + third.step)
    third.advance()
    for part, values in copies(again).items():
        for k, v in values.items():
            torch.testing.assert_close(v, third.parts()[part].state_dict()[k], rtol=1e-3, atol=1e-4)
    following = built(command, "--scale", "4", "--lambda", "2", "--start", str(run.a.work / "killed.pt"))
    assert following.a.out == "squeeze-4-2" and following.step == 0 and all(same(copies(run), copies(following)).values())
    plain = built(command, "--out", "plain", "--scale", "4", "--variant", "bicubic", "--start", str(run.a.work / "killed.pt"))
    assert torch.equal(plain.split.rise, run.split.rise)
    with pytest.raises(SystemExit, match=r"scale \[4\].*needed \[2\]"):
        built(command, "--out", "other", "--scale", "2", "--start", str(run.a.work / "killed.pt"))
    settled = run.state() | {"seconds": 0.9 * run.budget}
    pace.keep(settled, run.a.work / "late.pt")
    assert built(command, "--out", "late", "--scale", "4").settled


def test_a_budget_may_be_photographs(command):
    run = built(command, "--out", "none", "--scale", "4", "--seen", "20")
    run.seen = 10
    assert run.at() == run.budget / 2 and not run.settled
    run.seen = 18
    run.advance()
    assert run.settled and run.at() == run.budget


def test_what_cannot_be_is_refused(command):
    for more, reason in ((["--scale", "1"], "none at 1"), (["--scale", "4", "--out", "gone", "--check-only"], "not there"),
                         (["--scale", "4", "--start", "gone.pt"], "gone.pt.*not there")):
        with pytest.raises(SystemExit, match=reason):
            built(command, *more)
    with pytest.raises(SystemExit, match="no file for the backbone .mobilenet"):
        a = squeeze.arguments().parse_args([*command, "--backbone", "mobilenet"])
        a.mobilenet = None
        squeeze.build(a)


def test_a_restorer_learns_on_a_rung_that_stands_still(command):
    rung = built(command, "--out", "base", "--scale", "4")
    rung.advance()
    pace.keep(rung.state(), rung.a.work / "base.pt")
    run = squeeze_restore.build(squeeze_restore.arguments().parse_args([*command, "--on", str(rung.a.work / "base.pt"), "--bf16"]))
    assert run.a.out == "base+picture" and run.restorer[0].in_channels == len(run.split.rise)
    frozen = [v.clone() for part in (run.squeezing, run.split, run.prior) for v in part.state_dict().values()]
    judge, drawn = [p.detach().clone() for p in run.judge.parameters()], [p.detach().clone() for p in run.restorer.parameters()]
    run.spent = 30
    run.advance()
    assert all(torch.equal(a, b) for a, b in zip(run.judge.parameters(), judge)) and "judge" not in run.note
    run.spent = 0.6 * run.budget
    run.advance()
    assert any(not torch.equal(a, b) for a, b in zip(run.judge.parameters(), judge)) and run.note["judge"] > 0 and run.note["cycle"] > 0
    assert all(not torch.equal(a, b) for a, b in zip(run.restorer.parameters(), drawn))
    assert all(torch.equal(a, b) for a, b in zip(frozen, [v for part in (run.squeezing, run.split, run.prior) for v in part.state_dict().values()]))
    found = run.check(2)
    assert set(found["others"]) == {"bytes", "PSNR", "perceptual", "class kept"} and found["others"]["perceptual"] > 0
    pace.keep(run.state(), run.a.work / "base+picture.pt")
    again = squeeze_restore.build(run.a)
    assert again.step == 2 and all(torch.equal(v, again.restorer.state_dict()[k]) for k, v in run.restorer.state_dict().items())
    assert all(torch.equal(v, again.judge.state_dict()[k]) for k, v in run.judge.state_dict().items())


def test_a_restorers_loss_falls(command):
    rung = built(command, "--out", "still", "--scale", "4")
    pace.keep(rung.state(), rung.a.work / "still.pt")
    run = squeeze_restore.build(squeeze_restore.arguments().parse_args([*command, "--on", str(rung.a.work / "still.pt"), "--bf16"]))
    rgb, _ = run.photographs.draw(np.random.default_rng(1), 2)
    run.photographs.draw = lambda rng, count: (rgb, None)
    run.spent, seen = 30, []
    for _ in range(10):
        run.note.clear()
        run.advance()
        seen.append(run.note["L1"] + run.note["maps"])
    assert min(seen[-3:]) < 0.97 * seen[0]
