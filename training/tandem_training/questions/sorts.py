"""What sort of thing or place a picture shows, asked with yes and no: "Is this a young boy?", "Could this be kitchen?".

The words are those of captions: "a young boy", "in a kitchen". "No" is answered, half of the time where there is one, by a
picture of the same thing whose captions say an opposite, or another sort where words have no opposite; else by a picture
whose captions do not name the thing. A place is denied where captions name another place and none that is mixed up with it.
"""

from collections import Counter, defaultdict

from .both import pairs
from .presence import Spoken
from .retold import COLOURS, SMALL, Caption
from .things import Things

WORDINGS = ("Is this {article} {sort}?", "Could this be {sort}?")  # VQA v2 leaves the article out like that
PLACES = set("""kitchen bathroom bedroom street road park field beach pool ocean lake river store shop restaurant office zoo
garage yard station airport forest desert hallway stadium garden farm market city classroom playground parade""".split())
MIXED = [set(m.split()) for m in (
    "street road city market parade", "store shop market", "beach ocean lake river pool", "field park yard garden farm playground zoo",
    "station airport", "forest park garden", "restaurant kitchen shop", "hallway office classroom")]
OPPOSITE = {k: set(v.split()) for k, v in {
    "young": "old older elderly", "old": "young new modern", "older": "young", "elderly": "young", "large": "small little tiny",
    "big": "small little tiny", "small": "large big huge", "little": "large big huge", "tall": "short small", "busy": "empty quiet",
    "empty": "busy crowded full", "crowded": "empty", "modern": "old", "wooden": "metal brick plastic", "dirty": "clean",
    "clean": "dirty messy", "messy": "clean tidy neat"}.items()}
NOT_SORTS = SMALL | set(COLOURS) | set("""other another same few many several two three four five very own first next single different
various top side front back close group couple lot pair bunch and or with on in at to by near that which is are asian african
american indian oriental caucasian""".split())
LEAST = 3  # pictures that a text must fit


def said_sorts(c: Caption):
    """(words before it, noun) of "a young boy"; one or two words."""
    for i, w in enumerate(c.words):
        for end in (i + 2, i + 3) if w in ("a", "an") else ():
            if end >= len(c.words):
                break
            before, noun = c.words[i + 1:end], c.words[end]
            if not all(b.isalpha() and b not in NOT_SORTS and not b.endswith("ing") for b in before):
                break
            if (c.noun[end] or noun in PLACES) and not (end + 1 < len(c.words) and c.noun[end + 1]):
                yield tuple(before), noun
                break


class Told:
    """One captioned picture: what most captions name, its sorts and places, and all the words."""

    def __init__(self, things: Things, spoken: Spoken, captions: list[str]):
        found = [Caption(things, t) for t in captions]
        count = Counter(w for c in found for w in set(c.words))
        self.spoken, self.words, self.unsure = spoken, set(count), things.unsure(spoken.direct)
        self.sorts = {p for c in found for p in said_sorts(c)}
        self.main = {w for w, n in count.items() if n >= max(2, 0.6 * len(captions))}
        self.places = self.words & PLACES


def denied(things: Things, t: Told, before: tuple[str, ...], noun: str) -> str:
    """"same": the thing is there, of another sort; "other": it is not there; "": nobody knows."""
    names = things.words.get((noun,), set())
    if set(before) & t.words:
        return ""
    if noun in t.main:
        said = {w for b, n in t.sorts if n == noun for w in b}
        graded = [b for b in before if b in OPPOSITE]
        if graded:
            return "same" if any(OPPOSITE[b] & said for b in graded) else ""
        return "same" if before and said - set(OPPOSITE) else ""
    if noun in t.words or names & (t.spoken.present | t.unsure):
        return ""
    if noun in PLACES:
        near = {p for m in MIXED if noun in m for p in m}
        return "other" if t.places and not t.places & near else ""
    return "other"


def questions(rng, things: Things, spoken: list[Spoken], captions: list[list[str]]) -> list[tuple[int, str, str]]:
    """(picture, question, answer); pictures with one caption or none are not asked about."""
    told = {i: Told(things, s, captions[i]) for i, s in enumerate(spoken) if s.captions > 1}
    has = defaultdict(list)
    for i, t in told.items():
        for before, noun in t.sorts:
            if noun in t.main or noun in PLACES:
                has[before, noun].append(i)
        for place in t.places:
            has[(), place].append(i)
    out = []
    for (before, noun), yes in sorted(has.items()):
        if len(yes) >= LEAST:
            sort = " ".join((*before, noun))
            text = str(rng.choice(WORDINGS)).format(sort=sort, article="an" if sort[0] in "aeiou" else "a")
            how = {i: denied(things, t, before, noun) for i, t in told.items()}
            out += pairs(rng, text, yes, [i for i, h in how.items() if h], lambda i: how[i] == "same")
    return out

