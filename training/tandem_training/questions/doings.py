"""What somebody does or wears, asked with yes and no: "Is this man riding a horse?".

VQA v2 asks so, and presence questions do not teach it. "A man rides a brown horse" in a caption and
"What is the man riding?", "horse" among COCO-QA's rows answer "yes". "No" is answered by a picture of a man whose captions name
no horse and nothing that is mixed up with one, half of them pictures of a man who does the same with something else. A doing
without an object ("Is this dog running?") is denied where captions say what the dog does and none has the verb.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from .both import pairs
from .presence import Spoken
from .retold import Caption
from .things import Things

WHO = set("""man woman boy girl child person lady guy baby player surfer skier skateboarder snowboarder cyclist dog puppy cat
kitten horse cow sheep bird bear elephant giraffe zebra""".split())
PLACED = set("on in at through down up over across into along near under behind beside against".split())
ARTICLES = {"a", "an", "the", "his", "her", "some"}
SAID = {s: v for v, s in (w.split(":") for w in """running:runs jumping:jumps playing:plays sitting:sits standing:stands walking:walks
riding:rides holding:holds wearing:wears swimming:swims sleeping:sleeps climbing:climbs eating:eats carrying:carries throwing:throws
catching:catches kicking:kicks skating:skates skiing:skis surfing:surfs swinging:swings chasing:chases lying:lies laying:lays
hitting:hits flying:flies dancing:dances fishing:fishes smiling:smiles drinking:drinks reading:reads sliding:slides""".split())}
ALONE = set("""running jumping playing sitting standing walking swimming sleeping climbing skating skiing surfing skateboarding
snowboarding smiling laughing dancing fishing flying lying cooking posing singing sliding kneeling crouching crying""".split())
VERBS = ALONE | set(SAID.values()) | set("pulling pushing using cutting feeding petting driving brushing serving grazing rolling drawing".split())
ROW = re.compile(r"(?:What (?:is|does) (?:the|this|a) |The |A )(?:[a-z]+ ){0,2}?([a-z]+) ([a-z]+ing)(?: what)?\b")
ONE_AT_A_TIME = set("riding driving throwing kicking catching swinging".split())  # done with one thing only
WORDINGS = ("Is this {who} {doing}?", "Is the {who} {doing}?")
KEPT_OUT = ("Can you see a {who} {doing}?",)
LEAST = 2  # pictures that a text must fit


@dataclass(frozen=True)
class Doing:
    """who and verb, and where a caption says so preposition, article and object."""

    who: str
    verb: str
    where: str = ""
    article: str = ""
    what: str = ""

    @property
    def text(self) -> str:
        return " ".join(w for w in (self.verb, self.where, self.article, self.what) if w)


def fitting(article: str, noun: str) -> str:
    """The article without the adjective that stood between them."""
    return article if article not in ("a", "an") else "an" if noun[0] in "aeiou" else "a"


def doings(c: Caption):
    """Every `Doing` of one caption."""
    for i in range(1, len(c.words)):
        verb = SAID.get(c.words[i], c.words[i])
        who = c.words[i - 2] if i > 1 and c.words[i - 1] == "is" else c.words[i - 1]
        if verb not in VERBS or who not in WHO:
            continue
        rest = c.words[i + 1:] + ["."]
        where = rest[0] if rest[0] in PLACED else ""
        article = rest[bool(where)] if rest[bool(where)] in ARTICLES else ""
        head = c.head(i + 1 + bool(where), 5)
        if head is not None:
            yield Doing(who, verb, where, fitting(article, c.words[head]), c.words[head])
        if verb in ALONE:
            yield Doing(who, verb)


def answered(things: Things, question: str, answer: str):
    """The `Doing` that a row of COCO-QA tells, if it tells one: "What is the man riding down a street?", "horse"."""
    found = ROW.match(question)
    if found and found[1] in WHO and found[2] in VERBS - ALONE and question.split()[-1] != found[1]:
        names = things.words.get((answer,), ())
        single = any(things.all[n].plural not in ("", answer) for n in names)
        after = question[found.end():].split()
        if names and (not after or after[0] not in PLACED or found[2] in ONE_AT_A_TIME):
            yield Doing(found[1], found[2], "", fitting("a", answer) if single else "", answer)


class Told:
    """One picture: who does what, and all the words that captions say of it."""

    def __init__(self, things: Things, spoken: Spoken, captions: list[str], rows):
        found = [Caption(things, t) for t in captions]
        self.spoken, self.words, self.unsure = spoken, {w for c in found for w in c.words}, things.unsure(spoken.direct)
        self.doings = {d for c in found for d in doings(c)}
        self.doings |= {d for kind, q, a in rows if kind == "object" for d in answered(things, q, a)}
        self.who = {d.who for d in self.doings}
        self.does = {(d.who, d.verb) for d in self.doings if d.what}

    def denies(self, things: Things, d: Doing) -> bool:
        """Whether what is said is enough to say that who is there does not do that."""
        if d.who not in self.who:
            return False
        names = things.words.get((d.what,), set())
        if d.what in self.words or names & (self.spoken.present | self.unsure):
            return False
        if self.spoken.captions < 2:  # a row or two: only what cannot be done twice at once
            return d.verb in ONE_AT_A_TIME and (d.who, d.verb) in self.does and bool(d.what)
        return bool(d.what) or not any(w.startswith(stem(d.verb)) for w in self.words)


def stem(verb: str) -> str:
    """"running" -> "run", "riding" -> "rid", so that "runs" and "rides" begin with it."""
    short = verb[:-3]
    return short[:-1] if len(short) > 3 and short[-1] == short[-2] and short[-1] not in "ls" else short


def questions(rng, things: Things, spoken: list[Spoken], captions: list[list[str]], rows, wordings=WORDINGS,
              least: int = LEAST) -> list[tuple[int, str, str]]:
    """(picture, question, answer); captions and (kind, question, answer) rows by picture."""
    told, does = {}, defaultdict(list)
    for i, s in enumerate(spoken):
        t = Told(things, s, captions[i], rows[i])
        if t.doings:
            told[i] = t
            for d in t.doings:
                does[d].append(i)
    out = []
    for d in sorted(does, key=lambda d: (d.who, d.text)):
        if len(does[d]) >= least:
            text = str(rng.choice(wordings)).format(who=d.who, doing=d.text)
            no = [i for i, t in told.items() if t.denies(things, d)]
            out += pairs(rng, text, does[d], no, lambda i: (d.who, d.verb) in told[i].does)
    return out
