"""Figures by hour and site: the hours, their zone, and the grid they fill."""
