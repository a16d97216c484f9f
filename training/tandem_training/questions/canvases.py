"""Canvases for training, drawn afresh each time: photographs of named classes beside those of COCO and Flickr8k.

A photograph of COCO or Flickr8k takes part where one thing, and no person, is what its captions or its question are
about. It may hold two of it, so such canvases are asked "How many photographs show ...?" instead of "How many ... are there?".
On one canvas in four some of the photographs are tinted, each in a colour of its own, and the things on them are asked for
their colour, with a "yes" and a "no".
"""

import numpy as np

from . import largest, looks, scenes
from .presence import Spoken
from .things import Things

BROAD = {"animal", "vehicle", "food", "water", "grass", "snow", "sand", "person", "plate", "table", "crowd", "ocean", "beach", "road"}


def subject(things: Things, spoken: Spoken, answers: list[str]) -> str | None:
    """The one thing that a picture is of: most of its captions name it, or an object question is answered by it."""
    main = {n for n in spoken.main if things.all[n].asked and n not in BROAD and things.all[n].plural}
    if spoken.captions < 2:
        main = {n for a in answers for n in things.said(a) if n not in BROAD and things.all[n].asked and things.all[n].plural}
    main = {n for n in main if not any(n in things.above(o) for o in main)}
    if "person" in spoken.main or len(main) != 1:
        return None
    return main.pop()


def paint(rng, canvas: np.ndarray, layout: str, cells, names) -> list[tuple[str, str, str]]:
    """Tints some of a canvas's photographs in place; rows about each thing that is there once and whose pixels then say the tint."""
    tints, out = [str(c) for c in rng.permutation(list(looks.TINTS))], []
    chosen = rng.permutation(len(cells))[:int(rng.integers(1, len(cells) + 1))]
    for j, tint, other in zip(chosen, tints, tints[1:]):
        (r, c, h, w), name = scenes.LAYOUTS[layout][cells[j]][0], names[j]
        part = canvas[112 * r:112 * (r + h), 112 * c:112 * (c + w)]
        part[:] = looks.graded(part, f"tint:{tint}")
        found = looks.measured(part)
        if names.count(name) == 1 and found["colour"] == tint and found["share"] > 0.6:
            out += [("thing-colour", str(rng.choice(largest.NAMED)).format(name), tint),
                    ("thing-colour", *((f"Is the {name} {tint}?", "yes") if rng.random() < 0.5 else (f"Is the {name} {other}?", "no")))]
    return out


class Canvases:
    """`draw(rng)` -> (uint8 [224,224,3], [(kind, question, answer)]).

    classes: (pictures, class numbers) of the ten named classes; others: [(picture, name, present things)].
    """

    def __init__(self, things: Things, classes, others, mixed: float = 0.5, painted: float = 0.25):
        self.things, self.mixed, self.painted = things, mixed, painted
        self.pictures, self.labels = classes
        self.others = others
        self.names = sorted({name for _, name, _ in others})
        self.numbers = np.array([self.names.index(name) for _, name, _ in others], int)
        per = np.bincount(self.numbers, minlength=len(self.names))
        weight = 1 / np.sqrt(per[self.numbers])
        self.odds = weight / max(weight.sum(), 1e-9)

    def draw(self, rng):
        if not len(self.others) or rng.random() >= self.mixed:
            layout, cells, picks = scenes.draw(rng, self.labels)
            names = [scenes.NAMES[self.labels[i]] for i in picks]
            canvas, rows = scenes.compose(layout, cells, [self.pictures[i] for i in picks]), scenes.questions(rng, layout, cells, names)
            return self._painted(rng, canvas, rows, layout, cells, names)
        pick = rng.choice(len(self.others), 40, p=self.odds)
        layout, cells, near = scenes.draw(rng, self.numbers[pick])
        chosen = [self.others[pick[i]] for i in near]
        names, present = [c[1] for c in chosen], set().union(*(c[2] for c in chosen))
        known = [n for n in self.names if n not in present and n not in self.things.unsure(present)] or scenes.NAMES
        rows = scenes.questions(rng, layout, cells, names, known, self.plural, False)
        return self._painted(rng, scenes.compose(layout, cells, [c[0] for c in chosen]), rows, layout, cells, names)

    def _painted(self, rng, canvas, rows, *drawn):
        return canvas, rows + (paint(rng, canvas, *drawn) if rng.random() < self.painted else [])

    def plural(self, name: str) -> str:
        return self.things.all[name].many if name in self.things.all else scenes.plural(name)
