"""What happens between launch and the first run."""

from __future__ import annotations

import subprocess
import sys

IMPORTS = """
import sys
from ann_viz.app import first_window, import_charts

window = first_window()
assert "pyqtgraph" not in sys.modules, "the first window waits for the charts"
import_charts().join()
assert "ann_viz.ui.charts.loss_plot" in sys.modules
window.close()
"""


def test_charts_are_imported_beside_the_window() -> None:
    """Not before the window is made, which would be late, and not at the first epochs, which would stop them."""
    done = subprocess.run([sys.executable, "-c", IMPORTS], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
