"""The answer in large: how sure it is, where it lies, and whether networks from other seeds say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ann_viz.explain.wording import Answer
from ann_viz.numerals import counted, percent
from ann_viz.session.seeds import N_SEEDS
from ann_viz.session.trying.form import brief
from ann_viz.session.trying.reasons import Reasons
from ann_viz.session.trying.words import agreement, sure_text
from ann_viz.ui.document.rich_text import stressed
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.wheel import ComboBox
from ann_viz.ui.why.gauge import Gauge, Scale

__all__ = ["AnswerCard"]

CHIP: Final = 24


class AnswerCard(QFrame):
    """What is answered.

    Attributes
    ----------
    which : ComboBox
        The class that is asked about; only where there are classes.
    """

    class_chosen = Signal(int)
    committee_asked = Signal()
    """Train networks from other seeds, or stop that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("The answer"))
        self.number = PlainLabel(role="bigNumber")
        self.phrase = PlainLabel(role="answerPhrase")
        self.phrase.setMinimumWidth(1)
        self.answering = PlainLabel(role="muted")
        self.chip = PlainLabel(role="accentChip")
        self.chip.setMinimumHeight(CHIP)  # or it has no room to be round
        self.which = ComboBox()
        self.which.setAccessibleName(self.tr("Class that is asked about"))
        self.which.setProperty("small", "true")
        self.which.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.gauge = Gauge()
        self.gauge.setAccessibleName(self.tr("Where the answer lies"))
        self.sentence = RichLabel(role="label", wrap=True)
        self.more = QPushButton()
        self.more.setProperty("small", "true")
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Training other seeds"))
        self.bar.hide()
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.number)
        top.addWidget(self.answering, 0, Qt.AlignmentFlag.AlignBottom)  # before the name, which may have to be brief
        top.addWidget(self.phrase, 1, Qt.AlignmentFlag.AlignBottom)
        top.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 5, 12, 9)
        column.setSpacing(3)
        column.addLayout(top)
        for widget in (self.which, self.gauge, self.sentence, self.bar):
            column.addWidget(widget)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.which.activated.connect(self.class_chosen)
        self.more.clicked.connect(self.committee_asked)

    def show_answer(self, reasons: Reasons, answer: Answer, ends: tuple[float, float], pinned: Sequence[float]) -> None:
        """Show an answer with its reasons.

        Parameters
        ----------
        reasons : Reasons
        answer : Answer
            In the words of the target.
        ends : tuple of float
            Of the scale for a number.
        pinned : sequence of float
            What is told of the answers for pinned rows.
        """
        told = reasons.question.told
        self.number.setText(told.text(reasons.answer))
        name = answer.names[told.which]
        self.answering.setText(reasons.question.answering[0])
        self.answering.setToolTip(plain_tip(reasons.question.answering[1]))
        self.answering.setVisible(bool(reasons.question.answering[0]))
        self.phrase.setText(name)
        self.phrase.setToolTip(plain_tip(name))
        self._show_classes(answer, told.which)
        self._show_certainty(answer)
        low, high = ends if told.is_number else (0.0, 1.0)
        values = [reasons.answer, *reasons.committee.tolist(), *pinned]
        captions = [(reasons.average, self.tr("average"))]
        threshold = told.threshold if told.task == "binary" else None
        if threshold is not None:
            captions.append((threshold, self.tr("decides at {percent}").format(percent=percent(threshold))))
        if len(reasons.committee) > 1:
            captions.append((float(np.mean(reasons.committee)), self.tr("committee")))
        scale = Scale(
            low=min(low, *values), high=max(high, *values), answer=reasons.answer, average=reasons.average,
            threshold=threshold, committee=reasons.committee.tolist() if len(reasons.committee) > 1 else (),
            pinned=pinned, captions=tuple(captions),
        )  # fmt: skip
        said = self.tr("{answer}; on average {average}")
        self.gauge.show_scale(scale, said.format(answer=told.text(reasons.answer), average=told.text(reasons.average)))
        agree, sentence = agreement(reasons)
        self.sentence.setText(stressed(sentence))
        if agree is False:
            self._show_chip(self.tr("they disagree"), "warningChip")

    def _show_classes(self, answer: Answer, which: int) -> None:
        """List the classes with their chances, where there are any."""
        is_class = answer.kind == "multiclass"
        self.which.setVisible(is_class)
        if is_class:
            names = [f"{brief(name)}  {text}" for name, text in zip(answer.names, answer.texts, strict=True)]
            with QSignalBlocker(self.which):
                self.which.clear()
                self.which.addItems(names)
                self.which.setCurrentIndex(which)

    def _show_certainty(self, answer: Answer) -> None:
        if answer.kind == "regression":
            self.chip.hide()
            return
        name, sure = answer.names[answer.best], sure_text(answer.shares[answer.best])
        is_yes = answer.kind == "multiclass" or answer.best == 0
        self._show_chip(sure if is_yes else self.tr("{name}, {sure}").format(name=brief(name), sure=sure), "accentChip")
        self.chip.setToolTip(plain_tip(self.tr("Below 60 % it is unsure, above 85 % very sure.")))

    def _show_chip(self, text: str, role: str) -> None:
        self.chip.setText(text)
        self.chip.show()
        if self.chip.property("role") != role:
            self.chip.setProperty("role", role)
            self.chip.style().polish(self.chip)

    def show_committee(self, n_there: int, share: float | None, *, can: bool) -> None:
        """Show whether others from other seeds can be trained, or are being trained.

        Parameters
        ----------
        n_there : int
            How many there are.
        share : float or None
            Done of those under way; None where none are.
        can : bool
            Whether there is a finished network to train others of.
        """
        n_missing = N_SEEDS - 1 - n_there
        self.bar.setVisible(share is not None)
        self.bar.setValue(round(100 * (share or 0.0)))
        self.more.setVisible(share is not None or n_missing > 0)
        self.more.setEnabled(can or share is not None)
        text = counted("Train {n} more seed", "Train {n} more seeds", n_missing)
        self.more.setText(self.tr("Stop training them") if share is not None else text)
        tip = self.tr("The same network again from other starting weights: how far their answers differ is luck")
        why_not = self.tr("Only of a network that stands still, as it is now")
        self.more.setToolTip(plain_tip(tip if can else why_not))
