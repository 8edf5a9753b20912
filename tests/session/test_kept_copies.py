"""What a project was like stays for a while: ten copies, the newest of each day before others, for 30 days."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.data import Dataset
from ann_viz.session import Session, autosave
from ann_viz.session.autosave import Autosave
from ann_viz.session.kept_copies import DAYS, MOST, KeptCopies, kept_of

HOUR, DAY = 3_600, 86_400


@pytest.fixture
def content(circles: Dataset, tmp_path: Path) -> bytes:
    """Return a project as it is kept."""
    session, kept = Session(), Autosave(tmp_path / "other")
    session.open(circles)
    assert kept.write(session.project())
    found = kept.copies()[0].path.read_bytes()
    kept.remove()
    session.close()
    return found


def left(folder: Path, content: bytes, *ages: float) -> Path:
    """Write generations of these ages into a folder; returns that."""
    folder.mkdir()
    for number, age in enumerate(sorted(ages, reverse=True)):
        path = folder / f"{number:06}.annviz"
        path.write_bytes(content)
        os.utime(path, (time.time() - age,) * 2)
    return folder


def files(own: Path) -> list[Path]:
    return sorted((own / "copies").rglob("*.annviz"))


def test_copies_are_of_one_project_and_the_newest_comes_first(tmp_path: Path, content: bytes) -> None:
    """Whatever path leads to its file; those of another project are not mixed in."""
    kept, project = KeptCopies(tmp_path), tmp_path / "work.annviz"
    kept.take(project, left(tmp_path / "a", content, 3 * DAY, HOUR))
    kept.take(tmp_path / "other.annviz", left(tmp_path / "b", content, 2 * HOUR))
    found = kept.copies_of(tmp_path / "x" / ".." / "work.annviz")
    assert [round((time.time() - copy.saved_at) / HOUR) for copy in found] == [1, 72]
    assert found[0].name == "circles.csv"
    assert found[0].load().runs
    assert list((tmp_path / "a").iterdir()) == []


def test_what_is_too_old_goes_with_its_folder(tmp_path: Path, content: bytes) -> None:
    kept, project = KeptCopies(tmp_path), tmp_path / "work.annviz"
    kept.take(project, left(tmp_path / "a", content, (DAYS + 1) * DAY, HOUR))
    (copy,) = kept.copies_of(project)
    os.utime(copy.path, (0, 0))
    kept.remove_old()
    assert list((tmp_path / "copies").iterdir()) == []


@given(st.lists(st.floats(0, 60 * DAY), max_size=40, unique=True))
def test_which_copies_are_kept(ages: list[float]) -> None:
    """None that is older, ten at most, no day goes before another copy of a newer one does; the newest always stays."""
    now = 1_800_000_000.0
    times = sorted((now - age for age in ages), reverse=True)
    kept = kept_of(times, now)
    young = [index for index, when in enumerate(times) if now - when <= DAYS * DAY]
    assert kept <= set(young) and len(kept) == min(MOST, len(young))
    assert not young or 0 in kept
    days = {time.localtime(times[index])[:3] for index in young}
    assert len({time.localtime(times[index])[:3] for index in kept}) == min(MOST, len(days))


def test_copies_go_first_where_there_is_no_room(
    tmp_path: Path, content: bytes, circles: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest of them; what crashes have left stays as long as that is enough."""
    session, crashed, new = Session(), Autosave(tmp_path), Autosave(tmp_path)
    session.open(circles)
    assert crashed.write(session.project())
    crashed.leave()
    kept, project = KeptCopies(tmp_path), tmp_path / "work.annviz"
    kept.take(project, left(tmp_path / "a", content, 2 * DAY, HOUR))
    monkeypatch.setattr(autosave, "BUDGET_BYTES", round(4.9 * len(content)))
    assert new.write(session.project())
    assert [round((time.time() - copy.saved_at) / HOUR) for copy in kept.copies_of(project)] == [1]
    assert len(autosave.find_rescues(tmp_path)) == 1
    new.remove()
    session.close()


def test_without_a_place_nothing_is_kept(tmp_path: Path, content: bytes) -> None:
    """Nor where a file is in the way: no error, keeping is a service."""
    folder = left(tmp_path / "a", content, HOUR)
    for kept in (KeptCopies(None), KeptCopies(tmp_path / "a" / "000000.annviz")):
        kept.take(tmp_path / "work.annviz", folder)
        kept.remove_old()
        assert kept.copies_of(tmp_path / "work.annviz") == []
    assert len(list(folder.iterdir())) == 1
