"""Texts that are asked of as many pictures where the answer is "yes" as where it is "no"."""

from collections.abc import Callable, Iterable

MOST = 40  # rows of one text with one answer: a few common ones would fill the bank


def pairs(rng, text: str, yes: Iterable[int], may_be_no: Iterable[int], hard: Callable[[int], bool]) -> list[tuple[int, str, str]]:
    """(picture, text, answer), "yes" and "no" equally often; half of the "no" among the hard ones, as far as they go."""
    yes, no = [int(i) for i in rng.permutation(list(yes))], [int(i) for i in rng.permutation(list(may_be_no))]
    n = min(len(yes), len(no), MOST)
    close = [i for i in no if hard(i)][:(n + 1) // 2]
    taken = set(close)
    picked = (close + [i for i in no if i not in taken])[:n]
    return [(i, text, "yes") for i in yes[:n]] + [(i, text, "no") for i in picked]
