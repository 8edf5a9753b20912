"""The five steps of learning told with the numbers of one row, in plain words and in technical terms; knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ann_viz.late_names import late_names

if TYPE_CHECKING:
    from ann_viz.explain.row import RowPass, follow
    from ann_viz.explain.run_report import DataReport, RunReport
    from ann_viz.explain.situation import BatchSeen, InputFact, Later, Names, RunProgress, Selected, Settings, Situation
    from ann_viz.explain.spans import Line, Span, Tone
    from ann_viz.explain.texts import STEPS, CoachTexts, StepText, Voice, filled, load_coach_texts, load_texts
else:
    __getattr__ = late_names(
        __name__,
        {
            "row": "RowPass follow",
            "run_report": "DataReport RunReport",
            "situation": "BatchSeen InputFact Later Names RunProgress Selected Settings Situation",
            "spans": "Line Span Tone",
            "texts": "STEPS CoachTexts StepText Voice filled load_coach_texts load_texts",
        },
    )

__all__ = [
    "STEPS",
    "BatchSeen",
    "CoachTexts",
    "DataReport",
    "InputFact",
    "Later",
    "Line",
    "Names",
    "RowPass",
    "RunProgress",
    "RunReport",
    "Selected",
    "Settings",
    "Situation",
    "Span",
    "StepText",
    "Tone",
    "Voice",
    "filled",
    "follow",
    "load_coach_texts",
    "load_texts",
]
