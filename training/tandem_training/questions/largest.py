"""The colour of the largest thing, from the pixels: "What color is the dog?", "What color is the biggest thing?".

Asked of photographs with one subject whose region stands out (region.py), where one colour word covers most of it and
little else, no caption says another colour, and the colour is one that such a thing has. As many are made: the same
photographs with the region tinted ("thing:green"), asked about where the tint is what the pixels then say. On canvases
(canvases.py) the region is a photograph's rectangle.
"""

from collections import Counter, defaultdict

import numpy as np

from . import colours, looks, region, retold

NAMED = ("What color is the {}?", "What colour is the {}?")
BIGGEST = ("What color is the biggest thing?", "What color is the largest thing in the picture?", "What colour is the biggest thing?")
KEPT_OUT = "Which color does the {} have?"
VEHICLES = {"truck", "car", "bus", "train", "van", "airplane", "boat", "motorcycle", "bicycle", "garbage truck", "tractor"}
# what a photograph is said to be of without it being the one thing in the middle: scenery, rooms, screens, clothes, what people hold
UNCLEAR = {n.replace("_", " ") for n in """tent mountain hill cliff rock ocean river lake beach grass snow sand
desert forest tree leaves cloud sunset wave waterfall water ice fence road sidewalk path bridge kitchen bathroom
bedroom office store restaurant stage stadium building house window door mirror laptop computer television umbrella
hat shirt jacket dress suit tie shorts jeans skirt scarf glasses sunglasses goggles helmet ski snowboard surfboard
skateboard kite frisbee net ramp swimming_pool train_track train_station airport parachute tench chain_saw table desk
bed shelf cabinet counter plate bowl food meat salad soup vegetable fruit bread box bag stick rope pole ball
soccer_ball microphone camera cell_phone baseball_bat tennis_racket sandwich cake pizza donut plant fountain tower
flag sign street_sign traffic_light oven sink bathtub shower church fork knife spoon scissors person""".split()}
OF_CLASS = {  # the colours that Imagenette's things have; other things have those that captions say of them
    "springer": ("brown", "black"), "French horn": ("yellow",), "golf ball": ("white", "yellow", "orange", "pink"),
    "cassette player": ("black", "gray", "white", "red", "blue", "yellow"),
    "garbage truck": ("white", "green", "blue", "orange", "red", "yellow"), "gas pump": ("red", "white", "blue", "green", "yellow")}


class Said:
    """The colours that captions and rows say of things: of one picture's (`of`), and of all heard so far (`usual`)."""

    def __init__(self, things):
        self.things, self.usual = things, defaultdict(Counter)

    def of(self, captions, rows) -> dict[str, set[str]]:
        out = defaultdict(set)
        pairs = [p for t in captions for p in retold.colours(retold.Caption(self.things, t))]
        for words, answer in pairs + [(q, a) for k, q, a in rows if k == "colour"]:
            for name in self.things.said(words):
                out[name].add(answer)
        return out

    def hear(self, captions, rows):
        for name, found in self.of(captions, rows).items():
            self.usual[name].update(found)

    def may_be(self, name: str, answer: str) -> bool:
        """Whether a thing is seen in a colour often enough: a blue dog is the sea behind one. Tyres and windows are black."""
        if name in VEHICLES and answer in ("black", "gray"):
            return False
        count = self.usual[name]
        return answer in OF_CLASS[name] if name in OF_CLASS else count[answer] >= max(2, 0.04 * count.total())

    def answer(self, name: str, found: region.Region, captions=(), rows=()) -> str | None:
        """What the pixels say, where nothing that is said of the picture or of such things contradicts."""
        answer, said = colour(found), self.of(captions, rows).get(name)
        return answer if answer and self.may_be(name, answer) and said in (None, {answer}) else None


def colour(found: region.Region) -> str | None:
    """The colour word of a region, where most of it has it, the rest has no one other and the surroundings little of it."""
    inside = colours.shares(found.small[found.mask])[:-1]
    best = int(inside.argmax())
    beside = colours.shares(found.small[~found.mask])[best]
    second = np.partition(inside, -2)[-2]
    return colours.NAMES[best] if inside[best] >= 0.6 and second <= 0.2 and beside <= 0.12 else None


class Clear:
    """Which pictures of these sources have one clear thing; what is said of kept pictures does not count for the others."""

    def __init__(self, things, sources, kept: dict[str, list[int]], subjects: dict[str, list[str | None]]):
        self.sources, self.subjects, self.said = sources, subjects, Said(things)
        for key in subjects:
            out = set(kept[key])
            for n in (n for i, n in enumerate(sources[key].names) if i not in out):
                self.said.hear(sources[key].captions.get(n, ()), sources[key].rows.get(n, ()))

    def of(self, key: str, i: int) -> tuple[region.Region, str] | None:
        """(region of a picture's one thing, its colour), or None where it is not clear."""
        name, s = self.subjects[key][i], self.sources[key]
        found = region.of(s.pictures[i]) if name and name not in UNCLEAR else None
        answer = found and self.said.answer(name, found, s.captions.get(s.names[i], ()), s.rows.get(s.names[i], ()))
        return (found, answer) if answer else None


def tint(rng, rgb: np.ndarray, found: region.Region) -> tuple[str, np.ndarray] | None:
    """(another colour, the picture with its thing in it), or None where the pixels say no colour that it is tinted in."""
    for chosen in rng.permutation(list(looks.TINTS)):
        picture = looks.graded(np.asarray(rgb), f"thing:{chosen}")
        if chosen != colour(found) and colour(region.Region(found.mask, region.shrunk(picture))) == chosen:
            return str(chosen), picture
    return None


def questions(rng, name: str, answer: str) -> list[tuple[str, str, str]]:
    """(kind, question, answer) rows: one names the thing, one does not."""
    return [("thing-colour", str(rng.choice(NAMED)).format(name), answer), ("thing-colour", str(rng.choice(BIGGEST)), answer)]
