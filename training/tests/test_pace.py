"""The loop that every training runs in: its budget, its checkpoints, its measurements."""

from types import SimpleNamespace

import pytest
import torch

from tandem_training.recipe import pace


class Run:
    """Steps of 20 seconds by a clock of its own."""

    def __init__(self, monkeypatch, save=1.0, check=1.0):
        self.a, self.spent, self.step, self.now, self.lines, self.measured = SimpleNamespace(device="cpu", save=save, check=check), 0.0, 0, 0.0, 0, []
        monkeypatch.setattr(pace, "clock", lambda a: self.now)
        monkeypatch.setattr(pace.time, "time", lambda: self.now)

    def advance(self):
        self.step, self.now = self.step + 1, self.now + 20

    def line(self):
        self.lines += 1

    def state(self):
        return {"step": self.step}

    def measure(self):
        self.measured.append(self.step)
        self.now += 1000


def test_measuring_costs_nothing_of_the_budget(monkeypatch, tmp_path):
    run = Run(monkeypatch, check=1.5)
    pace.train(run, tmp_path / "run.pt", lambda: run.spent < 300, run.measure)
    assert (run.step, run.spent) == (15, 300) and run.measured == [5, 10, 15]
    assert torch.load(tmp_path / "run.pt") == {"step": 15} and [f.name for f in tmp_path.iterdir()] == ["run.pt"]


def test_a_checkpoint_every_few_minutes(monkeypatch, tmp_path):
    run, found = Run(monkeypatch, save=3, check=99), []
    real = pace.keep
    monkeypatch.setattr(pace, "keep", lambda state, file: (found.append(state["step"]), real(state, file)))
    pace.train(run, tmp_path / "run.pt", lambda: run.step < 25, run.measure)
    assert found == [10, 20, 25] and run.measured == [] and run.lines == 7  # one more at the end


def test_a_budget_that_is_spent_makes_no_step(monkeypatch, tmp_path):
    run = Run(monkeypatch)
    pace.train(run, tmp_path / "run.pt", lambda: False, run.measure)
    assert run.step == 0 and run.measured == []


@pytest.mark.parametrize("cycle, spent, budget, found", [
    ((0, 600), 600, 900, (600, 900)),  # finished, more given: a warm restart
    ((0, 600), 300, 900, (0, 900)),  # in the middle: its end moves
    ((0, 600), 300, 400, (0, 400)),
    ((600, 900), 900.4, 900, (600, 900)),  # finished, nothing more
])
def test_how_a_cycle_goes_on(cycle, spent, budget, found):
    assert pace.reopened(cycle, spent, budget) == found


def test_the_rate_rises_for_the_warm_up_and_falls_to_a_hundredth():
    rates = [pace.cosine(100 + s, (100, 700), 60) for s in (0, 30, 54, 300, 600, 900)]
    assert rates == pytest.approx([0.1, 0.6 * 0.9938, 0.9801, 0.5, 0.01, 0.01], abs=1e-3)
