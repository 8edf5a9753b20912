"""Makes torch_trajectories.npz: 200 steps of each optimiser as PyTorch takes them, in float64.

Run by hand where torch is installed: ``python tests/engine/make_torch_trajectories.py``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

SIZES, ROWS, STEPS, EVERY, RATE = (5, 7, 3), 40, 200, 20, 0.01


def make(name: str, X: torch.Tensor, labels: torch.Tensor, start: list[np.ndarray]) -> np.ndarray:
    """Return the parameters after every 20th step, in the order W0, b0, W1, b1."""
    hidden, output = torch.nn.Linear(5, 7), torch.nn.Linear(7, 3)
    model = torch.nn.Sequential(hidden, torch.nn.Tanh(), output).double()
    with torch.no_grad():
        for layer, W, b in ((hidden, start[0], start[1]), (output, start[2], start[3])):
            layer.weight.copy_(torch.from_numpy(W.T))
            layer.bias.copy_(torch.from_numpy(b))
    parameters = list(model.parameters())
    optimizer = {
        "sgd": lambda: torch.optim.SGD(parameters, lr=RATE),
        "momentum": lambda: torch.optim.SGD(parameters, lr=RATE, momentum=0.9),
        "nesterov": lambda: torch.optim.SGD(parameters, lr=RATE, momentum=0.9, nesterov=True),
        "adagrad": lambda: torch.optim.Adagrad(parameters, lr=RATE),
        "rmsprop": lambda: torch.optim.RMSprop(parameters, lr=RATE),
        "adam": lambda: torch.optim.Adam(parameters, lr=RATE),
        "adamw": lambda: torch.optim.AdamW(
            [
                {"params": [hidden.weight, output.weight], "weight_decay": 0.05},
                {"params": [hidden.bias, output.bias], "weight_decay": 0.0},
            ],
            lr=RATE,
        ),
    }[name]()
    loss = torch.nn.CrossEntropyLoss()
    points = []
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        loss(model(X), labels).backward()
        optimizer.step()
        if step % EVERY == 0:
            arrays = [hidden.weight.T, hidden.bias, output.weight.T, output.bias]
            points.append(np.concatenate([array.detach().numpy().ravel() for array in arrays]))
    return np.array(points)


def main() -> None:
    """Write the file beside this script."""
    rng = np.random.default_rng(11)
    X = rng.standard_normal((ROWS, SIZES[0]))
    labels = rng.integers(0, SIZES[-1], ROWS)
    start = [rng.normal(0, 0.5, shape) for shape in ((5, 7), (7,), (7, 3), (3,))]
    result = {"X": X, "labels": labels, "start": np.concatenate([part.ravel() for part in start])}
    for name in ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"):
        result[name] = make(name, torch.from_numpy(X), torch.from_numpy(labels), start)
    np.savez_compressed(Path(__file__).with_suffix("").with_name("torch_trajectories.npz"), **result)


if __name__ == "__main__":
    main()
