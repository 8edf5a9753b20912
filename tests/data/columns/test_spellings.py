"""One value written in several ways is one value; nothing is said to be the same that may not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from ann_viz.data import build_dataset, find, open_table, suggest_recipe
from ann_viz.data.columns.spellings import fold, spellings_of
from ann_viz.data.encoding.inputs import code_of


@pytest.mark.parametrize(
    ("texts", "spelled"),
    [
        (["yes", "no", "Yes", "YES"], {"Yes": "yes", "YES": "yes"}),
        (["red", "green", "Red", "red\u200b"], {"Red": "red", "red\u200b": "red"}),
        (["cafe\u0301", "tea", "caf\u00e9"], {"caf\u00e9": "cafe\u0301"}),
        (["yes", "1", "no", "0"], {"1": "yes", "0": "no"}),
        (["dark  red", "blue", "dark red"], {"dark red": "dark  red"}),
        (["m", "f", "M"], {}),
        (["AA", "Aa", "aa"], {}),
        (["red", "green"], {}),
        (["1", "0", "2", "yes"], {}),
    ],
)
def test_which_texts_are_one(texts: list[str], spelled: dict[str, str]) -> None:
    """Case, unseen marks, accents in one or two characters, blanks and words for yes; single letters stay apart."""
    assert spellings_of([(text, len(texts) - i) for i, text in enumerate(texts)]) == spelled


def test_fold() -> None:
    """What is left is what a reader sees, without case."""
    assert fold(" Caf\u0065\u0301\u200b  Noir ") == "caf\u00e9 noir"


def written(folder: Path, values: list[str]) -> Path:
    path = folder / "file.csv"
    lines = [f"{i * 7919 % 997},{value}" for i, value in enumerate(values)]
    path.write_text("\n".join(["x,answer", *lines]), encoding="utf-8")
    return path


def test_classes_are_neither_doubled_nor_lost(tmp_path: Path) -> None:
    """Every row has one of two answers, the finding says what was joined, and one click keeps it apart."""
    path = written(tmp_path, ["yes", "no", "Yes", "no", "YES", "No"] * 10)
    with open_table(path) as table:
        recipe = suggest_recipe(table, "answer")
        assert recipe.task == "binary"
        dataset = build_dataset(table, recipe)
        assert len(dataset.X) == 60
        assert set(dataset.encoder.class_names) == {"no", "YES"} or set(dataset.encoder.class_names) == {"no", "yes"}
        assert table.column("answer").categories[0][1] == 30
        finding = next(f for f in find(table, recipe) if f.kind == "spellings")
        assert "'No' (10×) as 'no'" in finding.sentence
        assert finding.offer is not None
        reading = finding.offer.reading
    with open_table(path, overrides=reading) as table:
        assert table.column("answer").n_distinct == 5


def test_other_files_may_spell_otherwise(tmp_path: Path) -> None:
    """RED in a new file is the red that was learned, in a table and in a single row."""
    with open_table(written(tmp_path, ["red", "green", "blue"] * 20)) as table:
        encoder = build_dataset(table, suggest_recipe(table, "x")).encoder
        learned = encoder.encode(table)
    with open_table(written(tmp_path, ["RED", "Green", "blue"] * 20)) as table:
        assert (encoder.encode(table) == learned).all()
    assert code_of("RED", ("blue", "red")) == 1
    assert code_of("RED", ("Red", "red")) == -2


@pytest.mark.parametrize(("mark", "no"), [("x", "no"), ("1", "0"), ("✓", "no")])
def test_a_mark_or_nothing_is_yes_or_no(tmp_path: Path, mark: str, no: str) -> None:
    """An empty cell of a list with boxes to tick is a no, as an input and as the answer."""
    path = written(tmp_path, [mark if i % 5 < 2 else "" for i in range(60)])
    with open_table(path) as table:
        column = table.column("answer")
        assert (column.kind, column.n_missing, dict(column.categories)) == ("yes_no", 0, {no: 36, mark: 24})
        dataset = build_dataset(table, suggest_recipe(table, "answer"))
        assert dataset.encoder.class_names == (no, mark)
        assert dataset.Y.sum() == 24
        encoder = build_dataset(table, suggest_recipe(table, "x")).encoder
        assert [float(v) for v in encoder.encode(table)[:3, 0]] == [1.0, 1.0, 0.0]
        assert encoder.encode_row({"answer": ""})[0] == 0.0
        severity, reading = {}, {}
        for target in ("x", "answer"):
            found = find(table, suggest_recipe(table, target))
            told = next(finding for finding in found if finding.kind == "checkbox")
            assert told.sentence == f"answer holds '{mark}' or nothing: an empty cell counts as '{no}' (36 rows)"
            assert told.offer is not None
            severity[target], reading = told.severity, told.offer.reading
        assert severity == {"x": "info", "answer": "warning"}
    with open_table(path, overrides=reading) as table:
        column = table.column("answer")
        assert (column.kind, column.n_missing, column.blank) == ("constant", 36, None)


def test_one_value_and_holes_elsewhere_stays_constant(tmp_path: Path) -> None:
    """A word that is no mark, or cells that say NA, leave the question open."""
    for values in (["Berlin", ""] * 30, ["x", "NA"] * 30):
        with open_table(written(tmp_path, values)) as table:
            assert table.column("answer").kind == "constant"
