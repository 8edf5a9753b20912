"""What is kept by itself: two generations, found again only when nobody holds them, the older one where need be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ann_viz.data import Dataset
from ann_viz.session import Session, autosave
from ann_viz.session.autosave import Autosave, find_rescues
from ann_viz.session.projectfile import load_project


@pytest.fixture
def session(circles: Dataset) -> Iterator[Session]:
    session = Session()
    session.open(circles)
    session.step("batch")
    yield session
    session.close()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Autosave]:
    made = Autosave(tmp_path)
    yield made
    made.leave()


def steps(path: Path) -> int:
    return load_project(path).runs[0].checkpoint.step


def write(kept: Autosave, session: Session, times: int) -> None:
    for _ in range(times):
        session.step("batch")
        assert kept.write(session.project())


def test_two_generations_are_left_to_the_next_start(kept: Autosave, session: Session, tmp_path: Path) -> None:
    """As long as the program lives, nobody is offered what it holds."""
    write(kept, session, 4)
    assert find_rescues(tmp_path) == []
    kept.leave()
    (rescue,) = find_rescues(tmp_path)
    assert (steps(rescue.path), rescue.n_runs, rescue.epoch) == (5, 1, 1)
    assert rescue.name == session.dataset.name
    assert len(list(rescue.path.parent.glob("*.annviz"))) == 2
    assert not kept.write(session.project()), "nothing is written behind the end"
    rescue.discard()
    assert find_rescues(tmp_path) == []
    assert list((tmp_path / "autosave").iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"\0" * 5000])
def test_where_the_newest_is_broken_the_one_before_is_offered(
    kept: Autosave, session: Session, tmp_path: Path, damage: bytes
) -> None:
    """Empty after a loss of power, or overwritten."""
    write(kept, session, 3)
    kept.leave()
    newest = find_rescues(tmp_path)[0].path
    newest.write_bytes(damage)
    (rescue,) = find_rescues(tmp_path)
    assert steps(rescue.path) == 3
    rescue.path.write_bytes(damage)
    assert find_rescues(tmp_path) == []


def test_a_document_can_be_had_as_it_was_minutes_ago(
    kept: Autosave, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every half minute for ten: the two newest, then the last of each two minutes; none of them is too much to hold.

    Of several that are large only the two newest stay.
    """
    project, times, plain_write = session.project(), iter(range(100, 731, 30)), autosave.write_file

    def write_at(path: Path, content: bytes) -> None:
        plain_write(path, content)
        os.utime(path, (when := next(times), when))

    monkeypatch.setattr(autosave, "write_file", write_at)
    for _ in range(21):
        assert kept.write(project)
    ages = [700 - copy.saved_at for copy in kept.copies()]
    assert ages == [0, 30, 150, 270, 390, 510]
    monkeypatch.setattr(autosave, "COPIES_BYTES", 1)
    assert kept.write(project)
    assert len(kept.copies()) == 2


def test_the_newest_document_comes_first(session: Session, tmp_path: Path) -> None:
    """Of several."""
    for when in (200, 300, 100):
        one = Autosave(tmp_path)
        write(one, session, 1)
        one.leave()
        for path in tmp_path.rglob("*.annviz"):
            if path.stat().st_mtime > 1000:
                os.utime(path, (when, when))
    assert [rescue.saved_at for rescue in find_rescues(tmp_path)] == [300, 200, 100]


def test_what_was_saved_is_not_kept(kept: Autosave, session: Session, tmp_path: Path) -> None:
    """Removed with its folder, also by who never wrote."""
    write(kept, session, 1)
    kept.remove()
    assert list((tmp_path / "autosave").iterdir()) == []
    Autosave(tmp_path).remove()
    assert not Autosave(None).write(session.project())
    assert find_rescues(None) == []


def test_a_file_of_the_system_among_the_folders_is_left_alone(kept: Autosave, session: Session, tmp_path: Path) -> None:
    """Such as a file manager leaves wherever it looks: work is kept and found as without it."""
    (tmp_path / "autosave").mkdir()
    stray = tmp_path / "autosave" / ".DS_Store"
    stray.write_bytes(b"view")
    write(kept, session, 2)
    kept.leave()
    assert len(find_rescues(tmp_path)) == 1 and stray.exists()


def test_the_oldest_leftovers_make_room(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another program holds stays."""
    left, held, new = Autosave(tmp_path), Autosave(tmp_path), Autosave(tmp_path)
    for one in (left, held):
        write(one, session, 1)
    left.leave()
    monkeypatch.setattr(autosave, "BUDGET_BYTES", 1)
    write(new, session, 1)
    assert find_rescues(tmp_path) == []
    for one in (held, new):
        one.leave()
    assert len(find_rescues(tmp_path)) == 2


def test_a_place_that_cant_be_written_keeps_nothing(session: Session, tmp_path: Path) -> None:
    """Without an error: keeping is a service."""
    (tmp_path / "autosave").write_text("a file in the way")
    assert not Autosave(tmp_path).write(session.project())
