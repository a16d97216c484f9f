"""Presence questions: what may be called absent, and that every text has both answers."""

from collections import Counter, defaultdict

import numpy as np
import pytest

from tandem_training.questions import presence
from tandem_training.questions.things import Things


@pytest.fixture(scope="module")
def things():
    return Things()


def picture(things, *captions, rows=()):
    return presence.listen(things, list(captions), list(rows))


@pytest.fixture(scope="module")
def spoken(things):
    """Forty dogs in the snow or on the beach, forty kitchens, forty streets with buses, each with two captions."""
    out = []
    for i in range(40):
        place = "snow" if i % 2 else "beach"
        out.append(picture(things, f"A dog runs on the {place}.", f"A brown dog with a ball on the {place}."))
        out.append(picture(things, "A kitchen with an oven and a sink.", "The oven in a kitchen."))
        out.append(picture(things, "A bus on the road near cars.", "Two cars and a bus on a street."))
    return out


def test_captions_make_things_present_and_main(things):
    s = picture(things, "A man rides a horse.", "A man on a brown horse near a fence.", "Someone on a horse.")
    assert {"man", "person", "horse", "animal", "fence"} <= s.present
    assert "horse" in s.main and "fence" not in s.main


def test_a_no_denies_only_what_it_asks_for(things):
    rows = [("yesno", "Are there any cars?", "no"), ("yesno", "Is this man happy?", "no"), ("yesno", "Is this a church?", "yes"),
            ("object", "What is on the table?", "pizza")]
    s = picture(things, rows=rows)
    assert s.denied == {"car"}
    assert "man" not in s.present and {"church", "building", "pizza", "food", "table"} <= s.present


def test_what_captions_say_is_not_denied(things):
    assert not picture(things, "two cars", rows=[("yesno", "Are there any cars?", "no")]).denied


def test_absent_leaves_out_what_is_there_or_open(things, spoken):
    absent = presence.Absent(things, spoken)
    free = absent.of(spoken[0])
    assert "dog" not in free and "animal" not in free
    assert {"bus", "oven", "kitchen"} <= set(free)


def test_without_captions_only_rare_things_are_absent(things, spoken):
    absent = presence.Absent(things, spoken)
    bare = picture(things, rows=[("object", "What is on the bed?", "cat")])
    assert "dog" not in absent.of(bare)  # a third of all captioned pictures have one
    denied = picture(things, rows=[("yesno", "Are there any dogs?", "no")])
    assert "dog" in absent.of(denied)


def test_close_things_are_those_seen_together(things, spoken):
    absent = presence.Absent(things, spoken)
    kitchen = picture(things, "A kitchen.", "A kitchen with a sink.")
    assert absent.closeness("oven", kitchen) > absent.closeness("bus", kitchen)


def test_every_text_has_both_answers(things, spoken):
    asked = presence.questions(things, spoken, seed=3)
    count = Counter((q, a) for _, q, a in asked)
    assert len(asked) > 300
    for (q, a), n in count.items():
        assert count[q, "no" if a == "yes" else "yes"] == n, q


def test_answers_are_true(things, spoken):
    for i, q, a in presence.questions(things, spoken, seed=4):
        names = things.said(q)
        assert names <= spoken[i].present if a == "yes" else not names & spoken[i].present, (q, a)


def test_a_third_of_the_absent_is_hard(things):
    """Dogs and balls go together: pictures with a dog and no ball are asked for balls oftener than by chance."""
    spoken = [picture(things, "A dog with a ball.", "A dog.") for _ in range(30)]
    spoken += [picture(things, "A dog on a beach.", "A dog.") for _ in range(30)]
    spoken += [picture(things, "A kitchen with an oven.", "A kitchen.") for _ in range(300)]
    where = [i for i, q, a in presence.questions(things, spoken, seed=5) if a == "no" and "ball" in things.said(q)]
    hard = np.mean([30 <= i < 60 for i in where])
    assert len(where) == 30 and hard >= 0.3


def test_pictures_get_about_as_many_no_as_yes(things, spoken):
    count = defaultdict(Counter)
    for i, _, a in presence.questions(things, spoken, seed=6):
        count[i][a] += 1
    difference = [c["yes"] - c["no"] for c in count.values()]
    assert abs(np.mean(difference)) < 1 and np.std(difference) < 3


def test_wordings_of_what_has_no_plural(things):
    rng = np.random.default_rng(1)
    texts = {presence.wording(rng, things.all["water"]) for _ in range(40)}
    assert all(" a water" not in t and "waters" not in t for t in texts)


def test_kept_wordings_are_never_trained_on():
    assert not set(presence.KEPT_OUT) & {*presence.WORDINGS, *presence.MAIN}
    assert not set(presence.KEPT_OUT_MASS) & set(presence.MASS)
