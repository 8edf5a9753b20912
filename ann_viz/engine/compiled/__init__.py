"""Turbo: the steps of training compiled from C, on the same NumPy arrays and, but for rounding, with the same results.

NumPy stays the reference and does whatever is missing here: another precision, a function without a kernel, a machine
without the library. `choice` says which engine a run gets, `turbo.TurboTrainer` is the trainer.
"""
