"""What an output of ours carries beside its text: which widget it shows, and which module and sheet draw it."""

from casework.scenario.outputs import VIEW

WIDGET = VIEW
MODULE = "application/vnd.casework.module+json"
SHEET = "application/vnd.casework.sheet+json"
