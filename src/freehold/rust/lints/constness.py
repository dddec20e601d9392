"""E0015: calls that cannot be made while the program is compiled.

Of what the program declares itself, and of methods of traits, which are never `const`. Functions of
std are not judged: ours are not `const` wherever rustc's are.
"""

from collections.abc import Iterator

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes_rust import CALL_IN_CONSTANT
from freehold.mir.body import Body
from freehold.mir.statements import Call
from freehold.mir.values import ItemConst
from freehold.rust.items import Constant, Function, Impl, Static, Trait
from freehold.types.generic import Definition, FnDefType


def calls_in_constant(body: Body, owner: Function | Constant | Static) -> Iterator[Diagnostic]:
    """Return the calls of a body that is run by the compiler which it cannot run."""
    if isinstance(owner, Function) and not owner.constant:
        return
    where = _where(owner)
    for block in body.blocks:
        match block.terminator:
            case Call(callee=ItemConst(FnDefType(definition)), span=span):
                what = _refused(definition)
                if what:
                    facts = {"what": f"{what} in {where}"}
                    yield Diagnostic(CALL_IN_CONSTANT, span, facts)
            case _:
                pass


def _where(owner: Function | Constant | Static) -> str:
    match owner:
        case Function():
            return "constant functions"
        case Static():
            return "statics"
        case Constant():
            return "constants"


def _refused(definition: Definition) -> str:
    """Return what is called, "" if the compiler may call it."""
    if not isinstance(definition, Function) or definition.constant or definition.intrinsic:
        return ""
    parent = definition.parent
    if isinstance(parent, Trait) or (isinstance(parent, Impl) and parent.of is not None):
        trait = parent if isinstance(parent, Trait) else parent.of
        assert trait is not None
        return f"cannot call non-const method `<_ as {trait.name}>::{definition.name}`"
    crate = definition.crate
    if crate is None or crate.standard or definition.foreign:
        return ""
    kind = "associated function" if isinstance(parent, Impl) else "function"
    return f"cannot call non-const {kind} `{definition.name}`"
