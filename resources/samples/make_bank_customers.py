"""Make bank_customers.csv: 10,000 invented customers of an invented bank, a fifth of whom leave it.

Whether a customer leaves depends on age, products, country and activity in ways that bend and interact, so that a
network with hidden layers finds clearly more than a straight line can. No row describes a real person.
Run `python make_bank_customers.py` to write the file anew; the result is always the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

N_ROWS = 10_000
SEED = 2019
HEADER = (
    "RowNumber,CustomerId,Surname,CreditScore,Geography,Gender,Age,Tenure,Balance,NumOfProducts,HasCrCard,"
    "IsActiveMember,EstimatedSalary,Exited"
)
COUNTRIES = ("France", "Germany", "Spain")
FIRST_SYLLABLES = ("Al", "Bar", "Cor", "Del", "Er", "Fal", "Gar", "Hol", "Il", "Jor", "Kel", "Lor", "Mar", "Nor")
MIDDLE_SYLLABLES = ("", "a", "be", "do", "li", "mo", "ra")
LAST_SYLLABLES = ("beck", "dini", "feld", "mont", "rez", "ton")


def surnames() -> list[str]:
    """Return the 588 invented names: every combination of the syllables."""
    return [a + b + c for a in FIRST_SYLLABLES for b in MIDDLE_SYLLABLES for c in LAST_SYLLABLES]


def customers(rng: np.random.Generator) -> dict[str, Any]:
    """Return what the bank knows of its customers, one array of N_ROWS per column."""
    geography = rng.choice(3, N_ROWS, p=(0.50, 0.25, 0.25))
    no_balance = np.where(geography == 1, 0.04, 0.467)  # hardly a German account is empty
    emptiest_first = np.argsort(rng.random(N_ROWS) / no_balance)
    balance = np.round(np.clip(rng.normal(119_000, 30_000, N_ROWS), 4_000, None), 2)
    balance[emptiest_first[: int(0.36 * N_ROWS)]] = 0.0
    products = np.where(
        balance > 0,
        rng.choice((1, 2, 3, 4), N_ROWS, p=(0.58, 0.37, 0.04, 0.01)),
        rng.choice((1, 2, 3, 4), N_ROWS, p=(0.36, 0.60, 0.035, 0.005)),
    )
    return {
        "customer": 15_500_000 + np.sort(rng.choice(400_000, N_ROWS, replace=False))[rng.permutation(N_ROWS)],
        "surname": rng.integers(len(surnames()), size=N_ROWS),
        "score": np.clip(rng.normal(650, 96, N_ROWS), 350, 850).astype(int),
        "geography": geography,
        "female": rng.random(N_ROWS) < 0.455,
        "age": np.clip(18 + rng.gamma(5.2, 4.1, N_ROWS), 18, 90).astype(int),
        "tenure": rng.integers(0, 11, N_ROWS),
        "balance": balance,
        "products": products,
        "card": (rng.random(N_ROWS) < 0.705).astype(int),
        "active": (rng.random(N_ROWS) < 0.515).astype(int),
        "salary": np.round(rng.uniform(500, 200_000, N_ROWS), 2),
    }


def leaving(c: dict[str, Any]) -> np.ndarray:
    """Return the probability that each customer leaves."""
    hump = np.exp(-(((c["age"] - 52) / 9.0) ** 2))
    inactive = 1 - c["active"]
    german = c["geography"] == 1
    logit = -3.9 + 2.65 * hump + 0.015 * (c["age"] - 39)
    logit += np.array([0.0, 0.75, -1.0, 2.3, 3.8])[c["products"]]
    logit += 0.75 * german + 0.5 * c["female"] + 0.55 * inactive
    logit += 1.1 * hump * inactive + 0.6 * german * (c["products"] == 1) + 0.4 * c["female"] * inactive
    logit += 0.35 * (c["balance"] > 0) - 0.001 * (c["score"] - 650) - 0.02 * (c["tenure"] - 5)
    return np.asarray(1 / (1 + np.exp(-logit)))


def text() -> str:
    """Return the whole file."""
    rng = np.random.default_rng(SEED)
    c = customers(rng)
    exited = (rng.random(N_ROWS) < leaving(c)).astype(int)
    names = surnames()
    lines = [HEADER]
    for i in range(N_ROWS):
        lines.append(
            f"{i + 1},{c['customer'][i]},{names[c['surname'][i]]},{c['score'][i]},{COUNTRIES[c['geography'][i]]},"
            f"{'Female' if c['female'][i] else 'Male'},{c['age'][i]},{c['tenure'][i]},{c['balance'][i]:.2f},"
            f"{c['products'][i]},{c['card'][i]},{c['active'][i]},{c['salary'][i]:.2f},{exited[i]}"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("bank_customers.csv").write_text(text(), encoding="utf-8", newline="\n")
