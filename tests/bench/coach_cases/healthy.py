"""Situations in which nothing is wrong."""

from __future__ import annotations

from coach_cases import rows as r
from coach_cases.learning import ADAM, SGD
from coach_cases.situation import Situation

WELL = "no_signal bad_start too_small overfit rate_too_high rate_too_low dead_units imbalance leak"

HEALTHY = (
    Situation(
        name="healthy_moons",
        rows=r.of(r.moons, n=1000),
        expected="fine",
        train=ADAM | {"learning_rate": 0.005},
        forbidden=WELL,
        symptom="held_bal > 0.92",
    ),
    Situation(
        name="healthy_prices",
        rows=r.of(r.houses, n=800),
        expected="fine",
        train=ADAM,
        forbidden=WELL,
        symptom="held_r2 > 0.9",
    ),
    Situation(
        name="healthy_kinds",
        rows=r.of(r.blobs, n=1000, k=4),
        expected="fine",
        acceptable="noise_ceiling",
        hidden="10 relu",
        train=ADAM | {"learning_rate": 0.005},
        forbidden=WELL,
        symptom="held_bal > 0.9",
    ),
    Situation(
        name="healthy_line_sgd",
        rows=r.of(r.line, n=900),
        expected="fine",
        acceptable="noise_ceiling",
        hidden="6 tanh",
        train=SGD,
        forbidden=WELL,
        symptom="held_bal > 0.9",
    ),
    Situation(
        name="healthy_twelve_percent",
        rows=r.of(r.rare, n=2000, share=0.12, blur=0.15),
        expected="fine",
        acceptable="imbalance",
        hidden="8 relu",
        train=ADAM,
        forbidden=WELL.replace(" imbalance", ""),
        symptom="recall_min > 0.7",
    ),
    Situation(
        name="healthy_hills",
        rows=r.of(r.hills, n=900),
        expected="fine",
        hidden="24 relu, 24 relu",
        train=ADAM | {"epochs": 80},
        forbidden=WELL,
        symptom="held_r2 > 0.9",
    ),
    Situation(
        name="weighted_classes",
        rows=r.of(r.rare, share=0.05, blur=0.6),
        expected="fine",
        acceptable="noise_ceiling",
        hidden="6 relu",
        train=ADAM | {"class_weights": "balanced", "epochs": 40},
        forbidden="no_signal bad_start too_small rate_too_high imbalance dead_units",
        symptom="recall_min > 0.6",
    ),
)
