"""A partner picture with the other answer for COCO's yes/no texts that training only knows with one.

Only texts that name one known thing in a plain way: "Is this a [..] bus?", "Could this be [..] bus?", "Are there any [..]
buses [..]?". A text answered "yes" gets a picture where the thing is absent as far as its captions tell (presence.py), one in
three a picture that holds what is often seen with it. A text answered "no" gets a picture of the thing itself; where the text
says more than the thing's name ("red bus", "seagull"), a caption has to say the same words.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from .presence import Absent, Spoken
from .things import Things

THIS = re.compile(r"(?:Is this an? |Could this be (?:an? )?)([a-z' -]+)\?")
ANY = re.compile(r"Are there any ([a-z' -]+)\?")
NOT_PLAIN = set("""or and for with in on at to by that where when other others more not no from than like being going same only real
too enough""".split())
PLACES = set("in on at visible pictured present shown seen near around nearby here behind under above outside inside beside along".split())
WHOLE = re.compile(r"(|pictured|present|visible|shown|here|"
                   r"((visible|shown|present|seen) )?in (the|this) (picture|photo|image|scene|photograph))")
TRIES = 40


@dataclass(frozen=True)
class Asked:
    """What a text asks for: things (several where a word means several), its words, whether it must be the subject."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    subject: bool
    tail: str

    @property
    def can_be_yes(self) -> bool:
        return len(self.names) == 1 and WHOLE.fullmatch(self.tail) is not None


def asked(things: Things, question: str) -> Asked | None:
    """A text's plain question, or None where it is another kind of text."""
    this = THIS.fullmatch(question)
    found = this or ANY.fullmatch(question)
    if not found:
        return None
    tokens = re.findall(r"[a-z]+", found[1])
    for at in range(min(4, len(tokens))):
        if tokens[at] in NOT_PLAIN:
            return None
        for end in range(min(len(tokens), at + things.longest), at, -1):
            names, tail = things.words.get(tuple(tokens[at:end])), tokens[end:]
            if names and not tail or names and not this and tail[0] in PLACES:
                return Asked(tuple(sorted(names)), tuple(tokens[:end]), bool(this), " ".join(tail))
    return None


def says(caption: str, words: tuple[str, ...]) -> bool:
    """Whether a caption has the words one after the other."""
    return f" {' '.join(words)} " in f" {' '.join(re.findall('[a-z]+', caption.lower()))} "


class Partners:
    """Pictures to choose from: spoken[i] with captions[i]; those with one caption or none are not used."""

    def __init__(self, rng, things: Things, absent: Absent, spoken: list[Spoken], captions: list[list[str]]):
        self.rng, self.things, self.absent, self.spoken, self.captions = rng, things, absent, spoken, captions
        self.told = [i for i, s in enumerate(spoken) if s.captions > 1]
        self.has, self.main = defaultdict(list), defaultdict(list)
        for i in self.told:
            for n in spoken[i].present:
                self.has[n].append(i)
            for n in spoken[i].main:
                self.main[n].append(i)

    def without(self, names) -> int | None:
        """A picture where none of the things is."""
        if not self.told or not set(names) <= set(self.absent.asked):
            return None
        tried = [int(i) for i in self.rng.choice(self.told, TRIES)]
        free = [i for i in tried if set(names) <= set(self.absent.of(self.spoken[i]))]
        if free and self.rng.random() < 1 / 3:
            return max(free, key=lambda i: self.absent.closeness(names[0], self.spoken[i]))
        return free[0] if free else None

    def holding(self, a: Asked) -> int | None:
        """A picture of the thing, as the text says it."""
        pool = (self.main if a.subject else self.has)[a.names[0]]
        thing = self.things.all[a.names[0]]
        if " ".join(a.words) not in (thing.name, thing.plural):
            pool = [i for i in pool if any(says(c, a.words) for c in self.captions[i])]
        return int(self.rng.choice(pool)) if pool else None

    def of(self, rows: list[tuple[str, str]], others: list[tuple[str, str]] = ()) -> list[tuple[int, str, str]]:
        """(picture, question, answer) for the texts among (question, answer) rows that have one answer, in `others` too; once a row
        where it can be."""
        count, out = defaultdict(Counter), set()
        for q, a in rows:
            count[q][a] += 1
        for q, a in others:
            if q in count:
                count[q][a] += 1
        for q, answers in count.items():
            what = asked(self.things, q) if len(answers) == 1 else None
            if what is None:
                continue
            (answer, n), = answers.items()
            for _ in range(n):
                i = self.without(what.names) if answer == "yes" else self.holding(what) if what.can_be_yes else None
                if i is not None:
                    out.add((i, q, "no" if answer == "yes" else "yes"))
        return sorted(out)
