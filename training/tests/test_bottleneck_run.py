"""One run of the bottleneck on stand-ins: what learns and what stands still, what is measured, and going on."""

import json

import numpy as np
import pytest
import torch

from tandem_training.bottleneck import losses
from tandem_training.common import coding
from tandem_training.recipe import loop, pace, stand_in
from tandem_training.recipe.latent import bottleneck, bottleneck_data

from test_bottleneck_networks import checkpoint


def keep_out(asked):
    """Three photographs without a class, under test/, on which nothing is trained."""
    (asked / "test").mkdir(exist_ok=True)
    for i in range(3):
        (asked / "test" / f"{i}.png").write_bytes((asked / "train" / f"{i}.png").read_bytes())


@pytest.fixture(scope="module")
def command(photographs, asked, tmp_path_factory):
    keep_out(asked)
    work = tmp_path_factory.mktemp("bottleneck-run")
    state = checkpoint()
    state["heads"] = {"classes.linear.weight": torch.randn(1000, 768), "classes.linear.bias": torch.randn(1000)}
    torch.save(state, work / "vit.pt")
    return ["--work", str(work), "--classes", str(photographs), "--photos", str(asked), "--mobilenet", str(stand_in.mobilenet(work)),
            "--vit", str(work / "vit.pt"), "--guide", "mobilenet", "--backbone", "mobilenet", "--batch", "2", "--minutes", "10"]


def built(command, *more):
    return bottleneck.build(bottleneck.arguments().parse_args([*command, *more]))


def moved(run, before):
    return {name: any(not torch.equal(v, before[name][k]) for k, v in part.state_dict().items()) for name, part in parts(run).items()}


def parts(run):
    return {"encoder": run.encoder, "prior": run.prior, **{n: b for n, b in run.blueprints.items()}}


def copies(run):
    return {name: {k: v.clone() for k, v in part.state_dict().items()} for name, part in parts(run).items()}


@pytest.mark.parametrize("more", (["--variant", "hd", "--bf16"], ["--variant", "sg"], ["--variant", "direct", "--bf16"], ["--variant", "es"],
                                  ["--backbone", "mobilenet,vit"]))
def test_encoder_and_blueprints_learn_and_then_blueprints_alone(command, more):
    run = built(command, "--out", "none", *more)
    before = copies(run)
    run.spent = 30
    run.advance()
    assert all(moved(run, before).values()) and run.seen == 2 and run.note["KB"] > 1
    quantiles, tail = before["prior"]["quantiles"], [t.clone() for t in run.slow]
    assert (run.prior.quantiles - quantiles).abs().max() > 1e-3
    run.spent = 0.9 * run.budget
    assert run.factor() < 0.3
    run.advance()
    settled = copies(run)
    run.advance()
    found = moved(run, settled)
    assert not found["encoder"] and not found["prior"] and all(v for n, v in found.items() if n not in ("encoder", "prior"))
    assert bool(run.slow) == ("es" in more) and all(not torch.equal(a, b) for a, b in zip(run.slow, tail))


def test_loss_falls_and_a_large_lambda_shrinks_the_latent(command):
    sizes = []
    for weight in ("0.001", "1000"):
        run = built(command, "--out", "none", "--lambda", weight, "--bf16")
        rgb, _ = run.photographs.draw(np.random.default_rng(1), 4)
        run.photographs.draw = lambda rng, count: (rgb, None)
        run.spent = 30
        run.advance()
        first = run.note["mobilenet loss"]
        for _ in range(15):
            run.note.clear()
            run.advance()
        noise = torch.rand_like
        with torch.no_grad(), pytest.MonkeyPatch.context() as m:
            m.setattr(torch, "rand_like", lambda x, **k: 0.5 + 0 * noise(x, **k))  # the latent as it is
            sizes.append(run.latent(rgb)[0].std((0, 2, 3)).mean().item())
        if weight == "0.001":
            assert run.note["mobilenet loss"] < 0.97 * first
    assert sizes[1] < 0.93 * sizes[0]


def test_bytes_are_the_tables_code_lengths_and_agreement_is_the_backbones(command):
    run = built(command, "--out", "none")
    found = run.check(3)["labelled"]
    rows = run.prior.numbers().rows()
    pictures, label, order = run.kept["labelled"]
    run.encoder.eval()
    run.prior.eval()
    bits = hits = 0
    for i in order[:3]:
        rgb = loop.pixels(pictures[i:i + 1]).float()
        with torch.no_grad():
            y, _ = run.latent(rgb)
            s = run.prior.symbols(run.encoder((rgb / 255 - torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)) /
                                              torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)))[0]
            target = run.targets["mobilenet"]
            hits += bool(target.tail(run.blueprints["mobilenet"](y)).argmax() == target.tail(target.front(rgb)).argmax())
        bits += sum(16 - np.log2(f) if b == 16 else b for c, row in enumerate(rows) for v in s[c].flatten().int().tolist()
                    for _, f, b in coding.operations(row, v))
    assert found["bytes"] == pytest.approx(bits / 24, rel=2e-3) and found["mobilenet agree"] == pytest.approx(100 * hits / 3)
    assert run.check(3)["labelled"] == found and run.encoder.training is False
    assert set(found) == {"bytes"} | {f"mobilenet {k}" for k in ("agree", "error", "top-1", "itself")}
    assert len(run.kept["others"][0]) and "mobilenet top-1" not in run.check(2)["others"]


def test_a_killed_run_goes_on(command):
    run = built(command, "--out", "killed")
    run.spent = 40
    run.advance()
    pace.keep(run.state(), run.a.work / "killed.pt")
    again = built(command, "--out", "killed")
    assert (again.step, again.seen, again.spent) == (1, 2, 40)
    assert all(torch.equal(v, again.encoder.state_dict()[k]) for k, v in run.encoder.state_dict().items())
    assert again.optimiser.state_dict()["state"][0]["step"] == 1 and again.aside.state_dict()["state"][0]["step"] == 1
    assert again.features["mobilenet"][0].variance == run.features["mobilenet"][0].variance
    next_rung = built(command, "--out", "next", "--lambda", "0.5", "--start", str(run.a.work / "killed.pt"))
    assert all(torch.equal(v, next_rung.blueprints["mobilenet"].state_dict()[k]) for k, v in run.blueprints["mobilenet"].state_dict().items())
    assert next_rung.step == 0 and next_rung.a.weight == 0.5 and not next_rung.settled


def test_a_rung_of_a_pack_is_measured_without_training(command, capsys):
    """As `bottleneck-from-pack` leaves it: --check-only measures what --start names, on so many photographs, and keeps it."""
    run = built(command, "--out", "taken")
    work = run.a.work
    kept = ("variant", "lambda", "encoder", "prior", "blueprints", "tail")
    torch.save({k: v for k, v in run.state().items() if k in kept} | {"features": {}}, work / "from-pack.pt")
    bottleneck.main([*command, "--start", str(work / "from-pack.pt"), "--out", "measured", "--check-only", "--final", "2"])
    found = json.loads((work / "measured.json").read_text())
    assert found["step"] == 0 and found["labelled"]["bytes"] > 0 and f"bytes {found['labelled']['bytes']:.1f}," in capsys.readouterr().out
    assert not (work / "measured.pt").exists()


def test_the_controls_frozen_encoder_takes_another_backbone(command):
    run = built(command, "--out", "es", "--variant", "es")
    pace.keep(run.state(), run.a.work / "es.pt")
    other = built(command, "--on", str(run.a.work / "es.pt"), "--backbone", "vit")
    assert other.settled and other.variant == "es" and other.a.out == f"es-{losses.LADDER[0]:g}+vit" and not other.slow
    other.advance()
    assert other.note["vit error"] > 0


def test_what_cannot_be_is_refused(command):
    for more, reason in ((["--backbone", "picture"], "needs --on"), (["--variant", "es", "--backbone", "vit"], "convolutional"),
                         (["--backbone", "lite7"], "no file for the backbone .lite7"), (["--out", "gone", "--check-only"], "not there")):
        with pytest.raises(SystemExit, match=reason):
            built(command, *more)


def test_crops_and_guides_belong_together(command):
    run = built(command, "--out", "none", "--variant", "sg")
    p = run.photographs
    for s, m in zip(p.sets, p.maps):
        assert m.shape == (len(s), 28, 28)
    rgb, guide = p.draw(np.random.default_rng(5), 6)
    draws = np.random.default_rng(5)
    for i, picture, map_ in zip(draws.integers(0, p.ends[-1], 6), rgb, guide):
        s, at = p.place(i)
        whole, kept = torch.from_numpy(np.array(p.sets[s][at])).permute(2, 0, 1).float(), torch.from_numpy(p.maps[s][at] / np.float32(255))
        flipped = draws.random() < 0.5
        assert torch.equal(picture, whole.flip(2) if flipped else whole) and torch.equal(map_, kept.flip(1) if flipped else kept)
    assert bottleneck_data.Photographs([run.a.classes], run.a.work / "pictures", 4).ends[-1] == 4
