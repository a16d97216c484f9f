"""The bank on drawn stand-ins: what is trained on, what is kept out, and what weighs how much."""

import numpy as np
import pytest

from tandem_training.questions import bank as banks
from tandem_training.questions import checks, pope, presence, sources, weights
from tandem_training.questions.sources import Source, kept_out


def told(n):
    """n pictures with captions of dogs, buses or kitchens and a few questions."""
    names = [f"{i:04d}.png" for i in range(n)]
    captions, rows = {}, {}
    kinds = ["A brown dog on the beach.", "A red bus on the road near two cars.", "A kitchen with a white oven."]
    for i, name in enumerate(names):
        captions[name] = [kinds[i % 3], kinds[i % 3].replace("A ", "The ", 1), kinds[i % 3]]
        rows[name] = [("yesno", "Is this a nice day?", "yes"), ("yesno", "Is this outdoors?", "no" if i % 3 == 2 else "yes"),
                      ("object", "What is shown?", ["dog", "bus", "oven"][i % 3])]
    pictures = np.random.default_rng(1).integers(0, 255, (n, 56, 56, 3)).astype(np.uint8)
    return Source("coco", names, pictures, captions, rows)


def classes(per=4):
    names = [f"train/n{k:02d}/{i}.png" for k in range(10) for i in range(per)]
    return Source("classes", names, np.zeros((len(names), 56, 56, 3), np.uint8))


@pytest.fixture(scope="module")
def bank():
    return banks.Bank({"coco": told(240), "classes": classes()}, seed=1)


def test_kept_out_is_by_name_alone():
    names = [f"{i}.jpg" for i in range(4000)]
    kept = [n for n in names if kept_out(n)]
    assert 120 < len(kept) < 280
    assert [kept_out("train/" + n) for n in names] == [kept_out(n) for n in names]


def test_no_kept_picture_is_trained_on(bank):
    for key, items in bank.items.items():
        assert not {i.index for i in items} & set(bank.kept[key])
    assert bank.kept["coco"]


def test_each_kind_of_row_is_there(bank):
    kinds = {r[0] for i in bank.items["coco"] for r in i.rows}
    assert {"yesno", "object", "caption", "presence", "colour", "colour-yesno", "number", "look"} <= kinds
    assert {r[0] for i in bank.items["classes"] for r in i.rows} == {"what", "presence"}


def test_kept_wordings_are_not_among_the_training_rows(bank):
    asked = {q for items in bank.items.values() for i in items for _, q, _, _ in i.rows}
    for thing in bank.things.all.values():
        for pattern in presence.KEPT_OUT:
            assert pattern.format(single=thing.single, many=thing.many) not in asked


def test_texts_with_one_answer_weigh_less(bank):
    weight = {q: w for i in bank.items["coco"] for k, q, _, w in i.rows if k == "yesno"}
    assert weight["Is this a nice day?"] == pytest.approx(0.4 * weights.WEIGHTS["yesno"])
    assert weight["Is this outdoors?"] > 1.5 * weight["Is this a nice day?"]


def test_yes_no_weights_by_hand():
    weight = weights.yes_no_weight([("yesno", "a", "yes"), ("yesno", "a", "no"), ("yesno", "b", "yes"),
                                  ("yesno", "c", "yes"), ("yesno", "c", "yes"), ("yesno", "c", "no")])
    assert weight["a"] == pytest.approx(1.0) and weight["b"] == pytest.approx(0.4) and weight["c"] == pytest.approx(0.8)


def test_texts_of_the_commoner_answer_alone_weigh_less_still():
    rows = [("yesno", f"y{i}", "yes") for i in range(3)] + [("yesno", f"n{i % 5}", "no") for i in range(12)] + [("yesno", "both", a) for a in ("yes", "no")]
    weight, total = weights.yes_no_weight(rows), {"yes": 0.0, "no": 0.0}
    for _, q, a in rows:
        total[a] += weight[q]
    assert weight["y0"] == pytest.approx(0.4) and weight["n0"] == pytest.approx(0.1) and weight["both"] == 1
    assert total["yes"] == pytest.approx(total["no"])


def test_graded_copies_hold_what_pixels_answer(bank):
    graded = [i for i in bank.items["coco"] if i.grade]
    assert graded and all(k == ("thing-colour" if i.grade.startswith("thing:") else "look") for i in graded for k, *_ in i.rows)


@pytest.fixture(scope="module")
def pictured():
    """A bank with red vases on a lawn that captions call so, white golf balls on blue, and blue vases that captions call red."""
    def ball(colour, ground, seed):
        y, x = np.mgrid[:224, :224]
        rgb = np.tile(np.array(ground, np.uint8), (224, 224, 1))
        rgb[np.hypot(y - 112, x - 105 - seed % 9) < 60] = colour
        return rgb

    coco, own = told(240), classes(20)
    coco.pictures = np.zeros((240, 224, 224, 3), np.uint8)
    own.pictures = np.zeros((200, 224, 224, 3), np.uint8)
    for i, name in enumerate(coco.names):
        if i % 3 == 0:
            coco.captions[name] = ["A red vase on the grass.", "One red vase."]
            coco.rows[name] = [("yesno", "Is this a red vase?", "yes"), ("yesno", "Is this a cow?", "no")]
            coco.pictures[i] = ball((210, 30, 40), (90, 200, 60), i) if i % 2 else ball((40, 60, 200), (90, 200, 60), i)
    for i in range(160, 180):  # golf balls
        own.pictures[i] = ball((245, 245, 245), (50, 70, 220), i)
    return banks.Bank({"coco": coco, "classes": own}, seed=1)


def test_the_largest_thing_is_asked_as_it_is_and_tinted(pictured):
    asked = {k: [i for i in items if any(r[0] == "thing-colour" for r in i.rows)] for k, items in pictured.items.items()}
    for key, colour, count in (("classes", "white", 20), ("coco", "red", 40)):
        plain, tinted = [[i for i in asked[key] if bool(i.grade) == g] for g in (False, True)]
        assert 0.7 * count < len(plain) == len(tinted) <= count
        assert {r[2] for i in plain for r in i.rows if r[0] == "thing-colour"} == {colour}
        for i in tinted:
            assert {r[2] for r in i.rows} == {i.grade.removeprefix("thing:")} and i.grade != f"thing:{colour}"
        assert not {i.index for i in asked[key]} & set(pictured.kept[key])
    assert all(i.index % 2 for i in asked["coco"])  # where pixels say blue and captions red, nobody is asked


def test_kept_pictures_are_asked_for_colours_in_words_of_their_own(pictured):
    trained = {r[1] for items in pictured.items.values() for i in items for r in i.rows}
    check = checks.largest_things(pictured, np.random.default_rng(1), 50)
    assert check.rows and len(check.pictures) == len(check.rows)
    assert not {q for rows in check.rows for _, q, _ in rows} & trained
    assert [k for rows in check.rows for k, _, _ in rows] == ["colour", "tinted"] * (len(check.rows) // 2)


def test_a_text_of_one_answer_is_asked_of_a_picture_with_the_other(pictured):
    texts = {}
    for i in pictured.items["coco"]:
        for k, q, a, w in i.rows:
            if k == "yesno":
                texts.setdefault(q, {}).setdefault(a, []).append((i.index, w))
    assert set(texts["Is this a red vase?"]) == {"yes", "no"}
    assert all(i % 3 for i, _ in texts["Is this a red vase?"]["no"])
    assert set(texts["Is this a cow?"]) == {"no"} and texts["Is this a cow?"]["no"][0][1] < texts["Is this a red vase?"]["yes"][0][1]
    assert not {i for answers in texts.values() for rows in answers.values() for i, _ in rows} & set(pictured.kept["coco"])


def test_classes_are_asked_for_as_often_present_as_absent(bank):
    answers = [a for i in bank.items["classes"] for k, q, a, _ in i.rows if k == "presence" and "church" in q]
    assert abs(answers.count("yes") - answers.count("no")) <= 6


def test_the_same_seed_gives_the_same_bank(bank):
    again = banks.Bank({"coco": told(240), "classes": classes()}, seed=1)
    for key in bank.items:
        assert [(i.index, i.grade, i.rows) for i in bank.items[key]] == [(i.index, i.grade, i.rows) for i in again.items[key]]


def test_sources_read_folders(asked, photographs, tmp_path):
    found = sources.sources(asked, None, None, photographs, tmp_path)
    assert set(found) == {"coco", "classes"}
    coco = found["coco"]
    assert coco.pictures.shape == (40, 224, 224, 3) and coco.names[0] == "0.png"
    assert {k for k, _, _ in coco.rows["0.png"]} == {"number", "colour"} and len(coco.captions["0.png"]) == 2


def test_rows_of_an_array_are_read_in_place():
    rows = sources.Rows(np.arange(10) * 2, [3, 5])
    assert len(rows) == 2 and rows[1] == 10


def test_bank_command_writes_a_table(asked, photographs, tmp_path, capsys):
    banks.main(["--coco", str(asked), "--classes", str(photographs), "--work", str(tmp_path), "--out", str(tmp_path / "bank.tsv")])
    lines = (tmp_path / "bank.tsv").read_text().splitlines()
    assert lines[0].split("\t") == ["set", "image", "grade", "kind", "question", "answer"]
    assert f"{len(lines) - 1} rows" in capsys.readouterr().out


def test_pope_asks_three_there_and_three_of_each_kind_that_are_not(bank):
    rng = np.random.default_rng(1)
    s = bank.spoken["coco"][1]  # a bus
    rows = pope.pope_rows(rng, bank.things, bank.absent, s)
    assert [k for k, _, _ in rows] == ["present"] * 3 + ["random"] * 3 + ["popular"] * 3 + ["adversarial"] * 3
    for kind, q, a in rows:
        assert (a == "yes") == (kind == "present")
        assert bool(bank.things.said(q) & s.present) == (a == "yes")
    assert not pope.pope_rows(rng, bank.things, bank.absent, presence.Spoken())


def test_checks_use_kept_pictures_only(bank):
    val = np.zeros((10, 224, 224, 3), np.uint8), np.arange(10)
    found = checks.made(bank, val)
    assert len(found["pope"].rows) == len(bank.kept["coco"]) == len(found["coco"].rows)
    assert len(found["scenes"].rows) == 40


def test_balanced_accuracy_of_always_no_is_a_half():
    check = checks.Check([None], [[("present", "a", "yes"), ("random", "b", "no"), ("random", "c", "no"), ("random", "d", "no")]])
    import torch
    right = checks.ask(lambda tokens, rows: torch.tensor([a == "no" for r in rows for _, a in r]), torch.zeros(1, 4, 2), check)
    assert checks.balanced(right, "present/yes", "random/no") == 50
    assert checks.summary("pope", {**right, "popular/no": [True], "adversarial/no": [False]})["recall"] == 0


def test_score_is_missing_parts_tolerant():
    assert checks.score({}) == 0
    found = {"coco c16": {"all": 40.0, "yes/no": 60.0}, "pope c16": {"random": 70.0, "popular": 60.0, "adversarial": 50.0}}
    assert checks.score(found) == pytest.approx(160)


def test_pope_command_asks_of_test_pictures_only(tmp_path, capsys):
    for split, shift in (("train", 0), ("test", 100)):
        rows, captions = ["image\tkind\tquestion\tanswer"], ["image\tcaption"]
        for i in range(shift, shift + 60):
            thing, place = [("dog", "beach"), ("bus", "road"), ("zebra", "forest"), ("pizza", "kitchen")][i % 4]
            captions += [f"{i}.png\tA {thing} in the {place}.", f"{i}.png\tOne {thing}."]
            rows.append(f"{i}.png\tobject\tWhat is it?\t{thing}")
        (tmp_path / f"{split}.tsv").write_text("\n".join(rows) + "\n")
        (tmp_path / f"{split}-captions.tsv").write_text("\n".join(captions) + "\n")
    pope.main(["--coco", str(tmp_path), "--out", str(tmp_path / "pope.tsv")])
    found = [line.split("\t") for line in (tmp_path / "pope.tsv").read_text().splitlines()[1:]]
    assert {int(r[0].split(".")[0]) for r in found} <= set(range(100, 160)) and len(found) > 400
    assert {r[1] for r in found} == {"present", *pope.NEGATIVES}
    assert all((r[3] == "yes") == (r[1] == "present") for r in found)
    assert "questions about 60 pictures" in capsys.readouterr().out
