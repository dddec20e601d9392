"""Traits: what implements them, what associated types are, methods, coercions.

Stands upon `rust.infer`. A `World` is one program's; a `Solver` answers in the environment of one
body; a `Fulfilment` keeps that body's obligations. It knows nothing of expressions.
"""

from freehold.rust.traits.answers import answers
from freehold.rust.traits.autoderef import Step, autoderef, deref_once
from freehold.rust.traits.bodies import normalized_env, param_env
from freehold.rust.traits.closures import Deduced, deduce
from freehold.rust.traits.coerce import Coerced, Joined, coerce, join
from freehold.rust.traits.confirm import Method, Value, confirm, confirm_path
from freehold.rust.traits.env import ParamEnv
from freehold.rust.traits.fulfil import Failure, Fulfilment, Obligation, Unfulfilled
from freehold.rust.traits.goals import Cause, ItemBound, Noted, Outcome, Plain, Stuck, WellFormed
from freehold.rust.traits.instance import Instance, Instances, Shim
from freehold.rust.traits.probe import (
    Ambiguous,
    NoMethod,
    Pick,
    Private,
    Scope,
    Unknown,
    probe,
    probe_path,
)
from freehold.rust.traits.solver import ClosureFacts, Solver
from freehold.rust.traits.world import World

__all__ = [
    "Ambiguous",
    "Cause",
    "ClosureFacts",
    "Coerced",
    "Deduced",
    "Failure",
    "Fulfilment",
    "Instance",
    "Instances",
    "ItemBound",
    "Joined",
    "Method",
    "NoMethod",
    "Noted",
    "Obligation",
    "Outcome",
    "ParamEnv",
    "Pick",
    "Plain",
    "Private",
    "Scope",
    "Shim",
    "Solver",
    "Step",
    "Stuck",
    "Unfulfilled",
    "Unknown",
    "Value",
    "WellFormed",
    "World",
    "answers",
    "autoderef",
    "coerce",
    "confirm",
    "confirm_path",
    "deduce",
    "deref_once",
    "join",
    "normalized_env",
    "param_env",
    "probe",
    "probe_path",
]
