"""Rows inside a project: when asked for, the same bytes, nothing larger or other than it says; and corrected rows."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from project_sessions import reopened

from ann_viz.data import Dataset, build_dataset, open_table, suggest_recipe
from ann_viz.errors import OutputError, ProjectFileError
from ann_viz.session import Session, stored_rows
from ann_viz.session.autosave import Autosave, find_rescues
from ann_viz.session.project import open_data
from ann_viz.session.project_info import file_info, info_lines
from ann_viz.session.projectfile import load_project, save_project
from ann_viz.session.stored_rows import pack_file, unpack_file
from ann_viz.temporary import TemporaryFolder
from tests.session.conftest import write_circles


@pytest.fixture
def trained(circles: Dataset) -> Iterator[Session]:
    session = Session()
    session.open(circles)
    session.step("epoch")
    assert session.wait(60)
    yield session
    session.close()


def test_rows_are_inside_only_when_asked_for(trained: Session, tmp_path: Path) -> None:
    """And that is unsaved work, said by the summary, and goes again when it is taken back."""
    path, source = tmp_path / "work.annviz", tmp_path / "circles.csv"
    cell = source.read_text().splitlines()[40].split(",")[0]
    mark = trained.work_mark()
    save_project(path, trained.project())
    assert load_project(path).rows is None and cell.encode() not in path.read_bytes()
    assert not file_info(path)["rows_inside"] and "no rows are inside" in "".join(info_lines("w", file_info(path)))
    trained.keep_rows_inside(True)
    assert trained.work_mark() != mark and trained.rows_inside
    save_project(path, trained.project())
    assert file_info(path)["rows_inside"] and "they are inside" in "".join(info_lines("w", file_info(path)))
    trained.keep_rows_inside(False)
    save_project(path, trained.project())
    assert load_project(path).rows is None


def test_without_its_file_a_project_opens_with_the_rows_inside(trained: Session, tmp_path: Path) -> None:
    """Goes on to the same bits; its rows go from the disk when it is closed, and are inside when it is saved again."""
    path, source = tmp_path / "work.annviz", tmp_path / "circles.csv"
    trained.keep_rows_inside(True)
    save_project(path, trained.project())
    source.rename(tmp_path / "elsewhere.csv")
    other = reopened(path)
    assert other.rows_inside and other.dataset is not None
    where = other.dataset.table.path
    assert where.name == "circles.csv" and where.is_file() and where.parent != tmp_path
    for session in (trained, other):
        session.step("epoch")
        assert session.wait(60)
    assert trained.newest is not None and other.newest is not None
    assert trained.newest.params.tobytes() == other.newest.params.tobytes()
    save_project(path, other.project())
    other.close()
    assert not where.exists() and load_project(path).rows is not None


def test_a_file_that_has_changed_is_not_taken_for_the_rows_inside(trained: Session, tmp_path: Path) -> None:
    path, source = tmp_path / "work.annviz", tmp_path / "circles.csv"
    trained.keep_rows_inside(True)
    save_project(path, trained.project())
    before = source.read_bytes()
    source.write_text("x,y\n1,2\n")
    other = reopened(path)
    assert other.dataset is not None and other.dataset.table.path.read_bytes() == before
    other.close()


def test_what_is_kept_by_itself_has_rows_only_when_asked_for(trained: Session, tmp_path: Path) -> None:
    for inside in (False, True):
        keeper = Autosave(tmp_path / "app")
        trained.keep_rows_inside(inside)
        assert keeper.write(trained.project())
        keeper.leave()
        rescue = find_rescues(tmp_path / "app")[0]
        assert (load_project(rescue.path).rows is not None) == inside
        rescue.discard()


def test_corrected_rows_come_back(tmp_path: Path) -> None:
    """A row that did not fit was corrected by hand; without it the data would be others."""
    source = write_circles(tmp_path / "broken.csv")
    lines = source.read_text().splitlines()
    lines[7] = "0.5,0.25"
    source.write_text("\n".join(lines) + "\n")
    table = open_table(source, edits={8: "0.5,0.25,red,yes"})
    session = Session()
    session.open(build_dataset(table, suggest_recipe(table, "inside")))
    session.step("batch")
    save_project(tmp_path / "work.annviz", session.project())
    other = reopened(tmp_path / "work.annviz")
    assert other.dataset is not None and other.dataset.table.n_edited == 1 == table.n_edited
    assert other.dataset.table.rows(6, 1) == [("0.5", "0.25", "red", "yes")]
    for each in (session, other):
        each.close()


def test_a_file_that_is_too_large_stays_outside(
    trained: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_rows, "MOST_BYTES", 100)
    trained.keep_rows_inside(True)
    with pytest.raises(OutputError, match="too large"):
        save_project(tmp_path / "work.annviz", trained.project())


def test_a_packed_file_that_lies_is_refused(trained: Session, tmp_path: Path) -> None:
    """One that unpacks to more than it says, to other bytes, or not at all: nothing stays on the disk."""
    trained.keep_rows_inside(True)
    good = trained.project()
    (tmp_path / "circles.csv").unlink()
    bomb = np.frombuffer(zlib.compress(bytes(50_000_000)), np.uint8)
    noise = np.arange(100, dtype=np.uint8)
    source = good.source
    lies = (
        replace(good, rows=bomb),
        replace(good, rows=noise),
        replace(good, rows=np.empty(0, np.uint8)),
        replace(good, source=replace(source, sha256="0" * 64)),
        replace(good, source=replace(source, n_bytes=source.n_bytes - 1)),
        replace(good, source=replace(source, n_bytes=1 << 60)),
    )
    for place, project in enumerate(lies):
        path = tmp_path / f"{place}.annviz"
        save_project(path, project)
        with pytest.raises(ProjectFileError, match="rows inside"):
            open_data(load_project(path), tmp_path)


@pytest.mark.parametrize("name", ["../evil.csv", "a/b.csv", ".hidden", "", "x" * 400, "a\x00b", "con:aux"])
def test_a_name_from_a_stranger_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x\n1\n")
    folder = TemporaryFolder()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    found = unpack_file(pack_file(path), folder, name, path.stat().st_size, digest)
    assert found.parent == folder.path and found.read_text() == "x\n1\n"
    folder.remove()
