"""One neuron or connection, with every number that makes it what it is."""
