"""The left column: data, network and hyperparameters as cards."""
