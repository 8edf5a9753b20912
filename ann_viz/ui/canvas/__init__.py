"""The living picture of the network, with the bar above and the legend below it."""
