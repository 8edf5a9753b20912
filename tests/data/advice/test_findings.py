"""Each finding is made from a small table that calls for it, and not from one that does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from finding_tables import QUIET, RANDOM, SENTENCES, YES, Columns, N, X, Z, found_in, table_of

from ann_viz.data import Recipe, Split, suggest_recipe, with_role
from ann_viz.data.advice.findings import apply_offer, find
from ann_viz.data.encoding.recipe import Plan
from ann_viz.errors import DataError
from ann_viz.numerals import NBSP
from ann_viz.translation import use_translator


@pytest.mark.parametrize(("columns", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_what_is_found(tmp_path: Path, columns: Columns, expected: tuple[str, str, str | None]) -> None:
    """A table that calls for a finding gets it, with its sentence and its offer."""
    kind, sentence, offer = expected
    finding = found_in(tmp_path, columns)[kind]
    assert sentence in finding.sentence.replace(NBSP, " ")
    assert (finding.offer.label if finding.offer else None) == offer
    for name in finding.columns[:1]:
        assert finding.sentence.startswith(name) or kind == "sums to target"


def test_a_plain_table_has_no_findings(tmp_path: Path) -> None:
    """Enough rows of numbers and a balanced answer: nothing to say."""
    twice = {
        "x": X + Z,
        "z": Z + X,
        "flag": YES + YES[::-1],
        "answer": [int(x + z > 3) for x, z in zip(X + Z, Z + X, strict=True)],
    }
    assert found_in(tmp_path, twice) == {}


NOT_THERE = {"codes", "leak", "equal columns", "time order", "skew", "outliers", "sums to target", "unbalanced"} | {
    "zeros",
    "many inputs",
}


@pytest.mark.parametrize("columns", QUIET.values(), ids=QUIET)
def test_what_is_not_found(tmp_path: Path, columns: Columns) -> None:
    """A false alarm is worse than silence."""
    assert NOT_THERE.isdisjoint(found_in(tmp_path, columns))


@pytest.fixture
def foreign() -> Iterator[None]:
    """Put every text that is translated in brackets."""
    use_translator(lambda text: f"⟦{text}⟧")
    yield
    use_translator()


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("columns", [columns for columns, _ in SENTENCES.values()], ids=SENTENCES)
def test_what_is_found_is_said_in_the_readers_language(tmp_path: Path, columns: Columns) -> None:
    """Sentences and offers, before and after they were taken; names of columns stand inside the sentences."""
    with table_of(tmp_path, columns) as table:
        recipe = suggest_recipe(table)
        found = list(find(table, recipe))
        for finding in tuple(found):
            if finding.offer is not None:
                found += find(table, apply_offer(table, recipe, finding.offer))
    texts = [finding.sentence for finding in found]
    texts += [text for finding in found if finding.offer for text in (finding.offer.label, finding.offer.past) if text]
    assert texts and [text for text in texts if not re.fullmatch("⟦.*⟧", text)] == []


@pytest.mark.parametrize("name", [name for name, (_, (_, _, offer)) in SENTENCES.items() if offer])
def test_offers_have_a_way_back(tmp_path: Path, name: str) -> None:
    """Taking an offer turns the finding's state and its offer round; taking that gives the recipe back."""
    columns, (kind, _, _) = SENTENCES[name]
    with table_of(tmp_path, columns) as table:
        recipe = suggest_recipe(table)
        finding = next(finding for finding in find(table, recipe) if finding.kind == kind)
        assert finding.offer is not None
        changed = apply_offer(table, recipe, finding.offer)
        assert apply_offer(table, changed, finding.offer) == changed
        if kind == "doubtful missing":
            assert changed == recipe
            return
        assert changed != recipe
        after = next(f for f in find(table, changed) if (f.kind, f.columns) == (kind, finding.columns))
        assert after.done is not finding.done
        assert after.offer is not None
        assert apply_offer(table, changed, after.offer) == recipe


def test_doubtful_words_are_read_again(tmp_path: Path) -> None:
    """One click after the other reads the word of this column as missing and as a value."""
    columns = SENTENCES["doubtful"][0]
    finding, reading = found_in(tmp_path, columns)["doubtful missing"], []
    for _ in range(3):
        assert finding.offer is not None
        reading.append((finding.severity, finding.done, finding.offer.reading))
        finding = found_in(tmp_path, columns, **finding.offer.reading)["doubtful missing"]
    assert reading == [
        ("warning", True, {"kept_words": ()}),
        ("warning", False, {"kept_words": (("fence", "NA"),)}),
        ("info", True, {"kept_words": ()}),
    ]


def test_a_word_no_longer_missing_anywhere_is_a_category(tmp_path: Path) -> None:
    """Taken from the list of words, it is a value in every column; the way back puts it there again."""
    columns = SENTENCES["doubtful"][0]
    finding = found_in(tmp_path, columns, missing=("",))["doubtful missing"]
    assert finding.severity == "info"
    assert finding.offer is not None
    assert finding.offer.missing == ("", "NA")


def test_rows_drawn_can_be_taken_back(tmp_path: Path) -> None:
    """A recipe that learns from some rows says so and offers all of them."""
    with table_of(tmp_path, {"x": X, "answer": YES}) as table:
        recipe = replace(suggest_recipe(table), sample_rows=50)
        finding = next(finding for finding in find(table, recipe) if finding.kind == "many rows")
        assert finding.sentence == "Learns from 50 of 200 rows, drawn at random"
        assert finding.offer is not None
        assert apply_offer(table, recipe, finding.offer).sample_rows is None


def test_many_skewed_columns_share_a_line(tmp_path: Path) -> None:
    """One offer changes the scale of all of them and leaves the rest of their plans alone."""
    tail = [i % 37 / 10 + 4000 * (i % 50 == 0) for i in range(N)]
    with table_of(
        tmp_path, {f"c{k}": [k + t for t in RANDOM.sample(tail, N)] for k in range(6)} | {"answer": YES}
    ) as table:
        recipe = suggest_recipe(table).with_plan("c1", Plan(flag_missing=True))
        finding = next(finding for finding in find(table, recipe) if finding.kind == "skew")
        assert finding.sentence.startswith("c0, c1, c2 and 3 more are very uneven")
        assert finding.offer is not None
        changed = apply_offer(table, recipe, finding.offer)
        assert changed.plan("c0") == Plan(scaling="log")
        assert changed.plan("c1") == Plan(scaling="log", flag_missing=True)


def test_ignoring_the_original_ends_the_repetition(tmp_path: Path) -> None:
    """Two equal columns are no trouble when the first is not used."""
    with table_of(tmp_path, SENTENCES["equal"][0]) as table:
        recipe = with_role(table, suggest_recipe(table), "colour", "ignore")
        assert "equal columns" not in {finding.kind for finding in find(table, recipe)}


def test_searching_can_be_cancelled(tmp_path: Path) -> None:
    """What was found until then is returned: here, after the checks of the rows and for leaks."""
    with table_of(tmp_path, SENTENCES["sum"][0] | {"same": ["a"] * N}) as table:
        answers = iter([False, False, False, True])
        found = find(table, suggest_recipe(table), cancelled=lambda: next(answers))
        assert [finding.kind for finding in found] == ["sums to target"]


def test_offers_of_other_tables_are_refused(tmp_path: Path) -> None:
    """An offer about a column that is not there raises."""
    with table_of(tmp_path, SENTENCES["equal"][0]) as table:
        recipe = suggest_recipe(table)
        offer = next(finding.offer for finding in find(table, recipe) if finding.kind == "equal columns")
        assert offer is not None
        with pytest.raises(DataError):
            apply_offer(table, recipe, replace(offer, column="gone"))


def test_copies_of_the_answer_are_not_suggested(tmp_path: Path) -> None:
    """Of two columns that say the answer, the copy is left out of the inputs; a near copy stays."""
    near = ["no" if i == 0 else "yes" if y else "no" for i, y in enumerate([1, *YES[1:]])]
    with table_of(tmp_path, {"x": X, "alive": ["ny"[y] for y in YES], "near": near, "survived": YES}) as table:
        assert suggest_recipe(table).inputs == ("x", "near")


def test_repeated_numbers_of_the_answer(tmp_path: Path) -> None:
    """A numeric target written twice is found, whatever its format."""
    with table_of(tmp_path, {"x": Z, "copy": [f"{x:.4f}" for x in X], "price": X}) as table:
        assert suggest_recipe(table).inputs == ("x",)


def test_large_tables_are_sampled(tmp_path: Path) -> None:
    """Beyond 20,000 rows the comparing looks at some of them, spread over the file; repeated rows are still counted."""
    n = 21_000
    columns = {
        "a": [i % 5 for i in range(n)],
        "b": ["vwxyz"[i % 5] for i in range(n)],
        "x": [i * 7919 % n / 8 for i in range(n)],
    }
    found = found_in(tmp_path, columns | {"answer": [i * 31 % 101 % 2 for i in range(n)]})
    assert found["equal columns"].sentence == "a says in other words the same as b"
    assert "duplicate rows" not in found


def test_split_without_test_rows(tmp_path: Path) -> None:
    """Where no test was asked for, too few rows for it are no news."""
    with table_of(tmp_path, SENTENCES["few rows"][0]) as table:
        recipe = replace(suggest_recipe(table), split=Split(train=0.8, validation=0.2, test=0.0))
        assert "few rows" not in {finding.kind for finding in find(table, recipe)}


def test_a_recipe_of_nothing_but_the_target(tmp_path: Path) -> None:
    """A recipe without inputs is looked at like any other."""
    with table_of(tmp_path, {"x": X, "answer": YES}) as table:
        assert isinstance(find(table, Recipe(target="answer", task="binary", inputs=())), tuple)
