"""The table of formats, what may be wished for, and what is taken along from a model or a project."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ann_viz.cli import main
from ann_viz.errors import ConfigError, OutputError, ProjectFileError
from ann_viz.session import Session, load_model
from ann_viz.session.exports import FORMATS, Format, Option, Wish, format_for, subject_in, subject_of, wish_for
from ann_viz.session.exports.about import about
from ann_viz.session.projectfile import save_project


@pytest.fixture
def project(session: Session, tmp_path: Path) -> Path:
    """A trained project, its data beside it."""
    session.train()
    session.wait()
    path = tmp_path / "circles.annviz"
    save_project(path, session.project())
    return path


def made_up(**changes: object) -> Format:
    values = {"name": "x", "label": "X", "about": "", "group": "run", "suffixes": (".a", ".b"), "module": "model_only"}
    return Format(**{"inside": (), **values, **changes})  # type: ignore[arg-type]


def test_every_format_can_write_and_says_what_is_inside() -> None:
    # Intention: the command line and the dialog are made of this table and of nothing else.
    assert len({each.name for each in FORMATS}) == len(FORMATS)
    for each in FORMATS:
        assert each.inside and each.about.endswith(".") and all(suffix.startswith(".") for suffix in each.suffixes)
        assert each.missing or __import__(f"ann_viz.session.exports.{each.module}", fromlist=["write"]).write
        assert bool(each.packages) == bool(each.extra)
        for option in each.options:
            option.check(option.default)


def test_a_wish_has_a_value_for_every_option_and_the_form_of_the_ending() -> None:
    format = made_up(options=(Option(name="n", label="N", default=2, least=1, most=4),))
    assert wish_for(format, "out.B") == Wish(suffix=".b", chosen={"n": 2})
    assert wish_for(format, "-", rows=True, chosen={"n": 3}) == Wish(suffix=".a", rows=True, chosen={"n": 3})
    with pytest.raises(ConfigError, match="1 – 4"):
        wish_for(format, chosen={"n": 5})
    with pytest.raises(ConfigError, match="no option 'm'"):
        wish_for(format, chosen={"m": 5})
    with pytest.raises(ConfigError, match="no format called 'word'"):
        format_for("word")


def test_rows_and_packages_that_are_not_there_are_refused(project: Path) -> None:
    # Intention: no rows in a format that promises none, and one sentence instead of an ImportError.
    with subject_in(project) as subject:
        with pytest.raises(OutputError, match="no place for rows"):
            made_up().write(subject, Wish(suffix=".a", rows=True))
        with pytest.raises(OutputError, match=r"ann-viz\[more\]"):
            made_up(packages=("no_such_package",), extra="more").write(subject, Wish(suffix=".a"))


def test_a_project_brings_its_run_and_if_wanted_its_data(project: Path) -> None:
    with subject_in(project) as subject:
        assert subject.dataset is None and subject.run is not None and subject.title == "circles"
        assert subject.history is not None and len(subject.history) == 9
    with subject_in(project, wants_data=True) as subject:
        assert subject.dataset is not None and len(subject.dataset.X) == 120
    (project.parent / "circles.csv").rename(project.parent / "moved.csv")
    with subject_in(project, wants_data=True) as subject:
        assert subject.dataset is None and "circles.csv" in subject.why_no_data
    with subject_in(project, data=project.parent / "moved.csv") as subject:
        assert subject.dataset is not None
    with pytest.raises(ProjectFileError), subject_in(project, data=project):
        pass


def test_the_window_takes_the_same_along_as_its_project(session: Session, project: Path) -> None:
    # Intention: saved or not, an export is the same.
    work = session.take_work()
    assert work is not None
    with subject_in(project) as saved:
        assert about(subject_of(work)) == about(saved)
        assert subject_of(work).dataset is session.dataset
        assert str(project.parent) not in str(about(saved))


def test_a_model_knows_no_run(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.annviz"
    assert main(["export", str(project), "--to", "model", "-o", str(path)]) == 0
    assert load_model(path).recipe == load_model(project).recipe
    with subject_in(path, wants_data=True) as subject:
        assert subject.run is None and subject.history is None and subject.why_no_data
        assert "run" not in about(subject)
    with pytest.raises(ProjectFileError, match="does not know its data"), subject_in(path, data=tmp_path):
        pass


def test_the_command_lists_formats_and_refuses_what_it_does_not_know(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--list"]) == 0
    told = capsys.readouterr().out
    assert all(f"{each.name}  {each.suffixes[0]}" in told for each in FORMATS)
    out = str(project.parent / "out")
    for wrong in (["--to", "word", "-o", out], ["--to", "model"], ["--to", "model", "-o", str(project)]):
        assert main(["export", str(project), *wrong]) == 2
    for setting in ("depth", "depth=3"):
        assert main(["export", str(project), "--to", "model", "-o", out, "--set", setting]) == 2
    assert capsys.readouterr().err.count("\n") == 5


def test_the_average_of_the_weights_is_the_model(session: Session) -> None:
    # Intention: what is judged in the window is what is taken along, though learning goes on from other weights.
    session.set_training(average_epochs=2.0)
    session.train()
    session.wait()
    session.restore_last()
    work = session.take_work()
    assert work is not None
    subject = subject_of(work)
    assert subject.run is not None and subject.run.checkpoint.average is not None
    np.testing.assert_array_equal(subject.model.network.params, subject.run.checkpoint.average)
    assert (subject.model.network.params != subject.run.checkpoint.params).any()
    assert b"average of the last ones" in format_for("python").write(subject, wish_for(format_for("python")))
