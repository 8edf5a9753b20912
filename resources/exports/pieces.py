"""Functions that are copied, one by one and word for word, into the scripts that a model is written out as.

They are read by people who may see a neural network for the first time: no cleverness, and only NumPy.
"""

import csv
import re
import sys
from datetime import date, datetime

import numpy as np

MISSING, NUMBER, EPOCH, OTHER = (), re.compile(""), datetime(1970, 1, 1), "(any other)"
DTYPE, RATE, MOMENTUM, DECAY = np.float32, 0.01, 0.9, 0.0
ENCODING, LINES_BEFORE, HEADER_ROWS, PARTS, NAMES = "utf-8", 0, 1, "", ()


# Cells --------------------------------------------------------------------------------------------------------------
def known(value):
    """The value, or None where there is none: nothing, NaN, an empty text or a word such as NA."""
    if value is None or value != value or str(value).strip() in MISSING:
        return None
    return value.strip() if isinstance(value, str) else value


def number(value, absent=()):
    """A cell as a number, or None where it holds none: numbers end at 1e100."""
    value = known(value)
    if isinstance(value, str):
        value = float(value) if NUMBER.fullmatch(value) else None
    return None if value is None or value in absent or abs(value) >= 1e100 else float(value)


def written_number(value, decimal, thousands, absent=()):
    """A cell such as "€ 1.234,50", "(12)" or "5 kg" as a number, or None where it holds none."""
    value = known(value)
    if not isinstance(value, str):
        return number(value, absent)
    value = value.replace("\u2212", "-").replace("\uff0d", "-")
    minus = value.startswith("(") or value.strip("€$£¥ ").startswith("-") or value.endswith("-")
    value = value.replace(thousands or "\0", "").replace(decimal, ".")
    if NUMBER.fullmatch(value):
        return number(value, absent)
    digits = re.findall(r"\d+\.?\d*|\.\d+", value)
    return number(("-" if minus else "") + digits[0], absent) if len(digits) == 1 else None


def category(value, categories, spellings=None):
    """A cell as one of the categories; OTHER where it is none of them, None where it is missing."""
    if value is None or value != value:
        return None
    text = str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
    text = (spellings or {}).get(text, text)
    if text in categories:
        return text
    if text in MISSING or text == "":
        return None
    alike = [each for each in categories if each.casefold() == text.casefold()]
    return alike[0] if len(alike) == 1 else OTHER


def day(value, form=""):
    """A cell as a date and time, or None where it holds none; texts like 2024-01-31 or as in the table."""
    value = known(value)
    if isinstance(value, date):  # as datetime is
        return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    if value is None:
        return None
    for way in (form, "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(str(value), way)
        except ValueError:
            pass
    return None


def iso_day(value):
    """A cell as a date and time, or None where it is empty; write texts like 2024-01-31."""
    found = day(value)
    if found is None and known(value) is not None:
        raise ValueError(f"Write the date {value!r} like 2024-01-31.")
    return found


def plain_number(value, absent=()):
    """A number, or None where it is missing; the way it stands in the table is too much for this script."""
    found = number(value, absent)
    if found is None and known(value) is not None and known(value) not in absent:
        raise ValueError(f"Give {value!r} as a plain number.")
    return found


def letters(value):
    """How many letters a text has, or None where it is missing."""
    return None if known(value) is None else len(str(known(value)))


def words(value):
    """How many words a text has, or None where it is missing."""
    return None if known(value) is None else len(str(known(value)).split())


def days(moment):
    """Days since 1970."""
    return (moment - EPOCH).total_seconds() / 86400


def hour(moment):
    """The time of day in hours: 14.5 for half past two."""
    return moment.hour + moment.minute / 60 + moment.second / 3600


# Arithmetic on the way in -------------------------------------------------------------------------------------------
def log(x):
    """The logarithm of 1 + |x|, with the sign of x."""
    return np.sign(x) * np.log1p(abs(x))


def clip(x, most):
    """The number x, but never farther from 0 than that."""
    return max(-most, min(most, x))


def log_tails(x, start):
    """The number x; what is farther from 0 than the start counts from there by its logarithm."""
    return np.sign(x) * (min(abs(x), start) + np.log1p(max(abs(x) - start, 0.0)))


def soften(x, end):
    """The number x, drawn in the more the farther it is from 0: never beyond the end."""
    return x / np.sqrt(1 + (x / end) ** 2)


# Functions of neurons, and how steep they are -----------------------------------------------------------------------
def relu(z):
    """Lets through what is above 0."""
    return np.maximum(z, 0)


def relu_slope(z):
    return (z > 0).astype(z.dtype)


def leaky_relu(z):
    """Lets through what is above 0, and a hundredth of the rest."""
    return np.maximum(z, 0.01 * z)


def leaky_relu_slope(z):
    return np.where(z > 0, 1, 0.01).astype(z.dtype)


def elu(z):
    """Lets through what is above 0; below it never falls under -1."""
    return np.maximum(z, np.expm1(np.minimum(z, 0)))


def elu_slope(z):
    return np.exp(np.minimum(z, 0))


def gelu(z):
    """The sum times the chance that a normal number is below it (the usual approximation by tanh)."""
    return z * (0.5 + 0.5 * np.tanh(np.sqrt(2 / np.pi).astype(z.dtype) * (z + 0.044715 * z**3)))


def gelu_slope(z):
    scale = np.sqrt(2 / np.pi).astype(z.dtype)
    h = 0.5 + 0.5 * np.tanh(scale * (z + 0.044715 * z**3))
    return h + 2 * z * h * (1 - h) * scale * (1 + 3 * 0.044715 * z**2)


def silu(z):
    """The sum times its sigmoid."""
    return z * sigmoid(z)


def silu_slope(z):
    return sigmoid(z) * (1 + z * (1 - sigmoid(z)))


def tanh(z):
    """Squeezes the sum into -1 to 1."""
    return np.tanh(z)


def tanh_slope(z):
    return 1 - np.tanh(z) ** 2


def sigmoid(z):
    """Squeezes the sum into 0 to 1: 1 / (1 + e^-z), in a way that can't overflow."""
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def sigmoid_slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def softplus(z):
    """A smooth bend: ln(1 + e^z)."""
    return np.logaddexp(z, 0).astype(z.dtype)


def softplus_slope(z):
    return sigmoid(z)


def linear(z):
    """The sum as it is."""
    return z


def linear_slope(z):
    return np.ones_like(z)


def softmax(z):
    """Chances that add up to 1: e^z of every class, divided by the sum of all."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


# Losses, and their slopes over the last sums ------------------------------------------------------------------------
def binary_cross_entropy(z, y):
    """-y·ln(p) - (1 - y)·ln(1 - p), where p is the sigmoid of z."""
    return np.maximum(z, 0) - y * z + np.log1p(np.exp(-abs(z)))


def binary_cross_entropy_slope(z, y):
    return sigmoid(z) - y


def categorical_cross_entropy(z, y):
    """-ln(p) of the right class, where p is the softmax of z."""
    return -np.log((softmax(z) * y).sum(axis=1, keepdims=True))


def categorical_cross_entropy_slope(z, y):
    return softmax(z) - y


def mse(z, y):
    """The squared distance."""
    return (z - y) ** 2


def mse_slope(z, y):
    return 2 * (z - y)


def mae(z, y):
    """The distance."""
    return abs(z - y)


def mae_slope(z, y):
    return np.sign(z - y)


def huber(z, y):
    """Half the squared distance; from a distance of 1 on, the distance less a half."""
    distance = abs(z - y)
    return np.where(distance < 1, 0.5 * distance**2, distance - 0.5)


def huber_slope(z, y):
    return np.clip(z - y, -1, 1)


# Optimisers: each changes the weights w by their gradient g, and remembers in m and v -------------------------------
def sgd(w, g, m, v, step):
    """Plain gradient descent."""
    w -= RATE * g


def momentum(w, g, m, v, step):
    """Gradient descent that keeps rolling (Polyak 1964)."""
    m[:] = MOMENTUM * m + g
    w -= RATE * m


def nesterov(w, g, m, v, step):
    """The same, looking one step ahead (Nesterov 1983)."""
    m[:] = MOMENTUM * m + g
    w -= RATE * (MOMENTUM * m + g)


def adagrad(w, g, m, v, step):
    """Smaller steps for weights that moved much (Duchi et al. 2011)."""
    v[:] = v + g**2
    w -= RATE * g / (np.sqrt(v) + 1e-10)


def rmsprop(w, g, m, v, step):
    """The step divided by the usual size of the gradient (Tieleman & Hinton 2012)."""
    v[:] = 0.99 * v + 0.01 * g**2
    w -= RATE * g / (np.sqrt(v) + 1e-8)


def adam(w, g, m, v, step):
    """Momentum, divided by the usual size of the gradient (Kingma & Ba 2015)."""
    m[:] = 0.9 * m + 0.1 * g
    v[:] = 0.999 * v + 0.001 * g**2
    w -= RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)


def adamw(w, g, m, v, step):
    """Adam, after the weights have shrunk a little (Loshchilov & Hutter 2019)."""
    if w.ndim == 2:  # not the biases
        w *= 1 - RATE * DECAY
    m[:] = 0.9 * m + 0.1 * g
    v[:] = 0.999 * v + 0.001 * g**2
    w -= RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)


# The table ----------------------------------------------------------------------------------------------------------
def rows_of(path, part="T"):
    """The rows of the table in one part of it (T: to learn from), each as a dict by column name."""
    with open(path, encoding=ENCODING, newline="") as file:
        for _ in range(LINES_BEFORE):
            next(file)
        lines = [cells for cells in csv.reader(file, **DIALECT) if cells][HEADER_ROWS:]
    if len(lines) != len(PARTS):
        sys.exit(f"{path} has {len(lines)} rows. The network learned from a table of {len(PARTS)}.")
    chosen = [cells for cells, its_part in zip(lines, PARTS, strict=True) if its_part == part]
    return [dict(zip(NAMES, cells, strict=False)) for cells in chosen]


DIALECT = {"delimiter": ","}
