"""Kernels that are forked from one process which has already loaded, and once played, all that a trainee needs.

`provisioner` is what Jupyter sees; `nursery` keeps the template process and asks it for kernels; `template` is that
process; `kernel` is what runs in it and, after a fork, in each child.
"""
