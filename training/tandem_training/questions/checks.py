"""What the trainer is judged by, on pictures that it never sees: presence as POPE asks it, COCO's kinds, yes/no with both
answers weighing the same, doings, scenes, the colour of the largest thing, and the class head.

Accuracies are the mean of those on "yes" and on "no", in percent. Presence (pope.py) and the largest
thing's colour are asked in wordings that training does not use.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import torch

from . import doings, largest, scenes
from .bank import Bank
from .pope import NEGATIVES, pope_rows

PHOTOGRAPHS_A_BATCH = 12


@dataclass
class Check:
    """Pictures uint8 [N,224,224,3] and for each its (kind, question, answer) rows."""

    pictures: list
    rows: list[list[tuple[str, str, str]]]


def made(bank: Bank, val_classes, most: int = 250, seed: int = 2) -> dict[str, Check]:
    """The kept-out checks of a bank; val_classes: (pictures, class numbers) of kept photographs for scenes."""
    rng, out = np.random.default_rng(seed), {}
    pictures, rows = [], []
    for key in ("flickr", "coco"):
        for i in bank.kept.get(key, ()):
            if bank.spoken[key][i].captions > 1 and len(rows) < min(90, most):
                asked = pope_rows(rng, bank.things, bank.absent, bank.spoken[key][i])
                if asked:
                    pictures.append(bank.sources[key].pictures[i])
                    rows.append(asked)
    out["pope"] = Check(pictures, rows)
    s = bank.sources["coco"]
    kept = [i for i in bank.kept["coco"] if s.rows.get(s.names[i])][:most]
    out["coco"] = Check([s.pictures[i] for i in kept], [list(s.rows[s.names[i]]) for i in kept])
    drawn = list(scenes.generate(*val_classes, min(40, most), seed))
    out["scenes"] = Check([c for c, _ in drawn], [r for _, r in drawn])
    out["doings"] = somebody_doing(bank, seed, min(120, most))
    out["largest"] = largest_things(bank, rng, min(30, most))
    return out


def somebody_doing(bank: Bank, seed: int, most: int) -> Check:
    """"Can you see a man riding a horse?" of at most so many kept-out pictures, with as many "no" as "yes"."""
    at, spoken, captions, rows = bank.told(kept=True)
    asked = defaultdict(list)
    for n, q, a in doings.questions(np.random.default_rng(seed), bank.things, spoken, captions, rows, doings.KEPT_OUT, 1):
        asked[at[n]].append(("doing", q, a))
    chosen = list(asked)[:most]
    return Check([bank.sources[k].pictures[i] for k, i in chosen], [asked[c] for c in chosen])


def largest_things(bank: Bank, rng, most: int) -> Check:
    """The colour of the largest thing of at most so many pictures: as it is ("colour"), and tinted ("tinted")."""
    out = Check([], [])
    for key, i in [(k, i) for k in ("flickr", "coco", "classes") for i in bank.kept.get(k, ())]:
        clear = bank.clear.of(key, i) if len(out.rows) < 2 * most else None
        made = clear and largest.tint(rng, bank.sources[key].pictures[i], clear[0])
        if made:
            question = largest.KEPT_OUT.format(bank.subjects[key][i])
            out.pictures += [bank.sources[key].pictures[i], made[1]]
            out.rows += [[("colour", question, clear[1])], [("tinted", question, made[0])]]
    return out


def balanced(right: dict[str, list[bool]], yes: str, no: str) -> float:
    """Mean of two accuracies in percent."""
    return 50 * (np.mean(right[yes] or [0]) + np.mean(right[no] or [0]))


@torch.no_grad()
def ask(answer, encoded, check: Check) -> dict[str, list[bool]]:
    """Right or wrong of each question, by kind, and of yes/no questions by kind and answer ("yesno/yes").

    encoded: the pictures' patch tokens [N,256,C]; answer(tokens [P,256,C], rows) -> bool for each question.
    """
    out = defaultdict(list)
    for i in range(0, len(check.rows), PHOTOGRAPHS_A_BATCH):
        rows = check.rows[i:i + PHOTOGRAPHS_A_BATCH]
        right = answer(encoded[i:i + PHOTOGRAPHS_A_BATCH], [[(q, a) for _, q, a in r] for r in rows]).tolist()
        for (kind, _, a), hit in zip((r for row in rows for r in row), right):
            out["all"].append(hit)
            out[kind].append(hit)
            if a in ("yes", "no"):
                out[f"{kind}/{a}"].append(hit)
                out[f"any/{a}"].append(hit)
    return out


def summary(name: str, right: dict[str, list[bool]]) -> dict[str, float]:
    """Numbers worth a line of the log."""
    if name == "pope":
        return {k: balanced(right, "present/yes", f"{k}/no") for k in NEGATIVES} | {"recall": 100 * np.mean(right["present/yes"])}
    if name == "largest":
        return {k: 100 * np.mean(right[k]) for k in ("all", "colour", "tinted") if right.get(k)}
    out = {"all": 100 * np.mean(right["all"]), "yes/no": balanced(right, "any/yes", "any/no")}
    if name == "coco":
        out |= {k: 100 * np.mean(right[k]) for k in ("object", "colour", "number", "location") if right.get(k)}
    return out


def score(found: dict[str, dict[str, float]]) -> float:
    """What the best checkpoint is chosen by: COCO, its yes/no balanced, and presence, at 16 clusters."""
    coco, pope = found.get("coco c16", {}), found.get("pope c16", {})
    return coco.get("all", 0) + coco.get("yes/no", 0) + float(np.mean([pope.get(k, 0) for k in NEGATIVES]))
