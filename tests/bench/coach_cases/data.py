"""Situations whose cause lies in the rows: what they hold, how they repeat and are dealt out."""

from __future__ import annotations

from functools import partial

from coach_cases import rows as r
from coach_cases.chance import BIG
from coach_cases.learning import ADAM, SGD
from coach_cases.situation import Situation

GOOD = "fine overfit no_signal rate_too_high too_small"

_imbalance = partial(
    Situation,
    expected="imbalance",
    forbidden="no_signal bad_start fine too_small dead_units",
    symptom="recall_min < 0.3",
)
_leak = partial(
    Situation,
    expected="leak",
    train=ADAM | {"epochs": 40},
    repair={"drop": ["paid_back"]},
    effect="score_down",
    symptom="held_bal > 0.98",
)
_id_column = partial(
    Situation, expected="id_column", train=ADAM, recipe={"inputs": ["customer_id", "x1", "x2", "x3", "x4"]}
)
_duplicates = partial(
    Situation, expected="duplicates", hidden="48 relu, 48 relu", acceptable="leak", forbidden=GOOD, effect="score_down"
)
_code_as_number = partial(
    Situation,
    expected="code_as_number",
    hidden="6 relu",
    train=ADAM,
    acceptable="too_small",
    forbidden="no_signal bad_start fine rate_too_low overfit",
    recipe={"treat": {"town": "number"}},
    repair={"recipe": {"treat": {"town": "category"}}},
)

DATA = (
    _imbalance(
        name="three_of_a_hundred",
        rows=r.of(r.rare),
        hidden="6 relu",
        train=SGD | {"learning_rate": 0.02, "epochs": 40},
        acceptable="rate_too_low",
        repair={"train": {"class_weights": "balanced", "optimizer": "adam", "learning_rate": 0.01}},
    ),
    _imbalance(
        name="five_of_a_hundred_adam",
        rows=r.of(r.rare, share=0.06, blur=1.8),
        hidden="6 relu",
        train=ADAM | {"epochs": 50},
        acceptable="noise_ceiling",
        repair={"train": {"class_weights": "balanced"}},
    ),
    _imbalance(
        name="two_rare_kinds",
        rows=r.of(r.rare_kind),
        hidden="8 relu",
        train=SGD | {"learning_rate": 0.02, "epochs": 50},
        acceptable="rate_too_low",
        repair={"train": {"class_weights": "balanced", "optimizer": "adam", "learning_rate": 0.01}},
    ),
    _leak(
        name="paid_back_tells",
        rows=r.of(r.with_outcome, noise=1.5),
        forbidden=GOOD + " small_validation dead_units",
    ),
    _leak(
        name="outcome_of_ring",
        rows=r.of(r.with_outcome, table=r.flipped, share=0.15),
        hidden="8 tanh",
        forbidden=GOOD + " small_validation",
    ),
    _id_column(
        name="number_in_order",
        rows=r.of(r.with_number, noise=2.0),
        acceptable="leak",
        forbidden=GOOD,
        repair={"drop": ["customer_id"]},
        effect="score_down",
        symptom="held_bal > 0.93",
    ),
    _id_column(
        name="number_without_order",
        rows=r.of(r.with_number, by_answer=False, noise=0.8),
        hidden="16 relu",
        acceptable="leak overfit fine",
        forbidden="no_signal too_small rate_too_high",
    ),
    _duplicates(
        name="eight_of_each",
        rows=r.of(r.copied),
        train=ADAM | {"epochs": 100},
        mended=r.of(r.copied, times=1),
        symptom="held_bal > 0.9",
    ),
    _duplicates(
        name="copies_of_numbers",
        rows=r.of(r.copied, kind="number", times=6),
        recipe={"inputs": ["x1", "x2", "x3", "x4", "x5"]},
        train=ADAM | {"epochs": 150},
        mended=r.of(r.copied, kind="number", times=1),
        symptom="held_r2 > 0.6",
    ),
    Situation(
        name="wandering_price",
        rows=r.of(r.walk),
        expected="split_shift",
        hidden=BIG,
        train=ADAM | {"epochs": 120},
        acceptable="leak id_column",
        forbidden="fine no_signal too_small overfit",
        recipe={"inputs": ["day", "wind"]},
        effect="score_down",
        repair={"recipe": {"split": {"shuffle": False, "stratify": False}}},
        symptom="held_r2 > 0.7",
    ),
    Situation(
        name="turned_round",
        rows=r.of(r.drifting),
        expected="split_shift",
        train=ADAM,
        acceptable="overfit",
        forbidden="no_signal bad_start too_small fine rate_too_high",
        recipe={"split": {"shuffle": False, "stratify": False}},
        repair=None,
        symptom="train_acc - held_bal > 0.15",
    ),
    Situation(
        name="sorted_and_unshuffled",
        rows=r.of(r.sorted_file, table=r.blobs, k=3),
        expected="split_shift",
        train=ADAM,
        acceptable="imbalance",
        forbidden="no_signal bad_start too_small fine rate_too_high",
        recipe={"split": {"shuffle": False, "stratify": False}},
        repair={"recipe": {"split": {"shuffle": True}}},
    ),
    Situation(
        name="lost_decimal_point",
        rows=r.of(r.mistyped, size=2e3),
        expected="outlier",
        train=ADAM,
        forbidden="no_signal bad_start too_small fine rate_too_low overfit dead_units",
        mended=r.of(r.mistyped, size=1.0),
        symptom="held_bal < 0.8",
    ),
    Situation(
        name="huge_price",
        rows=r.of(r.mistyped, table=r.houses, column="price", size=4e3, n_wrong=1),
        expected="outlier",
        hidden="8 relu",
        train=ADAM,
        acceptable="overfit",
        forbidden="no_signal bad_start too_small fine rate_too_low dead_units",
        mended=r.of(r.mistyped, table=r.houses, column="price", size=1.0),
        symptom="mae_ratio > 0.4",
    ),
    _code_as_number(
        name="twenty_towns",
        rows=r.of(r.towns),
        symptom="held_bal < 0.8",
    ),
    _code_as_number(
        name="prices_of_towns",
        rows=r.of(r.towns, kind="price", k=25),
        symptom="held_r2 < 0.6",
    ),
)
