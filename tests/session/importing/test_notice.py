"""A notice that stands for many findings: its link acts on all columns, and so does the way back."""

from __future__ import annotations

from pathlib import Path

from ann_viz.data.advice.findings import find
from ann_viz.session.importing.advice import suggestion_for
from ann_viz.session.importing.choices import ImportChoices
from ann_viz.session.importing.notice import Notice, notices, take_notice
from tests.data.finding_tables import YES, N, X, table_of


def test_a_link_acts_on_all_columns(tmp_path: Path) -> None:
    """Nine texts that hardly repeat are used, and left out again; nine columns with far values likewise."""
    texts = {f"t{i}": [f"w{i} {k * 7 % N:04}x" for k in range(N)] for i in range(9)}
    far = {f"n{i}": [*(round(value + i / 100, 3) for value in X[:-1]), 1e6] for i in range(9)}
    with table_of(tmp_path, texts | far | {"answer": YES}) as table:
        choices = ImportChoices(table, suggestion_for(table))

        def line(kind: str) -> Notice:
            draft = choices.draft()
            assert draft is not None
            lines = notices(choices, find(table, draft))
            (found,) = (each for each in lines if each.finding is not None and each.finding.kind == kind)
            return found

        assert line("near-unique").is_of_many and line("near-unique").actions == ("Use anyway",)
        take_notice(choices, line("near-unique"))
        assert {choices.roles[name] for name in texts} == {"input"}
        assert line("near-unique").actions == ("Ignore them",)
        take_notice(choices, line("near-unique"))
        assert {choices.roles[name] for name in texts} == {"ignore"}
        before = [choices.plan(name) for name in far]
        take_notice(choices, line("outliers"))
        assert all(choices.plan(name).scaling in ("log", "robust") for name in far)
        choices.undo(choices.applied[-1])
        assert [choices.plan(name) for name in far] == before
