"""Figures: the official numbers on human trafficking, one table a file, each row with its source."""
