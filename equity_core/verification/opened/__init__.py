"""Exports read back: what a file is by its content, what it states of its making, what it holds.

Written for files that anybody may have changed, and run where such files are opened
(equity_core.inputs.outside): bytes become plain text with bounds, nothing is looked up elsewhere.
"""
