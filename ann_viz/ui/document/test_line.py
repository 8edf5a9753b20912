"""What the test rows have said of the network on show, and the button that asks them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ann_viz.rich import rich
from ann_viz.session import RunState
from ann_viz.session.looks_at_test import told_look, told_number_of_looks
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.labels import RichLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["TestButton", "TestLine", "shown_result"]

_AT_REST = frozenset({RunState.PAUSED, RunState.FINISHED})


def shown_result(bridge: Bridge) -> str:
    """Return what the test rows have said of the weights on show, and how often they were asked; empty for nothing."""
    look, n = bridge.document.look_at_test, len(bridge.document.looks_at_test)
    return "" if look is None else rich("{result}. {looks}", result=told_look(look), looks=told_number_of_looks(n))


class TestButton(QPushButton):
    """Asks the test rows about the weights on show; hidden where there is nothing to ask or it is known."""

    __test__ = False

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setText(self.tr("Run the test"))
        self.setProperty("small", True)
        self.clicked.connect(bridge.ask_test_rows)

    def refresh(self) -> None:
        """Show or hide, and say how often the test rows were looked at."""
        document = self._bridge.document
        dataset = document.dataset
        has_rows = dataset is not None and len(dataset.test) > 0
        has_chosen = document.looking_at is None and document.state in _AT_REST  # who looks back is still choosing
        self.setVisible(has_rows and has_chosen and document.look_at_test is None)
        about = self.tr("The test rows were kept back for this: judge by them once, when you are done choosing.")
        self.setToolTip(plain_tip(f"{about} {told_number_of_looks(len(document.looks_at_test))}"))


class TestLine(QWidget):
    """A line with the result, or with the button; hidden where there is neither."""

    __test__ = False

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.result = RichLabel(parent=self, role="label", wrap=True)
        self.button = TestButton(bridge, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.result, 1)
        row.addWidget(self.button)
        row.addStretch()

    def refresh(self) -> None:
        """Follow the document."""
        result = shown_result(self._bridge)
        self.result.setText(result)
        self.result.setVisible(bool(result))
        self.button.refresh()
        self.setHidden(not result and self.button.isHidden())
