"""Situations whose cause lies in the network: its start, its depth, its bends, its size."""

from __future__ import annotations

from functools import partial

from coach_cases import rows as r
from coach_cases.learning import ADAM, SGD
from coach_cases.situation import Situation

BLAMELESS = "no_signal fine overfit imbalance"

_symmetric_start = partial(
    Situation, expected="symmetric_start", acceptable="bad_start too_small", forbidden="no_signal fine rate_too_low"
)
_vanishing = partial(Situation, expected="vanishing", acceptable="rate_too_low")
_dead_units = partial(
    Situation,
    expected="dead_units",
    hidden=", ".join(["2 relu"] * 7),
    train=ADAM | {"epochs": 80},
    acceptable="bad_start",
    repair={"hidden": "8 tanh, 8 tanh"},
    symptom="const_output",
)
_no_nonlinearity = partial(Situation, expected="no_nonlinearity", train=ADAM, acceptable="too_small")
_saturated = partial(
    Situation, expected="saturated", forbidden="no_signal fine overfit too_small", symptom="train_bal < 0.85"
)

NETWORK = (
    _symmetric_start(
        name="all_zeros",
        rows=r.of(r.moons),
        hidden="8 tanh/zeros, 8 tanh/zeros",
        output_initializer="zeros",
        train=ADAM,
        repair={"hidden": "8 tanh, 8 tanh", "out_init": None},
        symptom="val_bal < 0.85",
    ),
    _symmetric_start(
        name="equal_relu_ring",
        rows=r.of(r.ring),
        hidden="8 relu/constant",
        output_initializer="constant",
        train=ADAM,
        repair={"hidden": "8 relu", "out_init": None},
        symptom="val_bal < 0.8",
    ),
    _symmetric_start(
        name="equal_tanh_wave",
        rows=r.of(r.wave),
        hidden="12 tanh/constant, 12 tanh/constant",
        output_initializer="constant",
        train=ADAM | {"epochs": 100},
        repair={"hidden": "12 tanh, 12 tanh", "out_init": None},
        symptom="train_r2 < 0.6",
    ),
    _vanishing(
        name="eight_sigmoid_layers",
        rows=r.of(r.ring),
        hidden=", ".join(["8 sigmoid"] * 7),
        train=SGD | {"epochs": 80},
        forbidden="no_signal too_small fine bad_start imbalance",
        repair={"hidden": "8 relu, 8 relu", "train": {"learning_rate": 0.1, "epochs": 100}},
        symptom="const_output",
    ),
    _vanishing(
        name="deep_sigmoid_prices",
        rows=r.of(r.houses),
        hidden=", ".join(["6 sigmoid"] * 6),
        train=SGD | {"learning_rate": 0.05},
        forbidden="no_signal too_small fine bad_start",
        repair={"hidden": "8 relu, 8 relu", "train": {"learning_rate": 0.02}},
        symptom="const_output",
    ),
    _vanishing(
        name="deep_sigmoid_classes",
        rows=r.of(r.blobs, k=4),
        hidden=", ".join(["10 sigmoid"] * 6),
        train=SGD | {"epochs": 60},
        forbidden="no_signal too_small fine bad_start",
        repair={"hidden": "10 relu, 10 relu"},
        symptom="train_bal < 0.5",
    ),
    _dead_units(
        name="relu_tower_of_two",
        rows=r.of(r.moons),
        forbidden=BLAMELESS + " rate_too_low",
    ),
    _dead_units(
        name="relu_tower_prices",
        rows=r.of(r.houses),
        forbidden="no_signal fine rate_too_low",
    ),
    Situation(
        name="two_neurons_for_checks",
        rows=r.of(r.checks, n=300),
        expected="bad_start",
        hidden="2 relu",
        train=ADAM | {"learning_rate": 0.02, "epochs": 150},
        acceptable="too_small dead_units",
        forbidden="no_signal fine overfit rate_too_low imbalance",
        repair={"hidden": "10 tanh"},
        symptom="0.55 < train_acc < 0.88",
    ),
    Situation(
        name="three_relu_for_ring",
        rows=r.of(r.ring, noise=0.05),
        expected="too_small",
        hidden="2 relu",
        train=ADAM | {"learning_rate": 0.02, "epochs": 120},
        acceptable="bad_start dead_units",
        forbidden="no_signal fine overfit",
        repair={"hidden": "12 relu"},
        symptom="train_bal < 0.85",
    ),
    _no_nonlinearity(
        name="no_hidden_layer_checks",
        rows=r.of(r.checks),
        hidden="",
        forbidden="no_signal bad_start fine rate_too_low imbalance overfit",
        repair={"hidden": "16 relu", "train": {"epochs": 120}},
        symptom="train_bal < 0.65",
    ),
    _no_nonlinearity(
        name="no_hidden_layer_hills",
        rows=r.of(r.hills),
        hidden="",
        forbidden="no_signal bad_start fine rate_too_low overfit",
        repair={"hidden": "24 relu", "train": {"epochs": 120}},
        symptom="train_r2 < 0.3",
    ),
    _no_nonlinearity(
        name="linear_layers_classes",
        rows=r.of(r.sectors, k=3),
        hidden="12 linear, 12 linear",
        forbidden="no_signal bad_start fine rate_too_low overfit",
        repair={"hidden": "24 relu, 24 relu", "train": {"epochs": 120}},
        symptom="train_bal < 0.6",
    ),
    Situation(
        name="one_neuron_spiral",
        rows=r.of(r.spiral),
        expected="too_small",
        hidden="1 tanh",
        train=ADAM | {"learning_rate": 0.02, "epochs": 100},
        forbidden="no_signal bad_start fine overfit rate_too_low",
        repair={"hidden": "24 tanh, 24 tanh", "train": {"epochs": 250}},
        symptom="train_bal < 0.9",
    ),
    Situation(
        name="three_neurons_six_kinds",
        rows=r.of(r.sectors, k=5, n=1000),
        expected="too_small",
        hidden="2 relu",
        train=ADAM | {"learning_rate": 0.02, "epochs": 120},
        acceptable="bad_start dead_units",
        forbidden="no_signal fine overfit rate_too_low",
        repair={"hidden": "32 relu, 32 relu", "train": {"learning_rate": 0.01}},
        symptom="train_bal < 0.7",
    ),
    Situation(
        name="two_neurons_four_waves",
        rows=r.of(r.wave, waves=4),
        expected="too_small",
        hidden="2 tanh",
        train=ADAM | {"learning_rate": 0.02, "epochs": 200},
        acceptable="bad_start stopped_early",
        forbidden="no_signal fine overfit",
        repair={"hidden": "32 tanh, 32 tanh", "train": {"epochs": 400}},
        symptom="train_r2 < 0.6",
    ),
    Situation(
        name="two_tanh_for_checks",
        rows=r.of(r.checks, n=400),
        expected="bad_start",
        hidden="2 tanh",
        train=ADAM | {"learning_rate": 0.03, "epochs": 150},
        acceptable="too_small",
        forbidden="no_signal fine overfit rate_too_low imbalance",
        repair={"hidden": "10 tanh"},
        symptom="0.55 < train_acc < 0.88",
    ),
    _saturated(
        name="driven_flat_then_slowed",
        rows=r.of(r.ring),
        hidden="8 tanh, 8 tanh",
        train=SGD
        | {"learning_rate": 60.0, "schedule": "step", "schedule_epochs": 2, "schedule_factor": 0.0005, "epochs": 60},
        acceptable="rate_too_high schedule_too_fast",
        repair={"train": {"learning_rate": 0.3, "schedule": "constant", "epochs": 120}},
    ),
    _saturated(
        name="sigmoids_driven_flat",
        rows=r.of(r.blobs, k=4),
        hidden="8 sigmoid, 8 sigmoid",
        train=SGD
        | {"learning_rate": 90.0, "schedule": "step", "schedule_epochs": 2, "schedule_factor": 0.0005, "epochs": 60},
        acceptable="rate_too_high schedule_too_fast vanishing",
        repair={"train": {"learning_rate": 1.0, "schedule": "constant", "epochs": 150}},
    ),
)
