"""Questions that a caption answers: what colour, how many, what is doing it, what is held or ridden, where.

As COCO-QA was made (Ren et al., 2015), with patterns instead of a parser: only phrases that the patterns know give a
question, and a question is dropped where two captions of the picture answer it differently. Colours also give a "yes"
and a "no" each.
"""

import re
from collections import defaultdict

from .things import Things

CAPTION_WORDINGS = ("Describe the picture.", "What does the picture show?", "Write a caption.")
COLOURS = {"white": "white", "red": "red", "blue": "blue", "green": "green", "black": "black", "yellow": "yellow",
           "brown": "brown", "gray": "gray", "grey": "gray", "purple": "purple", "orange": "orange", "pink": "pink"}
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight")
ADJECTIVES = ("small large big little old young tall wooden long short bright dark wet fluffy furry striped plastic metal "
              "toy blonde blond elderly older leather brick colorful stuffed double decker").split()
DONE = ("riding holding wearing eating carrying throwing catching kicking hitting flying using pulling pushing chasing "
        "swinging cutting watching petting driving feeding playing reading").split()
PLACES = set("""kitchen bathroom bedroom room street road park field beach water pool snow grass ocean lake river mirror chair bed
couch sofa table bowl box store shop restaurant office zoo garage yard station airport bag car truck basket vase oven sink street sky
forest woods mountains desert hallway stadium garden""".split())
SPEAKERS = set("he she his her someone somebody male female".split())
SMALL = set("a an the his her their its some one of".split())


def words(caption: str) -> list[str]:
    return re.findall(r"[a-z]+|[,.]", caption.lower().replace("t-shirt", "shirt"))


class Caption:
    """One caption's words with the nouns that the list of things knows: noun[i] is True where a thing's word stands."""

    def __init__(self, things: Things, text: str):
        self.words = words(text)
        self.noun = [(w,) in things.words and w not in SPEAKERS for w in self.words]
        self.thing = [sorted(things.words.get((w,), ())) for w in self.words]

    def head(self, i: int, limit: int = 4):
        """Place of the last noun of the noun phrase that begins at i, or None: "a big red fire truck" gives "truck"."""
        last, end = None, min(len(self.words), i + limit)
        while i < end:
            w = self.words[i]
            if self.noun[i]:
                last = i
            elif last is not None or not (w in SMALL or w in ADJECTIVES or w in COLOURS):
                break
            i += 1
        return last


def colours(c: Caption):
    """"a red bus": ("What is the color of the bus?", "red")."""
    for i, w in enumerate(c.words[:-1]):
        before = c.words[i - 1] if i else ""
        if w in COLOURS and before not in ("and", "or", ",") and c.words[i + 1] not in ("and", "or", ","):
            at = c.head(i + 1, 3)
            if at is not None and c.words[at] not in PLACES - {"chair", "bed", "couch", "car", "truck", "table", "vase", "bowl"}:
                yield c.words[at], COLOURS[w]


def numbers(c: Caption):
    """"two brown dogs": ("dogs", "two")."""
    for i, w in enumerate(c.words[:-1]):
        if w in NUMBERS:
            at = c.head(i + 1, 4)
            if at is not None and (c.words[at].endswith("s") or c.words[at] in ("people", "men", "women", "children", "sheep")):
                yield c.words[at], w


def objects(c: Caption):
    """"a man riding a brown horse": ("What is the man riding?", "horse"); and what a caption begins with."""
    for i, w in enumerate(c.words):
        if w in DONE:
            who, at = c.words[i - 1] if i and c.noun[i - 1] else None, c.head(i + 1, 5)
            if i > 1 and c.words[i - 1] in ("is", "are") and c.noun[i - 2]:
                who = c.words[i - 2]
            if who and at is not None and w not in ("playing", "watching"):
                yield f"What {'are' if who.endswith('s') or who in ('men', 'people', 'women', 'children') else 'is'} the {who} {w}?", c.words[at]
    start = c.head(0, 5)
    if start is None or start + 2 >= len(c.words):
        return
    verb, rest = c.words[start + 1], [w for w in c.words[start + 1:] if w != "."]
    people = "person" in c.thing[start] or {"man", "woman", "boy", "girl", "child"} & set(c.thing[start])
    if people or len(rest) > 11 or "," in rest:
        return
    if verb in ("is", "are", "sits", "stands", "runs", "jumps", "on", "in", "parked", "lying", "laying") or verb.endswith("ing"):
        glue = "is " if verb not in ("is", "are", "sits", "stands", "runs", "jumps") else ""
        yield f"What {glue}{' '.join(rest)}?", c.words[start]


def places(c: Caption):
    """"a man cooking in a kitchen": ("Where is the man cooking?", "kitchen")."""
    start = c.head(1 if c.words and c.words[0] in NUMBERS else 0, 5)
    if start is None:
        return
    for i in range(start + 1, len(c.words) - 1):
        if c.words[i] in ("in", "on", "at") and i - start <= 5:
            at = i + 1
            while at < len(c.words) and (c.words[at] in SMALL or c.words[at] in ADJECTIVES or c.words[at] in COLOURS):
                at += 1
            if at < len(c.words) and c.words[at] in PLACES and (at + 1 == len(c.words) or c.words[at + 1] in (".", "with", "and", "next", "near", ",")):
                middle = [w for w in c.words[start + 1:i] if w not in ("is", "are")]
                if middle and not middle[0].endswith("ing"):
                    return
                plural = c.words[start].endswith("s") or c.words[start] in ("men", "women", "people", "children")
                yield f"Where {'are' if plural else 'is'} the {' '.join([c.words[start], *middle])}?", c.words[at]
            return


def questions(rng, things: Things, captions: list[str], most: int = 6) -> list[tuple[str, str, str]]:
    """(kind, question, answer) of one picture, at most `most` of each kind, none that two captions answer differently."""
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for text in captions:
        c = Caption(things, text)
        for kind, found in (("colour", colours(c)), ("number", numbers(c)), ("object", objects(c)), ("location", places(c))):
            for key, answer in found:
                said[kind, key].add(answer)
    out, taken = [], defaultdict(int)
    for (kind, key), answers in said.items():
        if len(answers) > 1 or taken[kind] >= most:
            continue
        taken[kind] += 1
        answer, = answers
        if kind == "colour":
            many = key.endswith("s") and key not in ("dress", "glass", "bus")
            out.append((kind, str(rng.choice((f"What is the color of the {key}?", f"What color {'are' if many else 'is'} the {key}?"))), answer))
            other = str(rng.choice(sorted(set(COLOURS.values()) - {answer, "gray" if answer == "white" else ""})))
            verb = "Are" if many else "Is"
            out += [("colour-yesno", f"{verb} the {key} {answer}?", "yes"), ("colour-yesno", f"{verb} the {key} {other}?", "no")]
        elif kind == "number":
            out.append((kind, str(rng.choice((f"How many {key} are there?", f"How many {key} are in the picture?"))), answer))
        else:
            out.append((kind, key, answer))
    return out
