"""Canvases for training, drawn afresh each time: photographs of named classes beside those of COCO and Flickr8k.

A photograph of COCO or Flickr8k takes part where one thing, and no person, is what its captions or its question are
about. It may hold two of it, so such canvases are asked "How many photographs show ...?" instead of "How many ... are there?".
"""

import numpy as np

from . import scenes
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


class Canvases:
    """`draw(rng)` -> (uint8 [224,224,3], [(kind, question, answer)]).

    classes: (pictures, class numbers) of the ten named classes; others: [(picture, name, present things)].
    """

    def __init__(self, things: Things, classes, others, mixed: float = 0.5):
        self.things, self.mixed = things, mixed
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
            return scenes.compose(layout, cells, [self.pictures[i] for i in picks]), scenes.questions(rng, layout, cells, names)
        pick = rng.choice(len(self.others), 40, p=self.odds)
        layout, cells, near = scenes.draw(rng, self.numbers[pick])
        chosen = [self.others[pick[i]] for i in near]
        names, present = [c[1] for c in chosen], set().union(*(c[2] for c in chosen))
        known = [n for n in self.names if n not in present and n not in self.things.unsure(present)] or scenes.NAMES
        rows = scenes.questions(rng, layout, cells, names, known, self.plural, False)
        return scenes.compose(layout, cells, [c[0] for c in chosen]), rows

    def plural(self, name: str) -> str:
        return self.things.all[name].many if name in self.things.all else scenes.plural(name)
