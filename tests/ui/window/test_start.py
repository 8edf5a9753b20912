"""What happens between launch and the first run."""

from __future__ import annotations

import subprocess
import sys

IMPORTS = """
import builtins, sys
plain_import = builtins.__import__
from ann_viz.app import NEXT, first_window, import_beside

window = first_window()
window.show()
window.grab()
assert "pyqtgraph" not in sys.modules, "the first window waits for the charts"
unseen = {"ann_viz.data", "ann_viz.explain.expression", "ann_viz.explain.lesson_file", "ann_viz.explain.situation",
          "ann_viz.explain.story", "ann_viz.session.exports", "ann_viz.session.modelfile", "ann_viz.session.predict",
          "ann_viz.session.projectfile", "ann_viz.session.receipt", "ann_viz.session.shown_row",
          "ann_viz.session.sweeping.plan", "ann_viz.session.work", "ann_viz.ui.building", "ann_viz.ui.canvas",
          "ann_viz.ui.charts.rows_page", "ann_viz.ui.comparing.compare_page", "ann_viz.ui.document.saving",
          "ann_viz.ui.inspector.panel", "ann_viz.ui.runs.end_card", "ann_viz.ui.runs.look_banner",
          "ann_viz.ui.runs.since_then_card", "ann_viz.ui.sweeping.sweep_form", "ann_viz.ui.sweeping.sweep_page",
          "ann_viz.ui.trying.panel", "ann_viz.ui.why.panel", "concurrent.futures", "duckdb", "hashlib",
          "multiprocessing", "numpy._core", "numpy.random", "safetensors"}
assert not unseen & set(sys.modules), "the first window waits for " + ", ".join(sorted(unseen & set(sys.modules)))
assert builtins.__import__ is plain_import, "PySide6 reads the source of whatever is imported"
import_beside().join()
assert set(NEXT) <= set(sys.modules)
window.close()
"""


def test_the_window_waits_for_nothing_that_nobody_sees() -> None:
    """Rooms are imported when they are shown, files' readers with the first file, NumPy once it is painted.

    What a window as narrow as this one hides behind a rail waits as well. Charts come beside the standing window: they
    would stop the first epochs.
    """
    done = subprocess.run([sys.executable, "-c", IMPORTS], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
