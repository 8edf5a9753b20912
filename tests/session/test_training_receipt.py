"""What training left out of a file and filled in, told on the command line."""

from __future__ import annotations

from pathlib import Path

from ann_viz.session.headless import open_dataset
from ann_viz.session.training_receipt import training_json, training_receipt, training_sentences


def rows_of(n: int) -> list[str]:
    return [f"{i},{20 + 7919 * i % 60},{'red' if i % 3 else 'blue'},{i % 7}.5,same" for i in range(n)]


def test_everything_that_is_not_learned_from_is_told(tmp_path: Path) -> None:
    """Rows, cells and columns, with lines, counts and what stands in."""
    rows = rows_of(100)
    rows[3] = "3,unclear,red,1.5,same"
    rows[4] = "4,,red,1.5,same"
    rows[5] = "5,30,,1.5,same"
    rows[6] = "6,30,red,,same"
    rows[7] = "7,30,red"
    path = tmp_path / "t.csv"
    path.write_text("\n".join(["id,age,colour,answer,place", *rows]) + "\n")
    dataset = open_dataset(path, target="answer")
    receipt = training_receipt(dataset)
    dataset.table.close()
    age = f"{dataset.encoder.features[0].fill:g}"
    assert training_sentences(receipt) == [
        "1 row that does not fit the table left out: line 9 (expected 5 columns, found 3)",
        "1 row left out, having no answer",
        f"age: 1 cell can't be read as a number, so {age} stands in: 'unclear' (line 5)",
        f"age: 1 cell without a value, so {age} stands in",
        "colour: 1 cell without a value, so 'red' stands in",
        f"id is ignored: {dataset.table.column('id').reason}",
        f"place is ignored: {dataset.table.column('place').reason}",
    ]
    known = training_json(receipt)
    assert (known["rows"], known["rows_left_out"], known["rows_without_target"]) == (98, 1, 1)
    assert known["left_out"] == [{"line": 9, "problem": "expected 5 columns, found 3"}]
    assert [column["column"] for column in known["ignored_columns"]] == ["id", "place"]
    assert known["unreadable"][0]["examples"] == [{"text": "unclear", "line": 5}]
    assert [(cells["column"], cells["count"]) for cells in known["filled"]] == [("age", 1), ("colour", 1)]


def test_a_sound_file_has_nothing_to_tell(tmp_path: Path) -> None:
    """No sentence without a reason."""
    path = tmp_path / "t.csv"
    path.write_text("\n".join(["age,colour,answer", *(",".join(row.split(",")[1:4]) for row in rows_of(100))]) + "\n")
    dataset = open_dataset(path, target="answer")
    assert training_sentences(training_receipt(dataset)) == []
    dataset.table.close()


def test_many_columns_are_told_in_one_sentence(tmp_path: Path) -> None:
    """The first by name, the others by number."""
    header = ["x", *(f"same{n}" for n in range(12)), "y"]
    rows = [[str(i % 13), *["1"] * 12, f"{i % 7}.5"] for i in range(60)]
    path = tmp_path / "t.csv"
    path.write_text("\n".join(",".join(row) for row in [header, *rows]) + "\n")
    dataset = open_dataset(path, target="y")
    said = training_sentences(training_receipt(dataset))
    assert len(said) == 6
    assert said[-1] == "7 more columns are ignored"
    dataset.table.close()
