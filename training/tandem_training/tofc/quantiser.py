"""A trained codec in use: as a function on tokens, rounding as the sender rounds, and inside the language model's training."""

import copy
import math
from pathlib import Path

import torch

from . import codec_export
from .codec_model import Codec

STEPS = (0.6, 1.0, 1.6)  # relative to the codec's own step


def slope(step: float) -> float:
    return step * step * math.log(2) / 6


class Quantiser:
    """A trained codec as a function on tokens [P,n,C]: what the receiver will decode. Bit-exact integer synthesis.

    With an `rng` each call draws one of the steps; without, the middle one is used.
    """

    def __init__(self, trained: Codec, steps=None):
        self.exact = codec_export.Exact(trained)
        self.steps = steps or [self.exact.codec.step * s for s in STEPS]

    def __call__(self, tokens, rng=None, step: float | None = None):
        step = step or (self.steps[len(self.steps) // 2] if rng is None else float(rng.choice(self.steps)))
        decoded = self.exact.symbols(tokens.reshape(-1, tokens.shape[-1]).float(), step)[-1]
        return torch.from_numpy(decoded).view_as(tokens)


def load(file: Path) -> Codec:
    state = torch.load(file)
    codec = Codec(**(state.get("settings") or state["codec_settings"]))  # the latter in a checkpoint of `together`
    codec.load_state_dict(state["codec"])
    return codec.eval()


class JointCodec:
    """The codec inside the language model's training: tokens as decoded, and what they cost.

    The cost is the rate and error at the step drawn (bits a value plus error over the step's slope), scaled to
    stay beside an answer loss of about 1; the answers' own gradient comes through the decoded tokens.
    """

    WEIGHT = 0.25

    def __init__(self, trained, steps):
        self.codec, self.steps = trained.train(), steps

    def __call__(self, tokens, rng, note):
        step = float(rng.choice(self.steps))
        decoded, bits = self.codec(tokens, step)
        error = (decoded - tokens).square().mean()
        rate = bits.mean() / tokens[0].numel()
        note["bits/value"] = 0.97 * note.get("bits/value", rate.item()) + 0.03 * rate.item()
        return decoded, self.WEIGHT * (rate + error / slope(step))

    def quantiser(self):
        """A copy as it stands, rounding as the sender will."""
        return Quantiser(copy.deepcopy(self.codec), self.steps)
