"""When training is over: the stop rules of the settings, in the order in which they are named to the user."""

from __future__ import annotations

from ann_viz.engine.config import TrainConfig

__all__ = ["stop_rule"]


def stop_rule(config: TrainConfig, epoch: int, stale_epochs: int, train_loss: float, seconds: float) -> str | None:
    """Return the first stop rule that applies.

    Parameters
    ----------
    config : TrainConfig
        The rules.
    epoch : int
        Epochs completed.
    stale_epochs : int
        How many of them have passed since the best one.
    train_loss : float
        Training loss at the end of the last epoch.
    seconds : float
        Time spent in steps.

    Returns
    -------
    str or None
        "target loss", "early stopping", "epochs" or "time".
    """
    if config.target_loss is not None and train_loss <= config.target_loss:
        return "target loss"
    if config.patience is not None and stale_epochs >= config.patience:
        return "early stopping"
    if 0 < config.epochs <= epoch:
        return "epochs"
    if config.max_seconds is not None and seconds >= config.max_seconds:
        return "time"
    return None
