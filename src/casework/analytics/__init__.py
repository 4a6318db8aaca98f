"""Tables for those who train and write."""
