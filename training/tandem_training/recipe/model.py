"""All networks of `together` in one module: encoder with heads, codec, projector, frozen language model with adapter."""

import math
from pathlib import Path

import torch
from torch import nn

from ..encoder import heads, vit
from ..language import answers, llama
from ..tofc.codec_model import Codec

FROZEN_BLOCKS = 4
CODEC_WEIGHT = 0.25


class Model(nn.Module):
    """All that is trained, and the frozen language model."""

    def __init__(self, work: Path, rank: int, codec_settings: dict, words_count: int, things_count: int, half: bool,
                 still: bool = False):
        super().__init__()
        self.net, self.heads, self.projector = vit.Vit(), heads.Heads(words_count, things_count), answers.Projector()
        self.llama, self.codec, self.half = llama.Llama(llama.read(work), rank), Codec(**codec_settings), half
        self.prompter = answers.Prompter(llama.tokenizer(work))
        for part in (self.net.patch, *self.net.blocks[:FROZEN_BLOCKS]):
            part.requires_grad_(False)
        for q in (self.net.cls, self.net.pos, self.net.pos_cls):
            q.requires_grad_(False)
        if still:
            for part in (self.net, self.heads, self.codec):
                part.requires_grad_(False)

    def encode(self, rgb):
        """rgb 0..255 [B,3,224,224] -> float32 (patch tokens [B,256,C], class token [B,C])."""
        with torch.autocast(rgb.device.type, torch.bfloat16, enabled=self.half):
            with torch.no_grad():
                x = self.net.embed(vit.normalise(rgb), self.net.positions(16, 16))
                for block in self.net.blocks[:FROZEN_BLOCKS]:
                    x = block(x)
            for block in self.net.blocks[FROZEN_BLOCKS:]:
                x = block(x)
            x = self.net.norm(x).float()
        return x[:, 1:], x[:, 0]

    def state(self) -> dict:
        return {"encoder": self.net.state_dict(), "heads": self.heads.state_dict(), "projector": self.projector.state_dict(),
                "adapter": self.llama.adapter(), "codec": self.codec.state_dict(), "codec_settings": self.codec.settings}

    def load(self, state: dict):
        self.net.load_state_dict(state["encoder"])
        self.projector.load_state_dict(state["projector"])
        self.llama.load_adapter(state["adapter"])
        self.codec.load_state_dict(state["codec"])
        if "heads" in state:
            self.heads.load_state_dict(state["heads"])

    def groups(self, rate: float, encoder_rate: float):
        """Parameter groups with their peak learning rates. The class head was fitted beforehand: at ten times this rate,
        with a dozen pictures a step, it only forgets."""
        groups = [{"params": [q for q in self.net.parameters() if q.requires_grad], "peak": encoder_rate, "weight_decay": 0.02},
                  {"params": list(self.heads.classes.parameters()), "peak": 1.5e-4, "weight_decay": 0.02},
                  {"params": [*self.heads.words.parameters(), *self.heads.things.parameters()], "peak": 1e-3, "weight_decay": 0.02},
                  {"params": list(self.llama.parameters()), "peak": rate, "weight_decay": 0.01},
                  {"params": list(self.projector.parameters()), "peak": 1.5 * rate, "weight_decay": 0.01},
                  {"params": list(self.codec.parameters()), "peak": 3e-4, "weight_decay": 0.0}]
        return [g for g in groups if any(q.requires_grad for q in g["params"])]


def squeeze(codec: Codec, tokens, step: float):
    """(tokens as decoded, with the encoder's gradient as if they were the tokens; rate and error; bits a value)."""
    still = tokens.detach()
    decoded, bits = codec(still, step)
    rate = bits.mean() / still[0].numel()
    cost = CODEC_WEIGHT * (rate + (decoded - still).square().mean() / (step * step * math.log(2) / 6))
    return decoded + tokens - still, cost, rate.item()
