"""What an output of ours carries beside its text: which widget it shows, and which module and sheet draw it."""

WIDGET = "application/vnd.jupyter.widget-view+json"
MODULE = "application/vnd.casework.module+json"
SHEET = "application/vnd.casework.sheet+json"
