"""The command line: the same session as the window, but without Qt. One module a command; `COMMANDS` lists them.

The engine and the CSV reader are imported by the command that runs, so that ``--help`` is quick.
"""

from ann_viz.cli.commands import main

__all__ = ["main"]
