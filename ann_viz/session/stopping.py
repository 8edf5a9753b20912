"""Going on after a stop rule has ended training."""

from __future__ import annotations

from dataclasses import replace

from ann_viz.engine import TrainConfig, Trainer

__all__ = ["moved_stop_rules"]


def moved_stop_rules(config: TrainConfig, asked: TrainConfig, trainer: Trainer) -> TrainConfig:
    """Move every stop rule that has fired by as much as was asked for at first.

    Parameters
    ----------
    config : TrainConfig
        The settings in force.
    asked : TrainConfig
        What the user asked for, before any rule was moved.
    trainer : Trainer
        How far training has come.

    Returns
    -------
    TrainConfig
        Settings under which training goes on.
    """
    since_best = trainer.epoch - trainer.best_epoch
    if 0 < config.epochs <= trainer.epoch:
        laid_out_for = config.schedule_total or config.epochs
        config = replace(config, epochs=trainer.epoch + asked.epochs, schedule_total=laid_out_for)
    if config.patience is not None and asked.patience is not None and since_best >= config.patience:
        config = replace(config, patience=since_best + asked.patience)
    if config.max_seconds is not None and asked.max_seconds is not None and trainer.seconds >= config.max_seconds:
        config = replace(config, max_seconds=trainer.seconds + asked.max_seconds)
    if config.target_loss is not None and trainer.history.view().last("train_loss") <= config.target_loss:
        config = replace(config, target_loss=None)  # there is nothing left to reach
    return config
