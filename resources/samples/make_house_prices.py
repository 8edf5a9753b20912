"""Make house_prices.csv: 1,500 invented houses in an invented town and what each was sold for.

The price bends: being near the centre counts for more in a large house, and both new and very old houses are dear.
Run `python make_house_prices.py` to write the file anew; the result is always the same.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

N_ROWS = 1500
SEED = 2019
HEADER = "area_m2,rooms,age_years,distance_to_centre_km,garden,district,heating,price"
DISTRICTS = ("Old Town", "Riverside", "Hillside", "Station")
HEATINGS = ("gas", "heat pump", "oil")


def text() -> str:
    """Return the whole file."""
    rng = np.random.default_rng(SEED)
    district = rng.choice(4, N_ROWS, p=(0.2, 0.25, 0.25, 0.3))
    area = np.clip(rng.gamma(9, 13, N_ROWS), 28, 320).astype(int)
    rooms = np.clip(np.round(area / 27 + rng.normal(0, 0.7, N_ROWS)), 1, 10).astype(int)
    age = np.clip(rng.gamma(1.6, 25, N_ROWS) + 60 * (district == 0), 0, 160).astype(int)
    distance = np.round(np.array([0.3, 1.5, 4.0, 2.0])[district] + rng.gamma(2, 0.8, N_ROWS), 1)
    garden = rng.random(N_ROWS) < np.clip(0.15 + 0.09 * distance, 0, 0.9)
    heating = np.where(age < 15, rng.choice(3, N_ROWS, p=(0.3, 0.68, 0.02)), rng.choice(3, N_ROWS, p=(0.6, 0.12, 0.28)))

    per_m2 = 2300 + 2600 * np.exp(-distance / 2.5) + np.array([250, 500, 150, -250])[district]
    per_m2 *= 1 - 0.32 * np.sin(np.pi * np.clip(age, 0, 120) / 120)  # cheapest at sixty years
    price = per_m2 * area**0.95 * 1.25 + 6000 * rooms + 28_000 * garden * (1 + (district == 0))
    price += np.array([0, 16_000, -14_000])[heating]
    price = np.round(price * np.exp(rng.normal(0, 0.07, N_ROWS)), -2).astype(int)

    lines = [HEADER]
    for i in range(N_ROWS):
        lines.append(
            f"{area[i]},{rooms[i]},{age[i]},{distance[i]:.1f},{'yes' if garden[i] else 'no'},"
            f"{DISTRICTS[district[i]]},{HEATINGS[heating[i]]},{price[i]}"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("house_prices.csv").write_text(text(), encoding="utf-8", newline="\n")
