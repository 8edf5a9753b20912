"""A project is held by one window at a time, by whatever name; without a folder of the program nobody knows."""

from __future__ import annotations

from pathlib import Path

from ann_viz.session.open_projects import OpenProject


def test_one_at_a_time_holds_a_project(tmp_path: Path) -> None:
    path, link = tmp_path / "work.annviz", tmp_path / "link.annviz"
    path.touch()
    link.symlink_to(path)
    first, second = OpenProject(tmp_path / "own"), OpenProject(tmp_path / "own")
    assert first.take(path) and first.take(path) and not second.take(link)
    assert first.take(tmp_path / "other.annviz") and second.take(link), "only the last one is held"
    second.let_go()
    second.let_go()
    assert first.take(path)
    first.let_go()


def test_where_nothing_can_be_kept_every_window_has_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (None, tmp_path / "file"):
        first, second = OpenProject(folder), OpenProject(folder)
        assert first.take(tmp_path / "work.annviz") and second.take(tmp_path / "work.annviz")
