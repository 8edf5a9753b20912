"""Whoever works a printed formula out with a pocket calculator gets the printed result, to its last digit.

The calculator below knows nothing of the program but the names of functions: it takes the text of a line, reads it as a
person would, and reckons with fifty digits.
"""

from __future__ import annotations

import decimal
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final, get_args

import numpy as np
import pytest

from ann_viz.data import Dialect, Feature
from ann_viz.data.encoding.recipe import Scaling
from ann_viz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS, LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.explain import STEPS, BatchSeen, Names, RunProgress, Selected, Settings, Situation, follow, tell
from ann_viz.explain.encoding import how_encoded
from ann_viz.explain.expression import Minus, Number, Product, Quotient, Sum, ln, setting
from ann_viz.explain.judged_row import loss_formula, slope_formula
from ann_viz.explain.printed_formula import change, numbers_and_result, work_out
from ann_viz.explain.texts import Voice
from ann_viz.explain.update import explain_update
from ann_viz.numerals import use_marks
from ann_viz.session import Session
from ann_viz.session.explaining import situation_of
from ann_viz.session.samples import find_sample, open_sample

VOICES: Final = get_args(Voice)

# The pocket calculator ------------------------------------------------------------------------------------------------
PAPER: Final = decimal.Context(prec=50, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN, traps=[])
RAISED: Final = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN: Final = r"\d[\d,]*(?:\.\d+)?"
NUMBER: Final = rf"(?:{PLAIN}·)?10[{RAISED}]+(?![\d.])|{PLAIN}"
TOKEN: Final = re.compile(rf"\s*({NUMBER}|Leaky ReLU|[A-Za-z]+|[−+·/^²√|()\[\]])")
NOTE: Final = re.compile(r" \((?:bias|class weight|dropout|[\d,]+ more|[\d,]+ terms? (?:is|are) 0)\)")
CIRCLE: Final = re.compile(r"(\d+)/(\d+) of a circle: sin ([−+]\d\.\d\d), cos ([−+]\d\.\d\d)")


class NotReckonedError(Exception):
    """There are letters in it that stand for numbers."""


def number(text: str) -> tuple[Decimal, Decimal]:
    """A printed number, and half of its last digit."""
    found = re.fullmatch(rf"([−+]?)(?:({PLAIN})·10([{RAISED}]+)|10([{RAISED}]+)|({PLAIN}))", text)
    assert found, f"{text!r} is no number"
    sign, mantissa, power, ten, plain = found.groups()
    digits = (mantissa or plain or "1").replace(",", "")
    e = int("".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".find(c)) if c != "⁻" else "-" for c in power or ten or "⁰"))
    value = Decimal(f"{'-' if sign == '−' else ''}{digits}e{e}")
    return value, Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)


def _exp(z: Decimal) -> Decimal:
    return PAPER.exp(z)


def _sigmoid(z: Decimal) -> Decimal:
    return PAPER.divide(Decimal(1), 1 + _exp(-z))


def _tanh(z: Decimal) -> Decimal:
    return 2 * _sigmoid(2 * z) - 1


def _gelu(z: Decimal) -> Decimal:
    return z * (1 + _tanh(PAPER.sqrt(2 / Decimal(math.pi)) * (z + Decimal("0.044715") * z**3))) / 2


FUNCTIONS: Final[dict[str, Callable[[Decimal], Decimal]]] = {
    "ReLU": lambda z: max(z, Decimal(0)),
    "Leaky ReLU": lambda z: z if z > 0 else z / 100,
    "ELU": lambda z: z if z > 0 else _exp(z) - 1,
    "GELU": _gelu,
    "SiLU": lambda z: z * _sigmoid(z),
    "tanh": _tanh,
    "Sigmoid": _sigmoid,
    "Softplus": lambda z: max(z, Decimal(0)) + PAPER.ln(1 + _exp(-abs(z))),
    "Linear": lambda z: z,
    "ln": PAPER.ln,
    "sign": lambda z: Decimal((z > 0) - (z < 0)),
}


class Calculator:
    """Reads one side of a formula from the left to the right."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        place = 0
        text = text.rstrip()
        while place < len(text):
            found = TOKEN.match(text, place)
            if found is None:
                raise NotReckonedError(text)
            self.tokens.append(found[1])
            place = found.end()

    def value(self) -> Decimal:
        """Work all of it out."""
        with decimal.localcontext(PAPER):
            total = self.sum()
        if self.tokens:
            raise NotReckonedError(self.tokens[0])
        return total

    def _next(self, *wanted: str) -> str:
        if not self.tokens or (wanted and self.tokens[0] not in wanted):
            raise NotReckonedError(str(self.tokens[:1]))
        return self.tokens.pop(0)

    def _is(self, *wanted: str) -> bool:
        return bool(self.tokens) and self.tokens[0] in wanted

    def sum(self) -> Decimal:
        """Products with signs between them."""
        total = self.product()
        while self._is("+", "−"):
            total = total + self.product() if self._next() == "+" else total - self.product()
        return total

    def product(self) -> Decimal:
        """Factors, from the left to the right."""
        if self._is("−"):
            self._next()
            return -self.product()
        result = self.power()
        while self._is("·", "/"):
            result = result * self.power() if self._next() == "·" else result / self.power()
        return result

    def power(self) -> Decimal:
        """Something, perhaps squared."""
        base = self.atom()
        if self._is("²"):
            self._next()
            return base * base
        if self._is("^"):
            self._next()
            return base ** int(self._next())
        return base

    def atom(self) -> Decimal:
        """A number, a bracket, a function of a bracket, a root or a power of e."""
        token = self._next()
        if re.fullmatch(NUMBER, token):
            return number(token)[0]
        if token in ("(", "[", "|"):
            inside = self.sum()
            self._next({"(": ")", "[": "]", "|": "|"}[token])
            return abs(inside) if token == "|" else inside
        if token == "√":
            return PAPER.sqrt(self.atom())
        if token == "e":
            self._next("^")
            sign = -1 if self._is("−") and self._next() else 1
            return _exp(sign * self.atom())
        if token in FUNCTIONS:
            self._next("(")
            inside = self.sum()
            self._next(")")
            return FUNCTIONS[token](inside)
        raise NotReckonedError(token)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2·(−3)", "-5"), ("−2·3 − 1", "-7"), ("8 / 4·2", "4"), ("[ 1 − 3 ]²", "4"), ("|1 − 3| − 0.5", "1.5"),
        ("2.5·10⁻³·2", "0.005"), ("1 / (1 + 10⁻¹)", "0.90909090909"), ("√0.25 + 10⁻⁸", "0.50000001"), ("e^−0", "1"),
        ("−ln(1)", "0"), ("ReLU(−3)", "0"), ("1,234.5·2", "2469"), ("1 − 0.9^3", "0.271"), ("sign(0.1 − 0.3)", "-1"),
    ],
)  # fmt: skip
def test_the_calculator_reckons(text: str, value: str) -> None:
    """It is only worth something if it is right itself."""
    assert float(Calculator(text).value()) == pytest.approx(float(value))


@pytest.mark.parametrize("text", ["ŷ − y", "−η·g", "δ·x", "0.5·w"])
def test_the_calculator_knows_no_symbols(text: str) -> None:
    """Letters that stand for numbers are left to the reader."""
    with pytest.raises(NotReckonedError):
        Calculator(text).value()


class Checked:
    """Counts the formulas that were worked out, and those that only state a number."""

    def __init__(self) -> None:
        self.formulas = 0
        self.stated: set[str] = set()
        self.wrong: list[str] = []

    def line(self, text: str) -> None:
        """Work out every side of a formula that consists of numbers, and compare it with what stands at its end."""
        text = NOTE.sub("", text.partition("  →")[0].partition("  (")[0].rpartition("→ ")[2])
        assert "-" not in text, f"{text}: a minus is longer"
        *sides, end = text.removeprefix("w ← ").split(" = ")
        if not sides or "of a circle" in text:
            return
        result, half = number(end)
        n_worked = 0
        for side in sides:
            try:
                value = Calculator(side).value()
            except NotReckonedError:
                continue
            n_worked += 1
            if not abs(value - result) <= half:
                self.wrong.append(f"{text}: {value:.12g}")
        self.formulas += n_worked
        if not n_worked:
            self.stated.add(sides[-1])


@pytest.fixture
def checked() -> Iterator[Checked]:
    """Everything that a test has worked out: nothing of it may be wrong. How many that were is shown with ``-rP``."""
    checked = Checked()
    yield checked
    print(f"{checked.formulas} formulas worked out, {len(checked.wrong)} wrong")
    assert checked.formulas
    assert checked.wrong == []


# One row --------------------------------------------------------------------------------------------------------------
CASES: Final = [(loss.name, activation) for loss in LOSSES.values() for activation in ACTIVATIONS]
SCALES: Final = (0.02, 1.0, 8.0, 1e3)  # of the weights: tiny sums, usual ones, sure answers, endless powers
PRICES: Final = (336_749.5, 126_958.2)  # mean and spread of a predicted number
RATES: Final = (0.01, 0.0037281923, 1.0)


def situations(loss: str, activation: str, *, n_classes: int = 8) -> Iterator[Situation]:
    """Rows followed through networks of all sizes of weights, with every kind of thing selected."""
    rng = np.random.default_rng(len(loss) + len(activation))
    task = LOSSES[loss].task
    n_outputs = n_classes if task == "multiclass" else 1
    hidden = tuple(LayerConfig(neurons=n, activation=activation) for n in (7, 5))
    config = NetworkConfig(n_inputs=6, n_outputs=n_outputs, hidden=hidden, task=task, loss=loss)
    for scale, rate in zip(SCALES, (*RATES, 0.01), strict=True):
        network = Network(replace(config, seed=int(rng.integers(1000))))
        network.params[:] = (network.params + rng.normal(size=network.params.size) * 0.2) * scale
        x = rng.normal(size=6).astype(np.float32)
        x[2:4] = 0.0, 1.0
        y = {"binary": rng.integers(2, size=1), "multiclass": np.eye(n_outputs)[rng.integers(n_outputs)]}
        special = scale == SCALES[1]
        row = follow(
            network,
            x,
            np.asarray(y.get(task, rng.normal(size=1)), dtype=np.float32),
            weight=2.4537 if special and task != "regression" else 1.0,
            masks=tuple((rng.random(n) > 0.3) / np.float32(0.7) for n in (7, 5)) if special else (),
        )
        names = Names(
            row="row 3", target="price", inputs=tuple("abcdef"), outputs=tuple(f"class {n}" for n in range(n_outputs)),
            answer="B 40 %", truth="B", certainty="40 %", right=None if task == "regression" else True,
        )  # fmt: skip
        progress = RunProgress(
            epoch=4, epochs=200, n_train=700, learning_rate=rate, optimizer="SGD", batch_size=32, first_loss=0.7,
            loss=0.4, best_loss=0.4, best_epoch=3, weights="epoch 4",
        )  # fmt: skip
        told = Situation(
            network=network, row=row, facts=(), names=names, progress=progress,
            target_scale=PRICES if task == "regression" else (0.0, 1.0),
        )  # fmt: skip
        yield told
        masks = tuple(np.where(np.arange(layer.neurons) % 3 == 2, 0.0, 1 / 0.7) for layer in hidden)
        masked = follow(network, x, row.y, weight=1.8321 if task != "regression" else 1.0, masks=masks)
        batch = BatchSeen(n_rows=32, place=6, is_over=True, mean=0.0123 * scale, before=0.4871 * scale)
        yield replace(
            told, row=masked, settings=Settings(dropout=0.3), batch=batch, selected=Selected(column=1, index=1)
        )
        for column, index, source in ((1, 2, None), (2, 1, 4), (3, 0, None), (3, n_outputs - 1, 2), (1, 0, 3)):
            yield replace(told, selected=Selected(column=column, index=index, source=source))


@pytest.mark.parametrize(("loss", "activation"), CASES)
def test_every_formula_of_a_row_follows(checked: Checked, loss: str, activation: str) -> None:
    """Sums, answers, losses, slopes, blame, gradients and steps: both voices, all steps, whatever is selected."""
    for situation in situations(loss, activation):
        for step in range(1, STEPS + 1):
            for voice in VOICES:
                for line in tell(step, situation, voice).lines:
                    checked.line(line.text)
    differences = {"L = −ln(ŷ)", "−ln(ŷ)", "−ln(1 − ŷ)", "ŷ − y", "k·(−ln(ŷ))", "k·(−ln(1 − ŷ))", "k·(ŷ − y)"}
    assert checked.stated <= {"∂L/∂w"} | differences, "only what is known, and differences too small to be read"


@pytest.mark.parametrize(("loss", "activation"), CASES)
def test_the_results_are_the_engines(loss: str, activation: str) -> None:
    """With the weight of a class and with dropout: loss, slope, activation and blame are what the engine has."""
    for told in situations(loss, activation):
        row, n = told.row, len(told.row.y)
        if told.selected is None or told.selected.source is not None or not row.masks:
            continue
        results = {line.label: last_number(line.text) for step in (2, 3, 4) for line in tell(step, told, "plain").lines}
        k = int(np.argmax(row.y)) if n > 1 else 0
        if told.selected.column == 3:
            assert results["its slope" if k == 0 else "slope of class 0"] == pytest.approx(row.delta[-1][0], abs=6e-4)
            continue
        layer, j = told.selected.column - 1, told.selected.index
        assert results["passes on"] == pytest.approx(row.A[layer + 1][j], rel=0.03, abs=0.006)
        assert results[f"layer {layer + 1}, neuron {j + 1}"] == pytest.approx(row.delta[layer][j], rel=0.03, abs=6e-4)


def last_number(text: str) -> float:
    """The result of a line."""
    return float(number(text.partition("  →")[0].rpartition("= ")[2])[0]) if "= " in text else math.nan


# One step of the optimiser --------------------------------------------------------------------------------------------
PENALTIES: Final = ({}, {"l2": 0.03}, {"l1": 0.02}, {"clip_norm": 0.05}, {"l1": 0.02, "l2": 0.03, "clip_norm": 0.05})
SETTINGS: Final = (
    *PENALTIES,
    {"class_weights": "balanced"},
    *({"schedule": schedule, "epochs": 40, "schedule_epochs": 2} for schedule in ("cosine", "step", "plateau")),
)


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_step_of_an_optimiser_follows(checked: Checked, name: Any, settings: dict[str, Any]) -> None:
    """Averages, corrections, decay and the new weight, with every penalty, schedule and weight of classes."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 3)).astype(np.float32)
    Y = (X[:, :1] + 0.4 * X[:, 1:2] > 0.5).astype(np.float32)
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=4, activation="tanh"),)))
    config = TrainConfig(optimizer=name, learning_rate=0.02, batch_size=8, **settings)
    trainer = Trainer(network, X, Y, config=config)
    for _ in range(12):
        for phase in trainer.phases():
            if phase.kind == "backward" and phase.layer == 0:
                for place in ((0, 0, 1), (0, 2, 3), (1, 1, 0), (1, 4, 0)):
                    parameter = trainer.parameter_state(*place)
                    assert parameter is not None
                    for line in explain_update(config, parameter).lines:
                        checked.line(line.text)
    assert checked.stated <= {"∂L/∂w"}, "what comes from the way back, and nothing else"


# A cell of the file ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scaling", get_args(Scaling))
@pytest.mark.parametrize("size", [1e-6, 0.01, 1.0, 250.0, 3e7, 1e13])
def test_every_way_from_a_cell_to_an_input_follows(checked: Checked, scaling: Scaling, size: float) -> None:
    """Numbers small and large, in every scaling, with centres on both sides of zero."""
    rng = np.random.default_rng(3)
    for cell, centre, spread in rng.normal(size=(60, 3)):
        number, mean, std = cell * size, centre * size, (abs(spread) + 0.01) * size
        if scaling == "log":
            mean, std = float(centre), abs(float(spread)) + 0.01
        feature = Feature(column="x", kind="number", inputs=("x",), mean=mean, std=std, scaling=scaling)
        spans = how_encoded(feature, f"{number:.10g}", (0.5,), Dialect())
        checked.line("".join(span.text for span in spans))


@pytest.mark.parametrize("scaling", get_args(Scaling))
def test_every_part_of_a_date_follows(checked: Checked, scaling: Scaling) -> None:
    """Years and days are scaled; a month, a weekday and an hour are points of a circle."""
    parts = ("year", "month", "weekday", "hour", "days")
    scales = ((2016.4, 2.1), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), (16_800.2, 790.5))
    if scaling == "log":
        scales = ((7.609, 0.001), *scales[1:4], (9.72, 0.05))
    feature = Feature(
        column="x", kind="date", inputs=("x",) * 8, parts=parts, part_scales=scales, scaling=scaling,
        form="%Y-%m-%d %H:%M",
    )  # fmt: skip
    for cell in ("2021-07-20 14:20", "2013-01-01 00:00", "2019-12-31 23:45", "2016-02-29 06:15"):
        text = "".join(span.text for span in how_encoded(feature, cell, (0.1,) * 8, Dialect()))
        for steps, all_steps, sine, cosine in CIRCLE.findall(text):
            turn = 2 * math.pi * int(steps) / int(all_steps)
            for printed, value in ((sine, math.sin(turn)), (cosine, math.cos(turn))):
                checked.formulas += 1
                assert abs(float(number(printed)[0]) - value) <= 0.005 + 1e-9
        for piece in text.split(" · "):
            checked.line(piece.removeprefix("year ").replace("→ year ", "→ ").removeprefix("days since 1970 "))


def test_a_date_is_read_as_people_say_it() -> None:
    """The day in words, months and weekdays by their names, and no dust of the sine where it is 0."""
    feature = Feature(
        column="x", kind="date", inputs=("x",) * 5, parts=("year", "month", "weekday"), form="%d.%m.%y",
        part_scales=((2021.0, 2.0), (0.0, 1.0), (0.0, 1.0)), fill=18_828.0,
    )  # fmt: skip
    told = "".join(span.text for span in how_encoded(feature, "20.07.21", (0.0, 1.2e-16, -1.0, 0.8, 0.6), Dialect()))
    assert told == (
        "20.07.21 → 20 July 2021 → year (2021 − 2021) / 2 = 0 · July, 6/12 of a circle: sin +0.00, cos −1.00"
        " · Tuesday, 1/7 of a circle: sin +0.78, cos +0.62"
    )
    filled = "".join(span.text for span in how_encoded(feature, None, (0.0,) * 5, Dialect()))
    assert filled.startswith("empty → taken as 20 July 2021 → year (")


def test_a_time_of_day_is_on_no_day() -> None:
    """Nothing stands between the cell and its place on the circle, in seconds where it is no whole hour."""
    feature = Feature(
        column="x", kind="date", inputs=("x", "x"), parts=("hour",), form="%H:%M", part_scales=((0.0, 1.0),)
    )
    told = "".join(span.text for span in how_encoded(feature, "06:30", (0.99, -0.13), Dialect()))
    assert told == "06:30 → 06:30, 23400/86400 of a circle: sin +0.99, cos −0.13"


def test_numbers_that_stand_apart_follow_as_well() -> None:
    """Where no formula has room the numbers have the digits of one, two decimals at least."""
    assert numbers_and_result(Sum((Number(0.044), Number(0.084)))) == ("0.044", "0.084", "0.13")
    assert numbers_and_result(Product((Number(0.5), Number(0.0)))) == ("0.50", "0.00", "0.00")


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_several_numbers_are_averaged(checked: Checked, loss: Any) -> None:
    """Two outputs count half each, in the loss and in the slope."""
    config = NetworkConfig(n_inputs=2, n_outputs=2, hidden=(), task="regression", loss=loss, dtype="float64")
    network = Network(config)
    row = follow(network, np.array([0.3, -1.7]), np.array([0.2, 1.9]))
    told = replace(next(situations(loss, "tanh")), network=network, row=row)
    cost, slope = loss_formula(told), slope_formula(told, 1)
    assert float(cost.result) == pytest.approx(row.loss, abs=6e-4)
    assert float(slope.result) == pytest.approx(row.delta[-1][1], abs=6e-4)
    for each in (cost, slope):
        checked.line("".join(span.text for span in each.spans))


# The choice of digits -------------------------------------------------------------------------------------------------
def printed(lead: str, expression: Any, **how: Any) -> str:
    return "".join(span.text for span in work_out(lead, expression, **how).spans)


def test_the_examples_of_before() -> None:
    """Each of these was printed with a result that its own numbers did not give."""
    assert printed("L", Minus(ln(Number(0.1056))), decimals=3) == "L = −ln(0.1056) = 2.248"
    price = Sum((Product((Number(0.183664), Number(126_958.2))), Number(336_749.5)))
    assert printed("ŷ", price, decimals=0) == "ŷ = 0.18366·126,958 + 336,750 = 360,067"


def test_numbers_get_more_digits_only_where_they_move_the_result() -> None:
    """The large factor makes the digits of the other one count, not its own."""
    product = Product((Number(0.123456), Number(40.123)))
    assert printed("y", product) == "y = 0.1235·40.12 = 4.95"
    assert printed("y", Product((Number(0.5), Number(2.0)))) == "y = 0.5·2 = 1", "what is exact shows no noughts"


def test_a_result_close_to_where_rounding_turns_gets_one_more_digit() -> None:
    """Or its numbers would need six of them to show on which side it lies."""
    assert printed("y", Sum((Number(0.12001), Number(0.00498)))) == "y = 0.12 + 0.0050 = 0.125"
    assert printed("y", Quotient(Number(1.0), Number(8.0))) == "y = 1 / 8 = 0.125", "and in the middle as well"


@pytest.mark.parametrize(
    ("before", "after", "texts"),
    [
        (0.5, 0.25, ("0.500", "0.250", "−0.250")),
        (0.464134, 0.464117, ("0.464134", "0.464117", "−1.7·10⁻⁵")),
        (0.4123, 0.4127, ("0.4123", "0.4127", "+0.0004")),
        (0.3, 0.3, ("0.300", "0.300", "0.000")),
    ],
)
def test_a_change_follows_from_what_was_and_what_is(before: float, after: float, texts: tuple[str, str, str]) -> None:
    """As many digits as show it."""
    assert change(before, after) == texts


def test_endless_numbers_are_no_error() -> None:
    """Nothing divided by nothing is a dash, and what is larger than any number is endless."""
    assert printed("y", Quotient(Number(0.0), Number(0.0))) == "y = 0 / 0 = –"
    assert printed("y", Sum((Number(math.inf), Number(1.0)))) == "y = ∞ + 1 = ∞"
    assert printed("y", Minus(Number(-math.inf))) == "y = −(−∞) = ∞"
    assert printed("y", Quotient(Number(1.0), Number(math.inf, digits=3))) == "y = 1 / ∞ = 0"


def test_settings_are_written_in_full_and_rates_of_a_schedule_rounded() -> None:
    """0.05 is 0.05; what a cosine made of it has as many digits as are needed."""
    assert printed("y", Product((setting(0.05), Number(0.2)))) == "y = 0.05·0.2 = 0.01"
    assert printed("y", Product((setting(0.0372819234), Number(10.0)))) == "y = 0.0373·10 = 0.37"


def test_the_marks_of_the_reader_are_used() -> None:
    """A German reads a comma, and types it."""
    use_marks(",", ".")
    try:
        assert printed("y", Product((Number(0.5), Number(-12_345.25)))) == "y = 0,5·(−12.345,25) = −6.172,625"
    finally:
        use_marks()


# The program's own data -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("file", ["bank_customers.csv", "iris.csv", "house_prices.csv", "digits.csv"])
def test_every_formula_of_a_sample_follows(checked: Checked, file: str) -> None:
    """With the samples' own numbers, before and after training, in both voices."""
    found = find_sample(file)
    assert found is not None
    dataset = open_sample(found)
    session = Session()
    session.open(dataset)
    for _ in range(2):
        for row in (0, 7, 41):
            session.set_example(row)
            situation = situation_of(session)
            assert situation is not None
            for chosen in (None, Selected(column=1, index=1), Selected(column=1, index=2, source=3)):
                for step in range(1, STEPS + 1):
                    for voice in VOICES:
                        for line in tell(step, replace(situation, selected=chosen), voice).lines:
                            checked.line(line.text)
        for _ in range(20):
            session.step("batch")
    session.close()
    dataset.table.close()
