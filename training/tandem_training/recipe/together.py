"""`together`: encoder, codec, projector and adapter trained in one loop on made questions (bank.py).

Each batch draws a number of visual tokens, pictures by set, and a few questions of each. Layers 5 to 12 of the encoder
see fresh crops and flips at 224 px; they learn from the answers (through projector and frozen language model), from the
teachers' 1,000 classes, from the captions' words and from what is there and what not (heads.py). Most batches pass
through the codec, which learns its rate and error and gets the answers' gradient; the encoder gets that gradient as
if the codec were not there. The learning rate is a cosine over the time budget; a larger budget later goes on with a
warm restart. Everything needed to go on is in the one checkpoint, besides the data and `language.gguf`.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from ..common import photos
from ..encoder import heads, teacher as teachers
from ..language import answers
from ..questions import bank as banks, checks, scenes
from . import pace
from .batches import CLASS_INDEX, Targets
from .loop import Loop, pixels
from .model import Model


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training together", description=__doc__)
    p.add_argument("--work", type=Path, required=True, help="folder of `language` and `from-pack`; the checkpoint goes there")
    p.add_argument("--coco", type=Path, required=True)
    p.add_argument("--classes", type=Path, required=True, help="train/<wnid>/* and val/<wnid>/* of ten classes")
    p.add_argument("--flickr", type=Path)
    p.add_argument("--daquar", type=Path)
    p.add_argument("--teacher", type=Path, nargs="+", required=True, help="as in `distill`")
    p.add_argument("--minutes", type=float, default=100,
                   help="the whole run's budget, all starts together; on a CPU of processor time, a thread")
    p.add_argument("--shares", default="coco=.38,flickr=.18,daquar=.09,classes=.16,canvases=.19")
    p.add_argument("--counts", default="8=.18,16=.37,32=.15,64=.12,256=.18", help="visual tokens and their shares")
    p.add_argument("--pictures", type=int, default=12)
    p.add_argument("--per-picture", type=int, default=4)
    p.add_argument("--rank", type=int, default=16)
    p.add_argument("--rate", type=float, default=3e-4, help="peak learning rate of the adapter")
    p.add_argument("--encoder-rate", type=float, default=4e-5, help="peak learning rate of the encoder's layers 5 to 12")
    p.add_argument("--steps", default="0.7,1.1,1.7", help="the codec's steps, one drawn for each batch")
    p.add_argument("--still", action="store_true", help="encoder, heads and codec stand still and only projector and adapter learn, at half of "
                   "the time a step: what other methods share keeps its bytes")
    p.add_argument("--warm", type=int, default=40, help="steps in which the heads learn without moving the encoder")
    p.add_argument("--check", type=float, default=20, help="minutes between two measurements")
    p.add_argument("--checked", type=int, default=250, help="at most this many kept pictures a check")
    p.add_argument("--save", type=float, default=4, help="minutes between two checkpoints")
    p.add_argument("--check-only", action="store_true", help="measure what there is and stop")
    p.add_argument("--patience", type=int, default=0, help="stop after this many measurements without a better one (0: never)")
    p.add_argument("--bf16", action="store_true")
    p.add_argument("--device", default="cpu", help="cuda has not been tried: there was none")
    p.add_argument("--out", default="together")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--limit", type=int, help="at most this many photographs of each source (smoke)")
    return p


def start_state(work: Path) -> dict:
    """What `from-pack` left."""
    codec = torch.load(work / "start-codec.pt")
    return torch.load(work / "start-encoder.pt") | torch.load(work / "start-lmm.pt") | {
        "codec": codec["codec"], "codec_settings": codec["settings"]}


def build(a) -> Loop:
    torch.set_num_threads(a.threads)
    torch.set_default_device(a.device)  # what is made anew lies there; what comes from numpy is moved
    torch.manual_seed(a.seed)
    cache = a.work / "pictures"
    bank = banks.Bank(banks.sources(a.coco, a.flickr, a.daquar, a.classes, cache, a.limit), a.seed)
    targets = Targets(bank, a.coco, a.flickr)
    val = scenes.classes(photos.Source(a.classes), "val/", cache, a.limit)
    file = a.work / f"{a.out}.pt"
    state = torch.load(file, a.device) if file.exists() else start_state(a.work)
    model = Model(a.work, a.rank, state["codec_settings"], len(targets.vocabulary.words), len(targets.names), a.bf16, a.still).to(a.device)
    teacher = None if a.still else teachers.load(a.teacher, a.work, a.threads, a.bf16)
    pick = np.sort(np.random.default_rng(4).permutation(len(val[1]))[:300])
    chosen = val[0][pick], np.array(CLASS_INDEX)[val[1][pick]]
    model.load(state)
    texts = answers.text_answers(model.llama, model.prompter, a.work / "text-only.json")
    if a.bf16:
        model.llama.to_bfloat16()
    loop = Loop(a, model, bank, targets, teacher, checks.made(bank, val, a.checked), chosen, texts)
    if file.exists():
        loop.resume(state)
    elif a.warm and not a.check_only and not a.still:
        warm_start(model, bank, teacher)
    return loop


def warm_start(model, bank, teacher, most: int = 2400):
    """A fresh class head begins near the teacher's answers on whole pictures."""
    pools = [bank.sources[k].pictures for k in ("coco", "flickr", "classes") if k in bank.sources]
    rng = np.random.default_rng(6)
    rgb = np.concatenate([p[np.sort(rng.permutation(len(p))[:most // len(pools)])] for p in pools])
    loss = heads.warm(model.heads.classes, model.encode, teacher, pixels(rgb))
    print(f"class head fitted on {len(rgb)} pictures: KL {loss:.2f}", flush=True)


def main(argv=None):
    a = arguments().parse_args(argv)
    loop = build(a)
    if a.check_only:
        loop.report(quick=False)
        return
    print(f"{len(loop.targets.names)} things, {len(loop.targets.vocabulary.words)} words, cycle {loop.cycle}", flush=True)

    def patient() -> bool:
        return not a.patience or loop.since_best < a.patience
    pace.train(loop, a.work / f"{a.out}.pt", lambda: loop.spent < loop.cycle[1] and patient(), loop.report)
    if not patient():
        print(f"stopped: {loop.since_best} measurements without a better one", flush=True)
    loop.report(quick=False)


if __name__ == "__main__":
    main()
