"""How far training is, told on standard error: a bar on a terminal, some ten lines in a log."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ann_viz.engine import Snapshot
    from ann_viz.session import Session

__all__ = ["progress_teller", "share_teller"]

BAR_WIDTH: Final = 24


def progress_teller(session: Session, *, quiet: bool) -> Callable[[Snapshot], None] | None:
    """Return what tells how far a session's training is; see `share_teller`."""
    tell_share = share_teller(quiet=quiet)
    if tell_share is None:
        return None

    def tell(snapshot: Snapshot) -> None:
        n_epochs = session.train_config.epochs or snapshot.epoch or 1
        share = 1.0 if snapshot.finished else snapshot.epoch / n_epochs
        losses = f"loss {snapshot.history.last('train_loss'):.4f}"
        validation_loss = snapshot.history.last("validation_loss")
        if math.isfinite(validation_loss):
            losses += f", validation {validation_loss:.4f}"
        tell_share(share, f"epoch {snapshot.epoch} of {n_epochs}  {losses}")

    return tell


def share_teller(*, quiet: bool) -> Callable[[float, str], None] | None:
    """Return what draws a bar on a terminal, writes some ten lines into a log, or, asked to be quiet there, nothing.

    It gets the share that is done and a few words.
    """
    on_terminal = sys.stderr.isatty()
    if quiet and not on_terminal:
        return None
    reached = -1

    def tell(share: float, text: str) -> None:
        nonlocal reached
        if on_terminal:
            bar = "█" * round(share * BAR_WIDTH)
            end = "\n" if share == 1 else ""
            print(f"\r{bar:·<{BAR_WIDTH}} {text}\033[K", end=end, file=sys.stderr, flush=True)
        elif int(share * 10) > reached:
            reached = int(share * 10)
            print(text, file=sys.stderr)

    return tell
