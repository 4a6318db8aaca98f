"""Cards: what a professional may see or hear in a person, and how to talk with one."""
