"""What a column is, and what else it can be taken for."""

from __future__ import annotations

from pathlib import Path

from ann_viz.data import open_table
from ann_viz.data.columns.kinds import treatments


def test_what_a_column_can_be_taken_for(tmp_path: Path) -> None:
    """Only what its values allow is offered, what was found first."""
    rows = (f"{20 + i % 9},{('red', 'green', 'blue')[i % 3]},2024-03-{1 + i % 28:02d},{i % 2},same" for i in range(60))
    path = tmp_path / "table.csv"
    path.write_text("\n".join(("age,colour,day,y,constant", *rows)), encoding="utf-8")
    with open_table(path) as table:
        offered = {column.name: treatments(column) for column in table.columns}
    assert offered["age"] == ("number", "category", "text")
    assert offered["colour"] == ("category", "text")
    assert offered["day"] == ("date", "category", "text")
    assert offered["y"] == ("yes_no", "category", "number")
    assert offered["constant"] == ()
