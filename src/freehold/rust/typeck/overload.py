"""Methods of lang-item traits that syntax stands for: operators, indexing, calls."""

from freehold.records import dataclass
from freehold.rust.infer import instantiate_signature
from freehold.rust.items import Function
from freehold.rust.traits.goals import Outcome
from freehold.rust.typeck.checker import Checker
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import GenericArg, Signature, TraitRef


@dataclass(frozen=True, slots=True)
class Method:
    """A trait's method with the trait's arguments; `signature` is opened and normalised."""

    function: Function
    arguments: tuple[GenericArg, ...]
    signature: Signature


def lang_method(
    cx: Checker, lang: str, name: str, arguments: tuple[Type, ...], span: Span
) -> Method | None:
    """Return method `name` of the trait `lang` for `arguments`, Self first, and require the trait.

    None if the trait certainly does not hold.
    """
    trait = cx.solver.world.lang_trait(lang)
    if trait is None:
        cx.unsupported(span, f"the lang item `{lang}`")
        return None
    if cx.solver.holds(TraitRef(trait, arguments)) is Outcome.NO:
        return None
    cx.fulfilment.require_trait(trait, arguments, span)
    function = trait.items[name]
    assert isinstance(function, Function)
    return method_of(cx, function, arguments, span)


def method_of(
    cx: Checker, function: Function, arguments: tuple[GenericArg, ...], span: Span
) -> Method:
    """Return a function with arguments and the signature that it then has."""
    assert function.signature is not None
    opened = instantiate_signature(function.signature, arguments)
    return Method(function, arguments, normalised(cx, opened, span))


def normalised(cx: Checker, signature: Signature, span: Span) -> Signature:
    """Return a signature with its projections replaced."""
    return Signature(
        tuple(cx.normalise(each, span) for each in signature.inputs),
        cx.normalise(signature.output, span),
        signature.bound,
        signature.unsafe,
        signature.variadic,
        signature.abi,
    )
