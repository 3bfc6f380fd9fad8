"""An independent model: the plain program of docs/METHOD.md in cvxpy, to check the engine by."""
