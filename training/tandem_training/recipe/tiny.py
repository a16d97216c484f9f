"""A complete pack of tiny random networks: same files, names and formats as a real one, about a megabyte."""

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import nn

from ..common import drawn, sections
from ..common.graph import DataFile
from ..common.packfile import PackWriter, generate
from ..common.quant import Q4, Q8
from ..encoder import classify_head, cluster, vision_graph, vit
from ..language import decoder_graph
from ..language.decoder_graph import Files, Layer, Weights
from ..tofc import hyper, tables

EXPERTS, HYPER, TOKEN, CLUSTERS = 16, 24, 384, 16
LABELS = [f"{colour} {shape}" for colour in ("red", "green", "blue") for shape in drawn.SHAPES] + ["nothing"]
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
CORPUS = ["What is in the picture? A red circle and a blue square.", "How many shapes are there? There are three.",
          "Is there a green triangle left of the circle? yes no", "What is the capital of France?", "user assistant\n"]


def tokenizer(size: int = 320) -> Tokenizer:
    """Byte-level BPE with the chat markers as special tokens 0, 1, 2."""
    t = Tokenizer(models.BPE())
    t.pre_tokenizer, t.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    t.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=size, special_tokens=SPECIAL, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return t


class TinyVit(vit.Vit):
    """The encoder's interface with narrow insides and a last linear to the full token width."""

    def __init__(self, width=32, layers=1, heads=2):
        super().__init__(width, layers, heads)
        self.widen = nn.Linear(width, TOKEN, bias=False)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.15)

    def forward(self, pixels, positions=None):
        return tuple(self.widen(t) for t in super().forward(pixels, positions))


def llama(rng, vocabulary: int, hidden=96, heads=6, kv_heads=3, mlp=160, layers=2) -> Weights:
    hd = hidden // heads
    shapes = {"qkv": (hidden + 2 * kv_heads * hd, hidden), "o": (hidden, hidden), "gate_up": (2 * mlp, hidden),
              "down": (hidden, mlp)}

    def layer():
        linear = {k: Q4.of(rng.normal(0, 0.12, s)) for k, s in shapes.items()}
        lora = {k: (rng.normal(0, 0.1, (4, s[1])), rng.normal(0, 0.05, (s[0], 4))) for k, s in shapes.items()}
        return Layer(rng.normal(1, 0.1, hidden), rng.normal(1, 0.1, hidden), linear, lora)

    return Weights(heads, kv_heads, 1e5, 512, Q8.of(rng.normal(0, 0.3, (vocabulary, hidden))),
                   rng.normal(1, 0.1, hidden), [layer() for _ in range(layers)])


def integer_layers(rng, widths) -> list[hyper.IntegerLayer]:
    """Random layers whose means spread over a few token units and whose logits hit many rows."""
    layers = []
    for i, (n_in, n_out) in enumerate(zip(widths, widths[1:])):
        w = rng.integers(-60, 61, (EXPERTS, n_out, n_in))
        m = rng.integers(1 << 14, 1 << 15, (EXPERTS, n_out))
        bias = rng.integers(-500, 500, (EXPERTS, n_out))
        if i + 2 == len(widths):
            m[:, n_out // 2:] >>= 2
            bias[:, n_out // 2:] = 400 * 2 ** 20 // (1 << 12)
        layers.append(hyper.IntegerLayer(w.astype(np.int8), bias.astype(np.int32), m.astype(np.int32), 20))
    return layers


def write(folder: Path, seed: int = 1) -> int:
    """Writes the pack; returns its bytes."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    pack, data = PackWriter(folder), {n: DataFile(f"{n}.bin") for n in ("encoder", "hyper_analysis", "projector")}
    net = TinyVit().eval()
    words = tokenizer()
    words.save(str(folder / "tokenizer.json"))
    language, files = llama(rng, words.get_vocab_size()), Files()
    router = nn.Sequential(nn.Linear(TOKEN, 8), nn.ReLU(), nn.Linear(8, EXPERTS))
    widths = (TOKEN, 8, 8, HYPER)
    analysis = [(torch.randn(EXPERTS, o, i) / i ** 0.5 * 2, torch.randn(EXPERTS, o) * 0.1)
                for i, o in zip(widths, widths[1:])]
    projector = nn.Sequential(nn.LayerNorm(TOKEN), nn.Linear(TOKEN, 32), nn.GELU(), nn.Linear(32, language.hidden))
    for g in (vision_graph.encoder(net, data["encoder"]),
              vision_graph.hyper_analysis(router, analysis, 1.0, torch.zeros(EXPERTS, HYPER), data["hyper_analysis"]),
              vision_graph.projector(projector, data["projector"]),
              decoder_graph.embed_tokens(language, files), decoder_graph.decoder(language, files)):
        pack.graph(g, [*data.values(), *files.all()])
    pack.data(*data.values(), *files.all())

    layers = integer_layers(rng, (HYPER, 8, 8, 2 * TOKEN))
    z_rows = [tables.laplace(b) for b in rng.uniform(0.3, 1.2, EXPERTS * HYPER)]
    rows = [tables.histogram(np.ones(EXPERTS), 0), *z_rows, *tables.laplace_rows()]
    pack.write("codec/tables.bin", tables.file_bytes(rows))
    pack.write("codec/hyper.bin", hyper.file_bytes(layers))

    classify_head.write(pack, classifier(seed), LABELS)
    golden(pack, words)
    return pack.finish(**manifest(language, pack))


def classifier(seed: int) -> classify_head.Head:
    """A head of random weights, of numbers of its own, so that it changes no other file."""
    rng, head = np.random.default_rng(seed + 1000), classify_head.Head(TOKEN, len(LABELS), "mean")
    head.linear.weight.data = torch.from_numpy(rng.normal(0, 0.3, head.linear.weight.shape).astype(np.float32))
    head.linear.bias.data = torch.from_numpy(rng.normal(0, 0.3, len(LABELS)).astype(np.float32))
    return head


def golden(pack: PackWriter, words: Tokenizer):
    pixels = drawn.pixel_values(drawn.picture(7)[0])
    run = {n: pack.session(n) for n in pack.graphs}
    tokens, cls = run["encoder"].run(None, {"pixel_values": pixels})
    pack.golden_graph("encoder", {"pixel_values": pixels}, {"class_token": cls}, 1e-3)
    merged = cluster.dpc_knn(torch.from_numpy(tokens), CLUSTERS)[0].numpy()
    expert, z = run["hyper_analysis"].run(None, {"tokens": merged})
    pack.golden_codec("c16", merged, expert, z)
    image = run["projector"].run(None, {"tokens": merged[None]})[0]
    pack.golden_graph("projector", {"tokens": merged[None]}, {"image_features": image}, 1e-3)
    classify_head.golden(pack, merged)
    prompt = CORPUS[3]
    ids = words.encode(f"{PREFIX}{prompt}{SUFFIX}").ids
    answer = generate(run["embed_tokens"], run["decoder"], ids, STOP, 12)
    pack.golden_text(prompt, answer, words.decode([i for i in answer if i not in STOP]))


PREFIX, SUFFIX, STOP = "<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n", [2, 0]


def manifest(language: Weights, pack: PackWriter) -> dict:
    licence = "Apache-2.0"
    points = [(1, "c8", 8, 0.5), (2, "c16", 16, 0.5), (3, "c32", 32, 0.5), (4, "c16-fine", 16, 0.25)]
    return {
        "name": "tiny-vqa", "version": "1", "licence": licence,
        "provenance": [{"what": "random weights for tests", "source": "training/tandem_training/recipe/tiny.py",
                        "licence": licence, "sha256": ""}],
        "preprocessing": sections.SQUASH,
        "methods": sections.token_methods(EXPERTS, TOKEN, HYPER, pack.codec_golden),
        "points": [sections.tofc_point(i, n, c, s, round(16 * np.log(0.5 / s) / tables.ROW_RATIO)) for i, n, c, s in points],
        "defaultPoint": "c16",
        "heads": [sections.language_head(language, language.embedding.q.shape[0], (PREFIX, "\n", SUFFIX), STOP, pack.texts), sections.labels_head("shapes")]}
