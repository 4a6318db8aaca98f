"""Serving casework: a Voilà application with a page of its own."""
