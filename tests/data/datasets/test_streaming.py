"""Tables whose rows do not fit in memory: what is read from files is what would have been in the arrays."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Dataset, Recipe, Split, Table, build_dataset, open_table, suggest_recipe
from ann_viz.data.database.scratch import Scratch
from ann_viz.data.datasets import encoded, preparing
from ann_viz.data.datasets.blocks import FileRows
from ann_viz.data.datasets.row_parts import RowParts
from ann_viz.errors import Cancelled, DataError
from ann_viz.temporary import remove_stale_folders

N_ROWS = 700


pytestmark = pytest.mark.usefixtures("temporary")


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    rng = np.random.default_rng(0)
    lines = ["size,colour,when,answer"]
    for i in range(N_ROWS):
        answer = "" if i % 9 == 4 else rng.choice(["yes", "no"], p=(0.2, 0.8))
        lines.append(f"{rng.normal():.3f},{rng.choice(['red', 'green', 'blue'])},{i},{answer}")
    path = tmp_path / "table.csv"
    path.write_text("\n".join(lines) + "\n")
    with open_table(path) as opened:
        yield opened


def recipe_of(table: Table) -> Recipe:
    return replace(suggest_recipe(table, "answer"), inputs=("size", "colour", "when"))


def build(table: Table, recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """Build with limits so small that the rows are streamed, in ranges of 64 rows."""
    with monkeypatch.context() as patch:
        patch.setattr(encoded, "MOST_BYTES_IN_MEMORY", 0)
        patch.setattr(preparing, "ROW_GROUP", 64)
        return build_dataset(table, recipe)


def folders(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_rows_in_files_are_those_of_the_arrays(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row, slice, list and part reads the same numbers from the files as from memory."""
    held, streamed = build_dataset(table, recipe_of(table)), build(table, recipe_of(table), monkeypatch)
    assert (held.is_streamed, streamed.is_streamed) == (False, True)
    assert streamed.encoder == held.encoder
    assert streamed.n_left_out == held.n_left_out == 78
    for ours, theirs in ((streamed.X, held.X), (streamed.Y, held.Y)):
        assert ours.shape == theirs.shape
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(ours[:], theirs)
        np.testing.assert_array_equal(ours[10:200:7], theirs[10:200:7])
        np.testing.assert_array_equal(ours[np.array([5, 600, -1])], theirs[np.array([5, 600, -1])])
        np.testing.assert_array_equal(ours[17], theirs[17])
        np.testing.assert_array_equal(ours[17, 0:1], theirs[17, 0:1])
        with pytest.raises(IndexError):
            ours[len(ours)]
    np.testing.assert_array_equal(streamed.source_rows[:], held.source_rows)
    for dataset in (streamed, held):
        assert [dataset.place_of(int(held.source_rows[i])) for i in (0, 30, -1)] == [0, 30, len(held.X) - 1]
        assert dataset.place_of(table.n_rows) is None
    assert streamed.raw(30) == held.raw(30) == table.rows(int(held.source_rows[30]), 1)[0]
    for name in ("train", "validation", "test"):
        np.testing.assert_array_equal(streamed.rows(name)[:], held.rows(name))
        for some in (streamed.first(name, 5), held.first(name, 5)):
            np.testing.assert_array_equal(some, held.part(name)[0][:5])
        for ours, theirs in zip(streamed.stream(name), held.part(name), strict=True):
            assert isinstance(ours, FileRows)
            np.testing.assert_array_equal(ours[:], theirs)
            np.testing.assert_array_equal(ours[3:50:4], theirs[3:50:4])
            np.testing.assert_array_equal(ours[np.array([40, 2])], theirs[np.array([40, 2])])
            assert len(ours[5:2]) == 0
            with pytest.raises(IndexError):
                ours[np.array([len(theirs)])]
        for ours, theirs in zip(streamed.part(name), held.part(name), strict=True):
            np.testing.assert_array_equal(ours, theirs)
    streamed.close()


def test_many_rows_are_divided_by_blocks(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the number of rows that are listed, the parts are still a partition, with the same shares of yes."""
    monkeypatch.setattr(preparing, "MOST_LISTED_ROWS", 100)
    dataset = build(table, recipe_of(table), monkeypatch)
    parts = [dataset.rows(name)[:] for name in ("train", "validation", "test")]
    assert sorted(np.concatenate(parts)) == list(range(len(dataset.X)))
    for part in parts:
        assert abs(dataset.Y[part].mean() - dataset.Y[:].mean()) < 0.02
    dataset.close()


def test_encoding_is_learned_from_training_rows_all_over_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many training rows, so many are drawn, from stretches at even distances, and no other rows."""
    parts = np.random.default_rng(0).integers(0, 4, 100_000).astype(np.uint8)
    monkeypatch.setattr(preparing, "ROW_GROUP", 100)
    training = preparing.fit_rows(RowParts(parts), 3)
    np.testing.assert_array_equal(training, np.flatnonzero(parts == 0))
    monkeypatch.setattr(preparing, "MOST_FIT_ROWS", 1500)
    drawn = preparing.fit_rows(RowParts(parts), 3)
    assert len(drawn) == 1500
    assert (parts[drawn] == 0).all()
    assert len(np.unique(drawn // 100)) == 100
    assert drawn[0] < 1000 < 98_000 < drawn[-1]


@pytest.mark.parametrize("most_listed", [100, 10_000])
@pytest.mark.parametrize("column", ["when", "colour"])
def test_split_by_time(table: Table, monkeypatch: pytest.MonkeyPatch, column: str, most_listed: int) -> None:
    """Few rows or many: no training row is later than a validation row, and none of those later than a test row."""
    monkeypatch.setattr(preparing, "MOST_LISTED_ROWS", most_listed)
    dataset = build_dataset(table, replace(recipe_of(table), split=Split(by_time=column)))
    index = table.column(column).index
    whens = table.numbers(index) if column == "when" else table.texts(index)
    times = [whens[dataset.source_rows[rows]] for rows in (dataset.train, dataset.validation, dataset.test)]
    assert max(times[0]) <= min(times[1])
    assert max(times[1]) <= min(times[2])
    assert [len(part) for part in times] == pytest.approx([0.7 * 622, 0.15 * 622, 0.15 * 622], abs=1)


def test_files_go_with_the_dataset(table: Table, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed, released or forgotten, a dataset leaves no file; its table stays open until it is closed."""
    before = folders(temporary)
    dataset = build(table, recipe_of(table), monkeypatch)
    assert len(folders(temporary) - before) == 1
    inputs = dataset.stream("train")[0]
    del dataset
    gc.collect()
    assert len(inputs[:5]) == 5  # still in use
    del inputs
    gc.collect()
    assert folders(temporary) == before
    dataset = build(table, recipe_of(table), monkeypatch)
    dataset.release()
    assert folders(temporary) == before
    assert table.rows(0, 1)
    with pytest.raises(DataError, match="Open the file again"):
        dataset.X[0:3]
    dataset.close()
    dataset.close()
    assert folders(temporary) == set()


def test_shortened_file_is_noticed(table: Table, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that are no longer there are an error, never other rows."""
    dataset = build(table, recipe_of(table), monkeypatch)
    (path,) = temporary.rglob("train.inputs")
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(DataError, match="can't be read any more"):
        dataset.stream("train")[0][0:50]
    dataset.close()


def test_folder_of_a_crashed_process_is_removed(temporary: Path) -> None:
    """What a crash leaves behind looks like a stale folder to the next start."""
    crash = "import os; from ann_viz.data.database.scratch import Scratch; kept = Scratch(1000); os._exit(0)"
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", crash], cwd=root, env=os.environ | {"TMPDIR": str(temporary)}, check=True)
    assert len(folders(temporary)) == 1
    assert remove_stale_folders() == 1
    assert folders(temporary) == set()


@pytest.mark.parametrize("limit", [0, 1 << 27])
def test_cancelling_leaves_nothing(table: Table, temporary: Path, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    """Wherever the work is cancelled, it stops with Cancelled and leaves no file; done, it has told 100 %."""
    monkeypatch.setattr(encoded, "MOST_BYTES_IN_MEMORY", limit)
    monkeypatch.setattr(preparing, "ROW_GROUP", 64)
    before = folders(temporary)
    shares: list[float] = []
    build_dataset(table, recipe_of(table), shares.append, lambda: False).release()
    gc.collect()
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    for share in sorted(set(shares) - {1.0}):
        reached = [-1.0]
        with pytest.raises(Cancelled):
            build_dataset(
                table,
                recipe_of(table),
                lambda now, reached=reached: reached.append(now),
                lambda reached=reached, share=share: reached[-1] >= share,
            )
        assert folders(temporary) == before


class Vanishing(Scratch):
    """A folder that somebody removes at once."""

    def __init__(self, needed_bytes: int) -> None:
        super().__init__(needed_bytes)
        self.path.rmdir()


def test_failing_to_write_is_told(table: Table, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the files can't be written, the error says so and what needs less room, and nothing is left."""
    before = folders(temporary)
    monkeypatch.setattr(encoded, "Scratch", Vanishing)
    with pytest.raises(DataError, match=r"can't be written.*a part of the rows"):
        build(table, recipe_of(table), monkeypatch)
    assert folders(temporary) == before


def test_full_disk_is_told_before_writing(table: Table, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little room is one sentence with the figures and a way out, and nothing is left."""
    before = folders(temporary)
    monkeypatch.setattr("ann_viz.data.database.scratch._SPARE_BYTES", 10**18)
    with pytest.raises(DataError, match=r"GB left.*a part of the rows"):
        build(table, recipe_of(table), monkeypatch)
    assert folders(temporary) == before


def test_learning_from_a_sample(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample has its size, keeps the order of the file, follows the seed, and is everything of fewer rows."""
    recipe = replace(recipe_of(table), sample_rows=100)
    first, again = (build_dataset(table, recipe) for _ in range(2))
    assert (len(first.X), first.n_left_out) == (100, 78)
    assert (np.diff(first.source_rows) > 0).all()
    np.testing.assert_array_equal(first.source_rows, again.source_rows)
    np.testing.assert_array_equal(first.X, first.encoder.encode(table, np.asarray(first.source_rows)))
    other = build_dataset(table, replace(recipe, split=Split(seed=99)))
    assert not np.array_equal(first.source_rows, other.source_rows)
    everything = build_dataset(table, replace(recipe, sample_rows=5000))
    assert len(everything.X) == N_ROWS - 78
    streamed = build(table, recipe, monkeypatch)
    np.testing.assert_array_equal(streamed.source_rows[:], first.source_rows)
    streamed.close()
