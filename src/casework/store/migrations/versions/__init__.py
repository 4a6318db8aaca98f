"""The steps; `opening.REVISIONS` lists them in order."""
