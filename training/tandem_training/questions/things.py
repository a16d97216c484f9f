"""Things that can be in a picture: which words mean them, what they are kinds of, and which are mixed up.

Read from things.txt. A text is searched for the longest phrases first, each word counted once, so that a hot dog is no
dog. `said` gives what the text itself names; `closed` adds what that is a kind of.
"""

import re
from dataclasses import dataclass
from pathlib import Path

AMBIGUOUS = {"orange"}  # a colour oftener than a thing: only its plural counts


def plural_of(name: str) -> str:
    if name.endswith(("ch", "sh", "s", "x")):
        return name + "es"
    return name[:-1] + "ies" if name.endswith("y") and name[-2] not in "aeiou" else name + "s"


@dataclass(frozen=True)
class Thing:
    """`plural` is empty for what has none (water); `asked` is false for words that are only heard."""

    name: str
    plural: str
    asked: bool
    seldom: bool

    @property
    def single(self) -> str:
        """With its article: a dog, an oven, water, jeans."""
        if not self.plural or self.plural == self.name:
            return self.name
        return ("an " if self.name[0] in "aeio" else "a ") + self.name

    @property
    def many(self) -> str:
        return self.plural or self.name


class Things:
    """All things by name, with their relations."""

    def __init__(self, text: str | None = None):
        self.all: dict[str, Thing] = {}
        self.parents: dict[str, set[str]] = {}
        self.mixed: dict[str, set[str]] = {}
        self.words: dict[tuple[str, ...], set[str]] = {}
        for line in (text or (Path(__file__).parent / "things.txt").read_text()).splitlines():
            if line.startswith("~"):
                names = [n.replace("_", " ") for n in line[1:].split()]
                for n in names:
                    self.mixed.setdefault(n, set()).update(set(names) - {n})
            elif line and not line.startswith("#"):
                self._add(line)
        self.longest = max(map(len, self.words))

    def _add(self, line: str):
        head, _, up = line.partition("<")
        head, _, others = head.partition("=")
        mark = line[0] if line[0] in "!?" else ""
        name, _, plural = head.strip().lstrip("!?").partition("/")
        plural = "" if plural == "-" else plural or plural_of(name)
        self.all[name] = Thing(name, plural, mark != "!", mark == "?")
        self.parents[name] = {u.replace("_", " ") for u in up.split()}
        own = [] if name in AMBIGUOUS else [name]
        for word in (*own, *([plural] if plural else []), *(o.replace("_", " ") for o in others.split())):
            self.words.setdefault(tuple(word.split()), set()).add(name)

    def found(self, text: str) -> list[tuple[str, str]]:
        """(words as they stand, thing) of a text, in order; a word that means several things gives several."""
        tokens, out, i = re.findall(r"[a-z]+", text.lower().replace("t-shirt", "shirt")), [], 0
        while i < len(tokens):
            for n in range(min(self.longest, len(tokens) - i), 0, -1):
                part = tuple(tokens[i:i + n])
                if part in self.words:
                    out += [(" ".join(part), t) for t in sorted(self.words[part])]
                    i += n - 1
                    break
            i += 1
        return out

    def said(self, text: str) -> set[str]:
        return {t for _, t in self.found(text)}

    def above(self, name: str) -> set[str]:
        out = set()
        for p in self.parents.get(name, ()):
            out |= {p} | self.above(p)
        return out

    def closed(self, names: set[str]) -> set[str]:
        return names.union(*(self.above(n) for n in names)) if names else set()

    def unsure(self, names: set[str]) -> set[str]:
        """What a text that names these leaves open: kinds of what it names, and what people mix up with it."""
        out, closed = set(), self.closed(names)
        for n in closed:
            out |= self.mixed.get(n, set())
        for t in self.all:
            general = self.above(t) & names
            # "people" may be women; but an animal that is said to be a dog is not a cat too
            if any(g == "person" or not any(g in self.above(o) for o in names) for g in general):
                out.add(t)
        return out - closed
