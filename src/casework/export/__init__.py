"""The ways out: what leaves casework for paper and for other systems."""
