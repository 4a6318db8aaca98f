"""The screens: they draw a view and report what was pressed, and decide nothing."""
