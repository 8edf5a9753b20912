"""How good the answers of a network are, where and why: figures for the charts of the window."""
