"""How a column is treated can be said column by column, is kept as JSON, and older recipes are still read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.data import Column, Recipe, Split
from ann_viz.data.encoding.features import OTHER, input_labels, kept_categories, ordered
from ann_viz.data.encoding.recipe import DATE_PARTS, Plan
from ann_viz.errors import DataError

RECIPE = Recipe(target="t", task="binary", inputs=("a", "b"))
PLANS = st.builds(
    Plan,
    treat=st.sampled_from([None, "number", "category", "yes_no", "date", "text"]),
    scaling=st.sampled_from(["standard", "minmax", "robust", "log"]),
    fill=st.sampled_from([None, "median", "mean", "most frequent", "none of them", "zero"])
    | st.text().map("={}".format),
    flag_missing=st.booleans(),
    date_parts=st.none() | st.lists(st.sampled_from(DATE_PARTS), min_size=1, unique=True).map(tuple),
    text_as=st.sampled_from(["ignore", "length", "words"]),
)


@given(
    plans=st.dictionaries(st.text(), PLANS),
    sample_rows=st.none() | st.integers(4, 2**62),
    by_time=st.none() | st.text(),
)
def test_recipes_with_plans_survive_json(plans: dict[str, Plan], sample_rows: int | None, by_time: str | None) -> None:
    """A recipe read back is equal, whatever the plans."""
    split = Split(by_time=by_time)
    recipe = Recipe(
        target="t", task="binary", inputs=("a",), plans=tuple(plans.items()), sample_rows=sample_rows, split=split
    )
    assert Recipe.from_json(recipe.to_json()) == recipe


def test_recipes_of_older_versions_are_read() -> None:
    """A recipe written before there were plans means what it meant."""
    old = (
        '{"target": "t", "task": "binary", "inputs": ["a", "b"], "split": {"train": 0.7, "validation": 0.15, '
        '"test": 0.15, "seed": 3, "stratify": true, "shuffle": true}, "phrase": "", "number_fill": "median", '
        '"category_fill": "most frequent"}'
    )
    assert Recipe.from_json(old) == RECIPE


def test_plans_are_set_and_taken_back() -> None:
    """A plan is found by its column; the usual one leaves no trace."""
    log = Plan(scaling="log")
    changed = RECIPE.with_plan("a", log).with_plan("b", Plan(flag_missing=True)).with_plan("b", Plan())
    assert changed.plans == (("a", log),)
    assert changed.plan("a") == log
    assert changed.plan("b") == Plan()
    assert changed.with_plan("a", Plan()) == RECIPE


@pytest.mark.parametrize(
    "fields",
    [
        {"treat": "colour"},
        {"scaling": "big"},
        {"text_as": "poem"},
        {"fill": "5"},
        {"date_parts": ()},
        {"date_parts": ("year", "year")},
        {"date_parts": ("century",)},
    ],
)
def test_plans_that_make_no_sense(fields: dict[str, Any]) -> None:
    """A plan that says nothing known is refused, also when it comes as JSON."""
    with pytest.raises(DataError):
        Plan(**fields)
    text = json.dumps(json.loads(RECIPE.to_json()) | {"plans": [["a", fields]]})
    with pytest.raises(DataError):
        Recipe.from_json(text)


@pytest.mark.parametrize("plans", [3, [3], [["a", 3]], [["a", {}, 1]], [["a", {"treat": 1}]]])
def test_json_that_is_no_plan(plans: object) -> None:
    """Anything else in the place of the plans is refused in a sentence."""
    with pytest.raises(DataError, match="can't be read"):
        Recipe.from_json(json.dumps(json.loads(RECIPE.to_json()) | {"plans": plans}))


def test_a_field_of_a_later_version_is_left_aside() -> None:
    """What a newer program adds does not keep an older one from reading the rest."""
    text = json.dumps(
        json.loads(RECIPE.to_json()) | {"plans": [["a", {"scaling": "log", "colour": 1}]], "mood": "good"}
    )
    assert Recipe.from_json(text) == RECIPE.with_plan("a", Plan(scaling="log"))


def test_too_small_a_sample_is_refused() -> None:
    """So few rows can't be divided into parts."""
    with pytest.raises(DataError, match="At least 4 rows"):
        Recipe(target="t", task="binary", inputs=("a",), sample_rows=3)


def column(kind: str, **fields: Any) -> Column:
    return Column(**({"index": 0, "name": "c", "kind": kind, "n_missing": 0, "n_distinct": 3} | fields))


COLOURS = (("red", 5), ("blue", 3), ("green", 2))


@pytest.mark.parametrize(
    ("of", "plan", "labels"),
    [
        (column("number"), Plan(), ("c",)),
        (column("number"), Plan(flag_missing=True), ("c", "c missing")),
        (column("number", categories=(("10", 4), ("9", 3), ("-1", 3))), Plan(treat="category"), ("-1", "9", "10")),
        (column("category", categories=COLOURS), Plan(), ("blue", "green", "red")),
        (column("category", categories=COLOURS, n_missing=1), Plan(fill="=none"), ("blue", "green", "none", "red")),
        (column("category", categories=COLOURS), Plan(fill="=none"), ("blue", "green", "red")),
        (column("category", categories=COLOURS[:2], n_distinct=2), Plan(), ("c",)),
        (column("category", categories=COLOURS[:2], n_distinct=2), Plan(treat="category"), ("blue", "red")),
        (column("yes_no", n_distinct=2), Plan(flag_missing=True), ("c", "c missing")),
        (column("identifier", minimum=1.0, maximum=9.0), Plan(), ("c",)),
        (column("date", form="%Y-%m-%d"), Plan(), ("year", "month sin", "month cos", "weekday sin", "weekday cos")),
        (column("date", form="%H:%M", has_time=True), Plan(), ("hour sin", "hour cos")),
        (column("date"), Plan(date_parts=("days",)), ("c days",)),
        (column("date"), Plan(date_parts=("year", "days"), flag_missing=True), ("year", "days", "c missing")),
        (column("text"), Plan(flag_missing=True), ()),
        (column("text"), Plan(text_as="length"), ("c length",)),
        (column("text"), Plan(text_as="words", flag_missing=True), ("c words", "c missing")),
        (column("empty"), Plan(), ()),
    ],
)
def test_labels_of_the_inputs_a_column_will_become(of: Column, plan: Plan, labels: tuple[str, ...]) -> None:
    """The dialog can tell the inputs from profile and plan alone."""
    assert input_labels(of, plan) == labels


def test_a_column_with_unlisted_values_has_as_many_inputs_as_allowed() -> None:
    """Of 900 different texts, 50 and 'other' become inputs; a category named like that input keeps its name."""
    assert len(input_labels(column("identifier", n_distinct=900), Plan())) == 51
    many = (("other", 9), *((f"c{n}", 5) for n in range(60)))
    labels = input_labels(column("category", n_distinct=61, categories=many), Plan())
    assert (labels.count("other"), labels[-1], len(labels)) == (1, "rarer ones", 51)
    assert OTHER == "other"


def test_which_categories_are_rare() -> None:
    """Fewer than one in a thousand rows is rare, but a single rare category and a crowd of equals keep their inputs."""
    # 2,000 rows: less than 2 rows is rare.
    assert kept_categories({"a": 1000, "b": 996, "c": 2, "d": 1, "e": 1}, 5) == (("a", "b", "c"), True)
    assert kept_categories({"a": 1000, "b": 999, "c": 1}, 3) == (("a", "b", "c"), False)
    kept, has_other = kept_categories({f"{n}": 1 for n in range(3000)}, 3000)
    assert (len(kept), has_other) == (50, True)
    assert kept_categories({"a": 1000, "b": 998, "d": 1, "e": 1}, 4, own="e") == (("a", "b", "e"), True)


def test_numbers_are_put_in_their_own_order() -> None:
    """Where every category is a number 9 comes before 10, otherwise letters decide."""
    assert ordered(["10", "9", "-1.5"]) == ["-1.5", "9", "10"]
    assert ordered(["10", "9", "x"]) == ["10", "9", "x"]
