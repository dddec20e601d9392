"""Dataflow over MIR: points, bit sets, forward and backward problems, liveness.

Sets are Python integers, bit n standing for item number n; a join is `|`.
"""

from freehold.dataflow.points import Graph, Point
from freehold.dataflow.solver import Effect, ForwardProblem, solve_backward, solve_forward

__all__ = ["Effect", "ForwardProblem", "Graph", "Point", "solve_backward", "solve_forward"]
