"""Situations whose cause lies in how the network learns: rate, batch, end, schedule, penalties."""

from __future__ import annotations

from functools import partial

from coach_cases import rows as r
from coach_cases.situation import Situation

ADAM = {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 32, "epochs": 60}
SGD = {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 32, "epochs": 60}
NOT_DATA = "no_signal bad_start fine too_small"
BAD = "val_bal < 0.8 or failed"

_rate_too_low = partial(Situation, expected="rate_too_low", acceptable="stopped_early")
_batch_too_large = partial(
    Situation, expected="batch_too_large", acceptable="rate_too_low stopped_early", forbidden=NOT_DATA
)
_batch_too_small = partial(
    Situation,
    expected="batch_too_small",
    hidden="8 tanh",
    acceptable="rate_too_high",
    forbidden="no_signal fine too_small",
    repair={"train": {"batch_size": 64}},
    effect="loss_down",
    symptom="osc > 0.12",
)
_schedule_too_fast = partial(Situation, expected="schedule_too_fast", acceptable="rate_too_low", forbidden=NOT_DATA)
_dropout_too_strong = partial(
    Situation, expected="dropout_too_strong", acceptable="too_small", repair={"train": {"dropout": 0.0}}
)

LEARNING = (
    Situation(
        name="sgd_diverges_on_prices",
        rows=r.of(r.houses),
        expected="rate_too_high",
        train=SGD | {"learning_rate": 8.0},
        forbidden="no_signal bad_start fine overfit",
        repair={"train": {"learning_rate": 0.02}},
        symptom="failed or train_r2 < 0.3",
        acceptable="dead_units",
    ),
    Situation(
        name="adam_at_one_moons",
        rows=r.of(r.moons),
        expected="rate_too_high",
        train=ADAM | {"learning_rate": 1.0, "epochs": 80},
        acceptable="dead_units",
        forbidden=NOT_DATA,
        repair={"train": {"learning_rate": 0.01}},
        symptom=BAD,
    ),
    Situation(
        name="tanh_sgd_at_thirty",
        rows=r.of(r.ring),
        expected="rate_too_high",
        hidden="8 tanh",
        train=SGD | {"learning_rate": 30.0},
        acceptable="saturated",
        forbidden=NOT_DATA,
        repair={"train": {"learning_rate": 0.3}},
        symptom="osc > 0.1",
    ),
    Situation(
        name="momentum_on_prices",
        rows=r.of(r.houses),
        expected="rate_too_high",
        hidden="6 relu",
        train={"optimizer": "momentum", "momentum": 0.995, "learning_rate": 0.1, "batch_size": 32, "epochs": 60},
        acceptable="dead_units",
        forbidden="no_signal bad_start fine",
        symptom="failed or train_r2 < 0.5",
        repair={"train": {"momentum": 0.9, "learning_rate": 0.01}},
    ),
    Situation(
        name="rmsprop_too_fast_classes",
        rows=r.of(r.blobs, k=5),
        expected="rate_too_high",
        hidden="10 relu",
        train=ADAM | {"optimizer": "rmsprop", "learning_rate": 1.0},
        acceptable="dead_units",
        forbidden=NOT_DATA,
        repair={"train": {"learning_rate": 0.01}},
        symptom="train_bal < 0.85",
    ),
    _rate_too_low(
        name="adam_rate_tiny",
        rows=r.of(r.moons),
        train=ADAM | {"learning_rate": 1e-6},
        forbidden=NOT_DATA + " imbalance overfit",
        repair={"train": {"learning_rate": 0.01}},
    ),
    _rate_too_low(
        name="sgd_rate_tiny_prices",
        rows=r.of(r.houses),
        train=SGD | {"learning_rate": 3e-5},
        forbidden=NOT_DATA + " overfit",
        repair={"train": {"learning_rate": 0.03}},
    ),
    _rate_too_low(
        name="momentum_rate_tiny_classes",
        rows=r.of(r.blobs, k=4),
        hidden="8 relu",
        train={"optimizer": "momentum", "learning_rate": 3e-5, "batch_size": 32, "epochs": 60},
        forbidden=NOT_DATA,
        repair={"train": {"learning_rate": 0.03}},
    ),
    _batch_too_large(
        name="all_rows_at_once_moons",
        rows=r.of(r.moons, n=900),
        train=SGD | {"batch_size": 0, "epochs": 50},
        repair={"train": {"batch_size": 32, "epochs": 80}},
        symptom="still_falling and held_bal < 0.9",
    ),
    _batch_too_large(
        name="batch_of_a_thousand_prices",
        rows=r.of(r.houses, n=1200),
        hidden="8 relu",
        train=SGD | {"batch_size": 1000, "learning_rate": 0.01, "epochs": 60},
        repair={"train": {"batch_size": 32}},
        symptom="still_falling and train_r2 < 0.9",
    ),
    _batch_too_small(
        name="batch_of_one_classes",
        rows=r.of(r.blobs, k=4, spread=1.5),
        train=SGD | {"batch_size": 1, "learning_rate": 0.5},
    ),
    _batch_too_small(
        name="batch_of_two_noisy_line",
        rows=r.of(r.line, noise=2.0, n=400),
        train={"optimizer": "momentum", "learning_rate": 0.2, "batch_size": 2, "epochs": 50},
    ),
    Situation(
        name="gave_up_on_plateau",
        rows=r.of(r.moons, n=800),
        expected="stopped_early",
        hidden="4 sigmoid, 4 sigmoid",
        train=SGD | {"learning_rate": 0.1, "epochs": 400, "patience": 1},
        acceptable="rate_too_low vanishing",
        forbidden="no_signal bad_start too_small overfit",
        repair={"train": {"patience": None, "learning_rate": 2.0, "epochs": 500}},
        symptom="finished == 'early stopping' and val_bal < 0.8",
    ),
    Situation(
        name="only_eight_epochs",
        rows=r.of(r.moons, n=500),
        expected="stopped_early",
        train=ADAM | {"learning_rate": 0.0007, "epochs": 8},
        acceptable="rate_too_low",
        forbidden=NOT_DATA + " overfit",
        repair={"train": {"epochs": 120}},
        symptom="held_bal < 0.88",
    ),
    Situation(
        name="twelve_epochs_of_prices",
        rows=r.of(r.houses),
        expected="stopped_early",
        train=ADAM | {"learning_rate": 0.0007, "epochs": 12},
        acceptable="rate_too_low",
        forbidden=NOT_DATA + " overfit",
        repair={"train": {"epochs": 150}},
        symptom="train_r2 < 0.8",
    ),
    _schedule_too_fast(
        name="halved_every_epoch",
        rows=r.of(r.ring),
        train=ADAM
        | {"learning_rate": 0.003, "schedule": "step", "schedule_epochs": 1, "schedule_factor": 0.5, "epochs": 60},
        repair={"train": {"schedule": "constant", "epochs": 100}},
        symptom="held_bal < 0.88",
    ),
    _schedule_too_fast(
        name="exponential_decay_prices",
        rows=r.of(r.houses),
        hidden="8 relu",
        train=SGD | {"learning_rate": 0.003, "schedule": "step", "schedule_epochs": 2, "schedule_factor": 0.3},
        repair={"train": {"schedule": "constant", "learning_rate": 0.03}},
        symptom="train_r2 < 0.85",
    ),
    Situation(
        name="l2_on_ring",
        rows=r.of(r.ring),
        expected="l2_too_strong",
        hidden="12 relu",
        train=ADAM | {"l2": 0.3, "epochs": 80},
        forbidden=NOT_DATA + " rate_too_low dead_units",
        repair={"train": {"l2": 0.0}},
        symptom="train_bal < 0.85",
    ),
    Situation(
        name="l1_on_waves",
        rows=r.of(r.wave, waves=2),
        expected="l2_too_strong",
        hidden="16 tanh, 16 tanh",
        train=ADAM | {"l1": 0.05, "epochs": 120},
        forbidden=NOT_DATA + " rate_too_low",
        repair={"train": {"l1": 0.0}},
        symptom="train_r2 < 0.5",
    ),
    Situation(
        name="l2_on_classes",
        rows=r.of(r.sectors, k=4),
        expected="l2_too_strong",
        hidden="16 relu",
        train=ADAM | {"l2": 0.1, "epochs": 80},
        forbidden=NOT_DATA + " rate_too_low",
        repair={"train": {"l2": 0.0}},
        symptom="train_bal < 0.8",
    ),
    _dropout_too_strong(
        name="dropout_on_moons",
        rows=r.of(r.moons),
        hidden="5 relu, 5 relu",
        train=ADAM | {"dropout": 0.85, "epochs": 80},
        forbidden="no_signal bad_start fine dead_units rate_too_low rate_too_high",
        symptom="train_bal < 0.85",
    ),
    _dropout_too_strong(
        name="dropout_on_hills",
        rows=r.of(r.hills),
        hidden="8 relu, 8 relu",
        train=ADAM | {"dropout": 0.7, "epochs": 80},
        forbidden="no_signal bad_start fine dead_units rate_too_low",
        symptom="train_r2 < 0.6",
    ),
)
