"""How likely a row is drawn beside the others of its picture: by its kind, and a yes/no text by the answers that it has."""

from collections import Counter, defaultdict

WEIGHTS = {"yesno": 1.6, "object": 2.5, "colour": 2.0, "number": 1.5, "location": 1.5, "caption": 0.35, "presence": 1.0,
           "colour-yesno": 0.5, "look": 1.0, "thing-colour": 1.0, "what": 1.0, "doing": 1.0, "sort": 0.8, "daquar": 1.0}


def yes_no_weight(rows) -> dict[str, float]:
    """Of each yes/no text: 1 with both answers about equally often, down to 0.4 where only one is known.

    The texts that know the commoner one alone weigh less still, so that both answers weigh the same among texts of one answer.
    """
    count = defaultdict(Counter)
    for _, q, a in rows:
        count[q][a] += 1
    alone = sum((c for c in count.values() if len(c) == 1), Counter())
    least = {a: 0.4 * min(alone.values()) / n for a, n in alone.items()}
    return {q: least[min(c)] if len(c) == 1 else 0.4 + 0.6 * 2 * min(c.values()) / c.total() for q, c in count.items()}
