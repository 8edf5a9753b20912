"""Situations whose cause lies in chance: too few rows to learn from or to check by, and answers that nothing tells."""

from __future__ import annotations

from functools import partial

from coach_cases import rows as r
from coach_cases.learning import ADAM
from coach_cases.situation import Situation

BIG = "32 relu, 32 relu"

_overfit = partial(
    Situation,
    expected="overfit",
    acceptable="noise_ceiling",
    forbidden="fine rate_too_high rate_too_low too_small no_signal",
    symptom="val_loss > 1.2*best_val_loss",
    effect="loss_down",
)
_too_few_rows = partial(Situation, expected="too_few_rows", train=ADAM)
_small_validation = partial(
    Situation,
    expected="small_validation",
    acceptable="too_few_rows fine overfit",
    forbidden="no_signal bad_start too_small rate_too_high",
)
_noise_ceiling = partial(
    Situation, expected="noise_ceiling", forbidden="too_small no_signal bad_start rate_too_low rate_too_high"
)

CHANCE = (
    _overfit(
        name="big_network_noisy_line",
        rows=r.of(r.line, n=400, d=8, noise=2.5),
        hidden=BIG,
        train=ADAM | {"epochs": 100},
        repair={"hidden": "3 relu", "train": {"l2": 0.01}},
    ),
    _overfit(
        name="big_network_numbers",
        rows=r.of(r.bent_line, n=300, noise=1.2),
        hidden="64 relu, 64 relu",
        train=ADAM | {"epochs": 150},
        repair={"hidden": "4 relu", "train": {"l2": 0.01}},
    ),
    _overfit(
        name="big_network_kinds",
        rows=r.of(r.blobs, n=500, k=4, d=6, spread=3.0),
        hidden=BIG,
        train=ADAM | {"epochs": 100},
        repair={"hidden": "4 relu", "train": {"l2": 0.01}},
    ),
    _too_few_rows(
        name="seventy_columns",
        rows=r.of(r.wide),
        hidden="16 relu",
        acceptable="overfit small_validation",
        forbidden="fine rate_too_high too_small",
        symptom="train_acc > 0.95 and held_bal < 0.85",
    ),
    _too_few_rows(
        name="hundred_columns",
        rows=r.of(r.wide, n=110, d=100),
        hidden="16 tanh",
        acceptable="overfit small_validation",
        forbidden="fine rate_too_high too_small",
        symptom="train_acc > 0.95",
    ),
    _too_few_rows(
        name="a_class_of_three_rows",
        rows=r.of(r.with_tiny_class),
        hidden="8 relu",
        acceptable="imbalance noise_ceiling",
        forbidden="rate_too_high too_small no_signal dead_units",
    ),
    _small_validation(
        name="fifteen_rows_to_check",
        rows=r.of(r.line, n=80, d=3, noise=1.0),
        hidden="4 relu",
        train=ADAM,
    ),
    _small_validation(
        name="twenty_prices_to_check",
        rows=r.of(r.houses, n=100),
        hidden="6 relu",
        train=ADAM | {"epochs": 150},
    ),
    Situation(
        name="a_place_hardly_told",
        rows=r.of(r.divided),
        expected="group_behind",
        train=ADAM | {"learning_rate": 0.003, "epochs": 60},
        acceptable="noise_ceiling overfit",
        forbidden="too_small no_signal bad_start rate_too_high imbalance",
    ),
    Situation(
        name="a_group_that_says_nothing",
        rows=r.of(r.divided, blur=0.2),
        expected="fine",
        acceptable="noise_ceiling",
        train=ADAM | {"learning_rate": 0.003, "epochs": 60},
        forbidden="group_behind too_small no_signal bad_start rate_too_high imbalance",
    ),
    Situation(
        name="coins",
        rows=r.of(r.chance),
        expected="no_signal",
        train=ADAM,
        acceptable="overfit",
        forbidden="fine too_small rate_too_low rate_too_high dead_units",
    ),
    Situation(
        name="three_colours_by_chance",
        rows=r.of(r.chance, kind="colours"),
        expected="no_signal",
        train=ADAM,
        acceptable="overfit",
        forbidden="fine too_small rate_too_low rate_too_high dead_units",
    ),
    Situation(
        name="numbers_by_chance",
        rows=r.of(r.chance, kind="number", d=6),
        expected="no_signal",
        hidden="6 tanh",
        train=ADAM,
        acceptable="overfit",
        forbidden="fine too_small rate_too_low rate_too_high",
    ),
    Situation(
        name="rare_by_chance",
        rows=r.of(r.chance, n=2000, share=0.04),
        expected="no_signal",
        train=ADAM | {"epochs": 40},
        acceptable="imbalance overfit",
        forbidden="fine too_small dead_units rate_too_high",
    ),
    _noise_ceiling(
        name="every_fifth_answer_wrong",
        rows=r.of(r.flipped, table=r.line, share=0.2, n=1400),
        train=ADAM | {"learning_rate": 0.003},
        acceptable="fine",
    ),
    _noise_ceiling(
        name="every_fourth_ring_wrong",
        rows=r.of(r.flipped, table=r.ring, share=0.22, n=1500),
        hidden="12 relu",
        train=ADAM | {"learning_rate": 0.005},
        acceptable="fine overfit",
    ),
    _noise_ceiling(
        name="three_quarters_of_a_number",
        rows=r.of(r.bent_line, n=1400, noise=0.8),
        train=ADAM | {"learning_rate": 0.003},
        acceptable="fine",
    ),
)
