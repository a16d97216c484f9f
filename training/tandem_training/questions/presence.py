"""Presence questions from what people said of a picture: as many "no" as "yes", for every thing and every wording.

A picture's `Spoken` holds what its texts name (present), what they deny, and whether they say enough to call the rest
absent: five captions do, a question or two don't (then only rare things are called absent). For every thing the
pictures that have it are asked once, and as many that don't, with the same wordings; a third of those are hard: pictures
that hold what is often seen together with it.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from .things import Things

WORDINGS = ("Is there {single} in the picture?", "Are there any {many}?", "Can you see {single}?",
            "Is {single} in the image?", "Are there any {many} in this picture?", "Is there {single}?")
MASS = ("Is there any {many} in the picture?", "Is there {many}?", "Can you see {many}?", "Is there {many} in the image?")
MAIN = ("Is this {single}?", "Could this be {single}?")
KEPT_OUT = ("Is there {single} in the image?", "Do you see any {many} here?")
KEPT_OUT_MASS = ("Is there any {many} in this image?", "Do you see any {many} here?")
COMMON = 0.08  # what more than this share of the captioned pictures have is not called absent without captions


@dataclass
class Spoken:
    """What is known of one picture; `main` are the things that most of its captions name."""

    present: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    direct: set[str] = field(default_factory=set)
    main: set[str] = field(default_factory=set)
    captions: int = 0


def listen(things: Things, captions: list[str], rows: list[tuple[str, str, str]]) -> Spoken:
    """From captions and (kind, question, answer) rows. A question answered "no" is no evidence of what it names,
    except that "Are there any ...?" denies it."""
    out, count = Spoken(captions=len(captions)), Counter()
    for caption in captions:
        names = things.said(caption)
        out.direct |= names
        count.update(things.closed(names))
    for kind, question, answer in rows:
        names = things.said(question)
        if kind != "yesno":
            out.direct |= names | things.said(answer)
        elif answer == "yes":
            out.direct |= names
        elif question.startswith(("Are there any", "Is there")):
            out.denied |= names
    out.present = things.closed(out.direct)
    out.main = {n for n, c in count.items() if c >= max(2, 0.6 * len(captions))}
    out.denied -= out.present
    return out


class Absent:
    """Which things may be called absent in a picture, and how hard that is to see."""

    def __init__(self, things: Things, spoken: list[Spoken], least: int = 6):
        self.things = things
        told = [s for s in spoken if s.captions > 1]
        self.count = Counter(n for s in spoken for n in s.present)
        caption_count = Counter(n for s in told for n in s.present)
        self.share = {n: c / max(1, len(told)) for n, c in caption_count.items()}
        self.asked = sorted(n for n, c in self.count.items()
                            if c >= least and things.all[n].asked and not things.all[n].seldom)
        self.together: dict[str, Counter] = defaultdict(Counter)
        for s in told:
            for a in s.present:
                self.together[a].update(s.present - {a})

    def of(self, s: Spoken) -> list[str]:
        """Names that are absent from a picture, as far as its texts tell, in fixed order."""
        unsure = self.things.unsure(s.direct)
        out = [n for n in self.asked if n not in s.present and n not in unsure]
        if s.captions < 2:
            out = [n for n in out if n in s.denied or self.share.get(n, 0) < COMMON]
        return out

    def closeness(self, name: str, s: Spoken) -> float:
        """How often what the picture holds is seen with the thing: largest conditional frequency over its share."""
        best = max((self.together[p][name] / max(5, self.count[p]) for p in s.present), default=0.0)
        return best / (self.share.get(name, 0) + 0.01)


def wording(rng, thing, patterns=WORDINGS, mass=MASS) -> str:
    """A question about a thing; those without a plural have wordings of their own."""
    pattern = rng.choice(mass if not thing.plural else patterns)
    return str(pattern).format(single=thing.single, many=thing.many)


def questions(things: Things, spoken: list[Spoken], most: int = 900, seed: int = 1):
    """[(picture index, question, "yes" or "no")]: for each thing as many of both, in the same wordings."""
    rng, absent = np.random.default_rng(seed), Absent(things, spoken)
    free = [set(absent.of(s)) for s in spoken]
    asked_no = np.zeros(len(spoken))
    has = {n: [i for i, s in enumerate(spoken) if n in s.present] for n in absent.asked}
    asked_yes = np.zeros(len(spoken))
    for pictures in has.values():
        asked_yes[pictures] += 1
    out = []
    for name in absent.asked:
        yes = [int(i) for i in rng.permutation(has[name])[:most]]
        no = np.array([i for i in range(len(spoken)) if name in free[i]])
        if not len(no):
            continue
        close = np.array([absent.closeness(name, spoken[i]) for i in no])
        owed = np.maximum(0.2, asked_yes[no] - asked_no[no]) ** 2  # pictures with more "yes" than "no" so far come first
        n, picked = min(len(yes), len(no)), []
        hard = close > 1.5
        for part, weight, count in ((hard, owed * close, round(n / 3)), (~hard, owed, n)):
            pool = np.flatnonzero(part)
            count = min(count, len(pool), n - len(picked))
            if count:
                w = weight[pool]
                picked += [int(no[j]) for j in rng.choice(pool, count, replace=False, p=w / w.sum())]
        asked_no[picked] += 1
        for i, j in zip(yes, picked):
            thing = things.all[name]
            as_main = name in spoken[i].main and rng.random() < 0.3
            q = wording(rng, thing, MAIN, MAIN) if as_main and thing.plural else wording(rng, thing)
            out += [(i, q, "yes"), (j, q, "no")]
    return out
