"""`bank`: every question that the trainer asks, by picture, and the ones that it never trains on.

COCO's, DAQUAR's and the classes' own questions, captions, and the made ones: presence (presence.py), captions retold
(retold.py), who does what (doings.py), what sort of thing it is (sorts.py), looks (looks.py), the colour of the largest thing
(largest.py). A picture is kept out by a hash of its name, one
in twenty; the made questions on kept pictures use wordings that training never asks. Each row weighs how likely it is to be
drawn beside the picture's others. A yes/no text that training only knows with one answer is also asked of a picture with the
other answer where one is known (partners.py), and weighs less where none is.
"""

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from . import doings, largest, looks, partners, presence, retold, scenes, sorts
from .canvases import Canvases, subject
from .sources import Rows, Source, kept_out, sources
from .things import Things
from .weights import WEIGHTS, yes_no_weight

THING_OF_CLASS = {"tench": "fish", "springer": "dog", "church": "church", "garbage truck": "truck", "golf ball": "ball"}


@dataclass
class Item:
    """One picture, shown with one grade: rows of (kind, question, answer, weight)."""

    source: str
    index: int
    grade: str = ""
    rows: list[tuple[str, str, str, float]] = field(default_factory=list)


class Bank:
    """`items[set]`: training pictures with their rows; `kept[set]`: indices of pictures that training never sees."""

    def __init__(self, found: dict[str, Source], seed: int = 1):
        self.sources, self.things, self.rng = found, Things(), np.random.default_rng(seed)
        self.kept = {k: [i for i, n in enumerate(s.names) if kept_out(n)] for k, s in found.items()}
        self.spoken = {k: [presence.listen(self.things, s.captions.get(n, []), s.rows.get(n, [])) for n in s.names]
                       for k, s in found.items() if k in ("coco", "flickr")}
        self.items = {key: [Item(key, i) for i in range(len(s.names))] for key, s in found.items()}
        self._presence(seed)
        self._doings_and_sorts(seed)
        self._partners(seed)
        for key, s in found.items():
            self._own(key, s)
        self._classes()
        for key in self.spoken:
            self._retold(key, found[key])
            self._looks(key, found[key])
        self._subjects()
        self._largest(seed)
        for key in list(self.items):
            kept = set(self.kept[key])
            self.items[key] = [i for i in self.items[key] if i.rows and i.index not in kept]
        self.canvases = self._canvases()

    def _own(self, key, s):
        kept = set(self.kept[key])
        asked = [r for i, n in enumerate(s.names) if i not in kept for r in s.rows.get(n, ()) if r[0] == "yesno"]
        weight = yes_no_weight(asked + self.answered) if asked else {}
        for item, name in zip(self.items[key], s.names):
            item.rows += [(k, q, a, WEIGHTS[k] * (weight.get(q, 0.4) if k == "yesno" else 1)) for k, q, a in s.rows.get(name, ())]
            for j, caption in enumerate(s.captions.get(name, ())):
                item.rows.append(("caption", retold.CAPTION_WORDINGS[j % 3], caption.strip(" ."), WEIGHTS["caption"]))

    def _partners(self, seed):
        """`answered`: presence and partner rows, which answer the same texts as COCO's own."""
        at, spoken, captions, rows = self.told()
        choice = partners.Partners(np.random.default_rng([seed, 5]), self.things, self.absent, spoken, captions)
        self.answered = [r[:3] for items in self.items.values() for item in items for r in item.rows]
        own = [(q, a) for asked in rows for k, q, a in asked if k == "yesno"]
        for n, q, a in choice.of(own, [(q, a) for _, q, a in self.answered]):
            k, i = at[n]
            self.items[k][i].rows.append(("yesno", q, a, WEIGHTS["yesno"]))
            self.answered.append(("yesno", q, a))

    def _presence(self, seed):
        at, spoken, _, _ = self.told()
        self.absent = presence.Absent(self.things, spoken)
        for n, q, a in presence.questions(self.things, spoken, seed=seed):
            k, i = at[n]
            self.items[k][i].rows.append(("presence", q, a, WEIGHTS["presence"]))

    def told(self, kept: bool = False):
        """[(set, index)], and spoken, captions and rows of each, of the pictures that are trained on or of those that are kept out."""
        out = {k: set(self.kept[k]) for k in self.spoken}
        at = [(k, i) for k, spoken in self.spoken.items() for i in range(len(spoken)) if (i in out[k]) == kept]
        said = [(self.sources[k], self.sources[k].names[i]) for k, i in at]
        return at, [self.spoken[k][i] for k, i in at], [s.captions.get(n, []) for s, n in said], [s.rows.get(n, []) for s, n in said]

    def _doings_and_sorts(self, seed):
        at, spoken, captions, rows = self.told()
        found = [("doing", r) for r in doings.questions(np.random.default_rng([seed, 8]), self.things, spoken, captions, rows)]
        found += [("sort", r) for r in sorts.questions(np.random.default_rng([seed, 9]), self.things, spoken, captions)]
        for kind, (n, q, a) in found:
            k, i = at[n]
            self.items[k][i].rows.append((kind, q, a, WEIGHTS[kind]))

    def _classes(self):
        s = self.sources["classes"]
        folders = sorted({n.split("/")[1] for n in s.full})
        self.labels = np.array([folders.index(n.split("/")[1]) for n in s.full])
        general = sorted(THING_OF_CLASS)
        for item, label in zip(self.items["classes"], self.labels):
            name = scenes.NAMES[label]
            other = str(self.rng.choice([n for n in scenes.NAMES if n != name]))
            asked = [(name, "yes"), (other, "no")]
            rows = [("what", "What is in the picture?", name)]
            rows += [("presence", f"Is there {scenes.article(n)} {n}{self.rng.choice(('', ' in the picture'))}?", a) for n, a in asked]
            if name in THING_OF_CLASS:
                rows.append(("presence", presence.wording(self.rng, self.things.all[THING_OF_CLASS[name]]), "yes"))
            if self.rng.random() < len(general) / len(scenes.NAMES):
                no = str(self.rng.choice([g for g in general if g != name]))
                rows.append(("presence", presence.wording(self.rng, self.things.all[THING_OF_CLASS[no]]), "no"))
            item.rows = [(*r, WEIGHTS[r[0]]) for r in rows]

    def _retold(self, key, s):
        for i, name in enumerate(s.names):
            if s.captions.get(name):
                self.items[key][i].rows += [(*r, WEIGHTS[r[0]]) for r in retold.questions(self.rng, self.things, s.captions[name])]

    def _looks(self, key, s, share: float = 0.3):
        """Looks as it is for some pictures, and one graded copy for as many."""
        tints = [f"tint:{c}" for c in looks.TINTS]
        for i in range(len(s.names)):
            if self.rng.random() < share:
                self.items[key][i].rows += [(*r, WEIGHTS["look"]) for r in looks.questions(self.rng, s.pictures[i], "")]
            if self.rng.random() < share:
                grade = str(self.rng.choice(["grey", "grey", "dark", "bright", str(self.rng.choice(tints))]))
                rows = [(*r, WEIGHTS["look"]) for r in looks.questions(self.rng, s.pictures[i], grade)]
                self.items[key].append(Item(key, i, grade, rows))

    def _subjects(self):
        """What each picture of COCO, Flickr8k and the classes is of, or None."""
        self.subjects = {"classes": [scenes.NAMES[c] for c in self.labels]}
        for key, spoken in self.spoken.items():
            s = self.sources[key]
            answers = [[a for k, _, a in s.rows.get(n, ()) if k == "object"] for n in s.names]
            self.subjects[key] = [subject(self.things, heard, a) for heard, a in zip(spoken, answers)]

    def _largest(self, seed):
        """The colour of the largest thing of the pictures where it is clear, as it is and in a copy that has it tinted."""
        rng, self.clear = np.random.default_rng([seed, 7]), largest.Clear(self.things, self.sources, self.kept, self.subjects)
        for key, subjects in self.subjects.items():
            for i in sorted(set(range(len(subjects))) - set(self.kept[key])):
                clear = self.clear.of(key, i)
                made = clear and largest.tint(rng, self.sources[key].pictures[i], clear[0])
                if made:
                    self.items[key].append(Item(key, i, f"thing:{made[0]}"))
                    for item, answer in ((self.items[key][i], clear[1]), (self.items[key][-1], made[0])):
                        item.rows += [(*r, WEIGHTS["thing-colour"]) for r in largest.questions(rng, subjects[i], answer)]

    def _canvases(self) -> Canvases:
        others = []
        for key, spoken in self.spoken.items():
            s, kept = self.sources[key], set(self.kept[key])
            others += [(s.pictures[i], name, spoken[i].present) for i, name in enumerate(self.subjects[key]) if name and i not in kept]
        inside = [i for i in range(len(self.labels)) if i not in set(self.kept["classes"])]
        return Canvases(self.things, (Rows(self.sources["classes"].pictures, inside), self.labels[inside]), others)


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training bank", description=__doc__)
    for name in ("coco", "classes", "work"):
        p.add_argument(f"--{name}", type=Path, required=True)
    p.add_argument("--flickr", type=Path)
    p.add_argument("--daquar", type=Path)
    p.add_argument("--out", type=Path, required=True, help="TSV to write: set, image, grade, kind, question, answer")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args(argv)
    bank = Bank(sources(a.coco, a.flickr, a.daquar, a.classes, a.work / "pictures"), a.seed)
    count = Counter()
    with a.out.open("w") as file:
        file.write("set\timage\tgrade\tkind\tquestion\tanswer\n")
        for key, items in bank.items.items():
            for item in items:
                for kind, q, answer, _ in item.rows:
                    count[key, kind] += 1
                    file.write(f"{key}\t{bank.sources[key].names[item.index]}\t{item.grade}\t{kind}\t{q}\t{answer}\n")
    for (key, kind), n in sorted(count.items()):
        print(f"{key} {kind}: {n}")
    print(f"{sum(count.values())} rows in {a.out}; {len(bank.canvases.others)} photographs for canvases, "
          f"{len(bank.canvases.names)} names")


if __name__ == "__main__":
    main()
