"""The six read options above the preview, each "detected" until the user changes it; a spreadsheet has its own.

They show a dialect and report overrides; reading again is the dialog's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.data import Dialect
from ann_viz.session.importing.missing_words import missing_text, missing_words
from ann_viz.translation import translatable, translate
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.wheel import ComboBox

__all__ = ["ReadOptions"]

Choice = tuple[str, object]
MAX_MISSING_LENGTH: Final = 200
WIDE: Final = 1080
CHOICES: Final[dict[str, tuple[Choice, ...]]] = {
    "delimiter": (
        (translatable("Comma   ,"), ","),
        (translatable("Semicolon   ;"), ";"),
        (translatable("Tab   ⇥"), "\t"),
        (translatable("Bar   |"), "|"),
        (translatable("Blank   ␣"), " "),
    ),
    "encoding": (
        ("UTF-8", "utf-8"),
        ("UTF-8 (BOM)", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        (translatable("West European"), "cp1252"),
        (translatable("Central European"), "cp1250"),
        (translatable("Cyrillic"), "cp1251"),
        (translatable("Greek"), "cp1253"),
        (translatable("Turkish"), "cp1254"),
        (translatable("Japanese"), "shift_jis"),
        (translatable("Chinese, simplified"), "gb18030"),
        (translatable("Chinese, traditional"), "big5"),
        (translatable("Korean"), "cp949"),
    ),
    "header": ((translatable("In the first row"), True), (translatable("None in the file"), False)),
    "decimal": ((translatable("Point   1.5"), "."), (translatable("Comma   1,5"), ",")),
    "quote": ((translatable('Double   "'), '"'), (translatable("Single   '"), "'"), (translatable("None"), None)),
    "sheet": (),
    "skip_lines": (),
}
# Field of the dialect, label, width of the box: those of the design picture, or wider for the first words for missing.
FIELDS: Final = (
    ("sheet", translatable("Sheet"), 136),
    ("skip_lines", translatable("Table starts in"), 136),
    ("delimiter", translatable("Delimiter"), 136),
    ("encoding", translatable("Encoding"), 136),
    ("header", translatable("Column names"), 152),
    ("decimal", translatable("Decimal mark"), 136),
    ("quote", translatable("Text quotes"), 136),
    ("missing", translatable("Means “missing”"), 212),
)
OF_SHEETS: Final = frozenset(("sheet", "skip_lines"))
OF_TEXT: Final = frozenset(("delimiter", "encoding", "quote"))
FIRST_ROWS: Final = 30


class _Field(QWidget):
    """A label, the word "detected", and the box below them."""

    def __init__(self, label: str, width: int, box: QComboBox) -> None:
        super().__init__()
        self.box = box
        name = PlainLabel(label, role="label")
        name.setBuddy(box)
        self.detected = PlainLabel(self.tr("detected"), role="ok")
        policy = self.detected.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.detected.setSizePolicy(policy)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2)
        head.addWidget(name)
        head.addStretch(1)
        head.addWidget(self.detected)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(box)
        box.setAccessibleName(label)
        box.setMinimumWidth(60)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(width)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class _WordsField(QLineEdit):
    """A field whose text ends in dots where there is no more room, until it is edited."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, or as much of it as there is room for."""
        box = self.contentsRect().adjusted(2, 0, -2, 0)  # as Qt's own field
        if self.hasFocus() or self.fontMetrics().horizontalAdvance(self.text()) <= box.width():
            super().paintEvent(event)
            return
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class ReadOptions(QWidget):
    """How the file is read.

    ``changed`` fires with the field's name and value when the user chose something else than shown;
    ``detect_again`` when every choice should be dropped.
    """

    changed = Signal(str, object)
    detect_again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.fields: dict[str, _Field] = {}
        for field, label, width in FIELDS:
            widget = _Field(translate(label), width, self._box(field))
            self.fields[field] = widget
            widget.setVisible(field not in OF_SHEETS)
            row.addWidget(widget, width, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self._again_text = " " + self.tr("Detect again")  # the style leaves no gap beside the icon
        self.again = QPushButton(self._again_text)
        self.again.setAccessibleName(self.tr("Detect again"))
        self.again.setProperty("kind", "link")
        self.again.setToolTip(self.tr("Forget the changes made here and look at the file afresh"))
        self.again.clicked.connect(self.detect_again)
        row.addWidget(self.again, 0, Qt.AlignmentFlag.AlignBottom)
        self.tint()

    def _box(self, field: str) -> QComboBox:
        box = ComboBox()
        if field == "missing":
            box.setEditable(True)
            box.setLineEdit(_WordsField())
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            line = box.lineEdit()
            if line is not None:  # always there: the box is editable
                line.setMaxLength(MAX_MISSING_LENGTH)
                line.editingFinished.connect(self._on_missing_edited)
            box.activated.connect(lambda _: self._on_missing_edited())
            return box
        for label, value in CHOICES[field]:
            box.addItem(translate(label), value)
        if field == "skip_lines":
            for row in range(FIRST_ROWS):
                box.addItem(translate("Row {n}").format(n=row + 1), row)
        box.activated.connect(lambda index: self._on_activated(field, index))
        return box

    def show_dialect(self, dialect: Dialect, detected: frozenset[str]) -> None:
        """Show how the file was read; fields in ``detected`` were not chosen by the user."""
        for field, widget in self.fields.items():
            widget.setVisible(field not in (OF_TEXT if dialect.sheet else OF_SHEETS))
            widget.detected.setVisible(field in detected)
            value: object = getattr(dialect, field)
            with QSignalBlocker(widget.box):
                if isinstance(value, tuple):
                    self._show_missing(widget.box, value)
                else:
                    self._show_value(widget.box, value)

    def show_decimals(self, marks: frozenset[str]) -> None:
        """Say with which marks the columns were read, each by its own cells, where the user chose none for all."""
        field = self.fields["decimal"]
        several = len(marks) > 1
        field.detected.setText(self.tr("by column") if several else self.tr("detected"))
        if len(marks) == 1 and not field.detected.isHidden():
            with QSignalBlocker(field.box):
                self._show_value(field.box, next(iter(marks)))

    def show_sheets(self, names: Iterable[str], sheet: str) -> None:
        """Offer the sheets of a spreadsheet."""
        box = self.fields["sheet"].box
        with QSignalBlocker(box):
            box.clear()
            for name in names:
                box.addItem(name, name)
            self._show_value(box, sheet)

    def mark_changed(self, overrides: Mapping[str, object]) -> None:
        """Take "detected" away from the fields the user has changed."""
        for field, widget in self.fields.items():
            if field in overrides:
                widget.detected.hide()

    def tint(self) -> None:
        """Colour the icon for the theme in use."""
        self.again.setIcon(icons.icon("sparkles", theme.current().accent))

    def show_nothing(self) -> None:
        """Nothing is known about the file: no field claims to be detected."""
        for widget in self.fields.values():
            widget.detected.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the last button is its icon only."""
        super().resizeEvent(event)
        self.again.setText(self._again_text if self.width() >= WIDE else "")

    @staticmethod
    def _show_value(box: QComboBox, value: object) -> None:
        # findData compares through QVariant, where None and "" are one; the choices are few, so ask Python.
        places = [index for index in range(box.count()) if box.itemData(index) == value]
        if not places:
            box.addItem(str(value), value)
            places = [box.count() - 1]
        box.setCurrentIndex(places[0])
        box.setToolTip(plain_tip(box.currentText()))

    @staticmethod
    def _show_missing(box: QComboBox, words: tuple[str, ...]) -> None:
        text = missing_text(words)
        if box.findText(text) < 0:
            box.insertItem(0, text)
        if box.findText(translate("empty")) < 0:
            box.addItem(translate("empty"))
        box.setCurrentIndex(box.findText(text))
        box.setEditText(text)
        box.setProperty("shown", text)
        tip = translate(
            "Cells with these words count as missing: {words}\nEdit the list, with commas between the words"
        )
        box.setToolTip(plain_tip(tip.format(words=text)))
        line = box.lineEdit()
        if line is not None:
            line.setCursorPosition(0)
        box.view().setMinimumWidth(min(420, QFontMetrics(box.font()).horizontalAdvance(text) + 40))

    def _on_activated(self, field: str, index: int) -> None:
        self.changed.emit(field, self.fields[field].box.itemData(index))

    def _on_missing_edited(self) -> None:
        box = self.fields["missing"].box
        words = missing_words(box.currentText())
        if missing_text(words) != box.property("shown"):
            box.setProperty("shown", missing_text(words))
            self.changed.emit("missing", words)
