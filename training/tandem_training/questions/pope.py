"""`pope`: presence questions on kept-out pictures, as POPE asks them, made here from captions; a table for `tandem eval`.

POPE (Li et al., 2023, "Evaluating object hallucination in large vision-language models"): for each picture up to three
things that are there, and as many that are not, drawn at random, by how common they are, or by how often they are seen
with what is there. What is there is what the picture's captions name (POPE has segmentations: captions say less, so
some "no" are wrong). Things and frequencies come from the training captions. Pictures stay in the data set:

    python -m tandem_training pope --coco coco-vqa-224.zip --out pope.tsv
    tandem eval --data coco-vqa-224.zip --tsv pope.tsv

The balanced accuracy of a kind of negatives is the mean of the accuracies on "present" and on that kind.
"""

import argparse
from pathlib import Path

import numpy as np

from ..common import photos
from . import presence
from .sources import grouped, kept_out
from .things import Things

NEGATIVES = ("random", "popular", "adversarial")


def pope_rows(rng, things, absent: presence.Absent, s: presence.Spoken, wordings=None, each: int = 3):
    """(kind, question, answer) rows of one picture: kind "present", "random", "popular" or "adversarial"."""
    there = [n for n in absent.asked if n in s.present]
    free = absent.of(s)
    if not there or len(free) < each:
        return []
    names = {"present": [str(n) for n in rng.permutation(there)[:each]],
             "random": [str(n) for n in rng.permutation(free)[:each]],
             "popular": sorted(free, key=lambda n: -absent.count[n])[:each],
             "adversarial": sorted(free, key=lambda n: -absent.closeness(n, s))[:each]}
    patterns, mass = wordings or (presence.KEPT_OUT, presence.KEPT_OUT_MASS)
    return [(kind, presence.wording(rng, things.all[n], patterns, mass), "yes" if kind == "present" else "no")
            for kind, chosen in names.items() for n in chosen]


def heard(things: Things, source: photos.Source, captions: str, rows: str | None) -> dict[str, presence.Spoken]:
    """What the tables of a source say of each picture that has captions."""
    said = grouped(source.table(captions), "caption")
    asked = grouped(source.table(rows), "kind", "question", "answer") if rows else {}
    return {name: presence.listen(things, said[name], asked.get(name, [])) for name in said}


def table(coco: Path, flickr: Path | None, seed: int) -> list[tuple[str, str, str, str]]:
    """(image, kind, question, answer) rows on COCO's test pictures that have captions."""
    things, source, rng = Things(), photos.Source(coco), np.random.default_rng(seed)
    told = heard(things, source, "train-captions.tsv", "train.tsv")
    if flickr:
        told |= heard(things, photos.Source(flickr), "captions.tsv", None)
    absent = presence.Absent(things, [s for name, s in told.items() if not kept_out(name)])
    return [(name, *row) for name, s in heard(things, source, "test-captions.tsv", "test.tsv").items() if s.captions > 1
            for row in pope_rows(rng, things, absent, s, (("Is there {single} in the image?",), ("Is there any {many} in the image?",)))]


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training pope", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--coco", type=Path, required=True, help="ZIP or folder with train and test tables and captions")
    p.add_argument("--flickr", type=Path, help="more training captions, for the frequencies")
    p.add_argument("--out", type=Path, required=True, help="TSV to write: image, kind, question, answer")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args(argv)
    rows = table(a.coco, a.flickr, a.seed)
    a.out.write_text("image\tkind\tquestion\tanswer\n" + "".join("\t".join(r) + "\n" for r in rows))
    print(f"{len(rows)} questions about {len({r[0] for r in rows})} pictures in {a.out}: "
          + ", ".join(f"{k} {sum(r[1] == k for r in rows)}" for k in ("present", *NEGATIVES)))


if __name__ == "__main__":
    main()
