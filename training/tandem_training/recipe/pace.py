"""What every training shares: a budget of time, the learning rate over it, and the loop of steps, lines, checkpoints, measurements."""

import math
import time
from collections.abc import Callable
from pathlib import Path

import torch


def clock(a) -> float:
    """Seconds of the budget: of the processor, a thread, on a CPU, since a busy machine gives a run part of a core only;
    of the wall on a GPU."""
    return time.process_time() / a.threads if a.device == "cpu" else time.monotonic()


def keep(state: dict, file: Path):
    """A checkpoint that is whole or not there."""
    part = file.with_name(f"{file.name}.part")
    torch.save(state, part)
    part.replace(file)


def reopened(cycle: tuple[float, float], spent: float, budget: float) -> tuple[float, float]:
    """The cycle, in seconds, of a run that goes on: a budget beyond a finished one's end opens the next (a warm restart), another moves an unfinished one's end."""
    finished = spent >= cycle[1] - 1
    return spent if finished and budget > spent else cycle[0], budget


def cosine(spent: float, cycle: tuple[float, float], warm: float) -> float:
    """Of the peak rate: a warm-up of so many seconds, then a cosine to one hundredth over the cycle."""
    start, end = cycle
    done = min(1.0, max(0.0, (spent - start) / max(1.0, end - start)))
    return max(0.01, min(1.0, (spent - start) / warm + 0.1) * (0.5 + 0.5 * math.cos(math.pi * done)))


def train(run, file: Path, going: Callable[[], bool], measure: Callable[[], object]):
    """Steps (`run.advance()`) while `going()`; a line (`run.line()`) a minute, a checkpoint of `run.state()` every `--save` minutes
    and at the end, `measure()` every `--check` minutes, whose time is not of the budget. Counts the seconds in `run.spent`."""
    a, last = run.a, clock(run.a)
    said = saved = checked = time.time()
    while going():
        run.advance()
        now, at = time.time(), clock(a)
        run.spent, last = run.spent + at - last, at
        if now - said > 60:
            run.line()
            said = now
        if now - saved > 60 * a.save:
            keep(run.state(), file)
            saved = now
        if now - checked > 60 * a.check:
            measure()
            last, checked = clock(a), time.time()
    run.line()
    keep(run.state(), file)
