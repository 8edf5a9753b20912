"""What is tried against the program, by whoever wants to break it: see `attacks.registry`."""

from attacks import keeping, kills, models, projects, sizes, spreadsheets, stops, stores, streams
from attacks.registry import KINDS, Attack, Kind, kind, rng_of

__all__ = [
    "KINDS",
    "Attack",
    "Kind",
    "keeping",
    "kills",
    "kind",
    "models",
    "projects",
    "rng_of",
    "sizes",
    "spreadsheets",
    "stops",
    "stores",
    "streams",
]
