"""Exercises: programs to mend and questions to answer, graded by our own check and run."""

from freehold.learn.model import Exercise, Grade, Point, Ungraded

__all__ = ["Exercise", "Grade", "Point", "Ungraded"]
