"""Generic arguments: what was written, defaults, what is left to inference; E0107 and its like."""

from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.collect.regions import Meant
from freehold.rust.items import (
    AssociatedType,
    Constructor,
    Function,
    Generics,
    Impl,
    Item,
    Parameter,
    ParameterKind,
    Resolution,
    Struct,
    Trait,
)
from freehold.rust.resolve.bodies import names_constant
from freehold.rust.resolve.scopes import GenericScope, head
from freehold.rust.resolve.wants import Want
from freehold.source import Span
from freehold.types import TupleType, Type
from freehold.types.fold import Substitute
from freehold.types.generic import (
    ERROR,
    ERROR_REGION,
    STATIC,
    BoundRegion,
    Const,
    ConstParam,
    ConstValue,
    Definition,
    GenericArg,
    ParamRegion,
    ParamType,
    is_region,
)

if TYPE_CHECKING:
    from freehold.rust.collect.lower import Lowerer

Arguments = tuple[GenericArg, ...]


def identity(generics: Generics) -> Arguments:
    """Return the parameters themselves as arguments."""
    return tuple(map(itself, generics.all()))


def itself(parameter: Parameter) -> GenericArg:
    """Return a parameter as an argument."""
    if parameter.kind is ParameterKind.LIFETIME:
        return ParamRegion(parameter.index, parameter.name)
    if parameter.kind is ParameterKind.CONST:
        return ConstParam(parameter.index, parameter.name, parameter.type or ERROR)
    return ParamType(parameter.index, parameter.name)


def generics_of(definition: Definition) -> Generics:
    """Return the generics of any definition."""
    assert isinstance(definition, Item | Struct)
    return definition.generics


def complete(
    lowerer: "Lowerer",
    definition: Definition,
    written: ast.GenericArgs | None,
    parent: Arguments,
    span: Span,
) -> Arguments:
    """Return `parent` and the arguments `written` for the own parameters of `definition`.

    Of a trait `parent` is its Self. `span` is that of the name.
    """
    optional = lowerer.optional
    made = _Completing(lowerer, definition, span).run(written, parent)
    lowerer.optional = optional
    return made


@dataclass(slots=True)
class _Written:
    lifetimes: list[ast.Lifetime]
    others: list["ast.TypeExpr | ast.ConstArg"]

    @classmethod
    def of(cls, arguments: ast.GenericArgs | None) -> "_Written":
        """Sort what is written."""
        made = cls([], [])
        if isinstance(arguments, ast.AngleArgs):
            for one in arguments.arguments:
                if isinstance(one, ast.Lifetime):
                    made.lifetimes.append(one)
                else:
                    made.others.append(one)
        return made


@dataclass(slots=True)
class _Completing:
    lowerer: "Lowerer"
    definition: Definition
    span: Span
    infers: bool = False  # what is not written is inferred, defaults too

    def run(self, written: ast.GenericArgs | None, parent: Arguments) -> Arguments:
        """Return all arguments."""
        generics = generics_of(self.definition)
        own = generics.own[1:] if isinstance(self.definition, Trait) else generics.own
        given = _Written.of(written)
        # In paths of expressions and patterns all types may be left out together.
        self.infers, self.lowerer.optional = self.lowerer.optional and not given.others, False
        self._kinds(written, given)
        made = list(parent)
        regions = [one for one in own if one.kind is ParameterKind.LIFETIME]
        others = [one for one in own if one.kind is not ParameterKind.LIFETIME]
        made += self._regions(given, regions, generics.late)
        if isinstance(written, ast.ParenArgs):
            made += [self._inputs(written)]
        else:
            self._count(given, others, written)
            self._others(made, given, others)
        return tuple(made)

    def _kinds(self, written: ast.GenericArgs | None, given: _Written) -> None:
        """Report constraints where there is no trait, and parentheses where there is no Fn."""
        if isinstance(self.definition, Trait):
            return
        if isinstance(written, ast.AngleArgs):
            for constraint in written.constraints:
                constraint_on_no_trait(self.lowerer, constraint)
        elif isinstance(written, ast.ParenArgs):
            self.lowerer.error(
                codes.PARENTHESISED_ARGUMENTS,
                written.span,
                "only `Fn` traits may use parentheses",
            )
            given.others.extend(written.inputs)

    def _inputs(self, written: ast.ParenArgs) -> Type:
        with self.lowerer.objects(None):
            return TupleType(tuple(map(self.lowerer.type, written.inputs)))

    # ----------------------------------------------------------------------------------- lifetimes

    def _regions(
        self, given: _Written, regions: list[Parameter], late: tuple[Parameter, ...]
    ) -> list[GenericArg]:
        lowerer = self.lowerer
        count = len(given.lifetimes)
        known = [lowerer.binders.region(lowerer.meant(one)) for one in given.lifetimes]
        if count and (late or count != len(regions)):
            expected = len(regions) + len(late)
            if count != expected:
                self._wrong_lifetimes(given, [*regions, *late], count)
            if late:
                known = []
        if len(known) == len(regions):
            return list(known)
        if not regions:
            return []
        if known:
            return [*known[: len(regions)], *[ERROR_REGION] * (len(regions) - len(known))]
        meants: list[Meant] = [lowerer.elided(self.span, "path", len(regions)) for _ in regions[:1]]
        meants += [lowerer.elided(self.span, "more", 1) for _ in regions[1:]]
        return [lowerer.binders.region(one) for one in meants]

    def _wrong_lifetimes(self, given: _Written, regions: list[Parameter], count: int) -> None:
        what = head(self.definition)
        expected = _counted(len(regions), "lifetime")
        were = "was" if count == 1 else "were"
        message = f"{what} takes {expected} but {_counted(count, 'lifetime')} {were} supplied"
        names = ", ".join(f"`{one.name}`" for one in regions)
        tail = f": {names}" if names else ""
        note = f"{_counted(len(regions), 'lifetime', 'parameter')}{tail}"
        at = self.span
        self.lowerer.say(
            Diagnostic(
                codes.WRONG_NUMBER_OF_GENERIC_ARGUMENTS,
                at,
                {"what": message},
                f"expected {expected}",
                (Label(self.definition.span, f"{what} defined here, with {note}"),),
            )
        )
        del given

    # ------------------------------------------------------------------------- types and constants

    def _count(
        self, given: _Written, params: list[Parameter], written: ast.GenericArgs | None
    ) -> None:
        """Report E0107 if there are too many or too few."""
        explicit = [one for one in params if not one.implicit]
        count, most = len(given.others), len(explicit)
        least = sum(not one.has_default for one in explicit)
        if count > most:
            self._wrong(count, least, most, explicit)
        elif count < least and not self.infers:
            if written is None:
                self._missing(least, most, explicit)
            else:
                self._wrong(count, least, most, explicit)

    def _expected(self, least: int, most: int, *, many: bool) -> str:
        if least == most:
            return _counted(most, "generic")
        return (
            f"at most {_counted(most, 'generic')}"
            if many
            else f"at least {_counted(least, 'generic')}"
        )

    def _wrong(self, count: int, least: int, most: int, params: list[Parameter]) -> None:
        expected = self._expected(least, most, many=count > most)
        were = "was" if count == 1 else "were"
        what = head(self.definition)
        message = f"{what} takes {expected} but {_counted(count, 'generic')} {were} supplied"
        self._say(message, expected, params, least, most)

    def _missing(self, least: int, most: int, params: list[Parameter]) -> None:
        expected = self._expected(least, most, many=False)
        message = f"missing generics for {head(self.definition)} `{self.definition.path}`"
        self._say(message, expected, params, least, most)

    def _say(
        self, message: str, expected: str, params: list[Parameter], least: int, most: int
    ) -> None:
        del least, most
        names = ", ".join(f"`{one.name}`" for one in params)
        note = expected.replace("argument", "parameter") + (f": {names}" if names else "")
        self.lowerer.say(
            Diagnostic(
                codes.WRONG_NUMBER_OF_GENERIC_ARGUMENTS,
                self.span,
                {"what": message},
                f"expected {expected}",
                (
                    Label(
                        self.definition.span, f"{head(self.definition)} defined here, with {note}"
                    ),
                ),
            )
        )

    def _others(
        self,
        made: list[GenericArg],
        given: _Written,
        params: list[Parameter],
    ) -> None:
        """Append the arguments for types and constants to `made`."""
        nodes = iter(given.others)
        for param in params:
            node = None if param.implicit else next(nodes, None)
            if node is not None:
                with self.lowerer.objects(self._object_default(param, made)):
                    made.append(self._given(param, node))
            else:
                made.append(self._omitted(param, made))
        for extra in nodes:
            if not isinstance(extra, ast.ConstArg):
                self.lowerer.type(extra)

    def _given(self, param: Parameter, node: "ast.TypeExpr | ast.ConstArg") -> GenericArg:
        lowerer = self.lowerer
        if param.kind is ParameterKind.TYPE:
            if isinstance(node, ast.ConstArg) or self._is_constant(node):
                lowerer.error(
                    codes.ARGUMENTS_OUT_OF_ORDER,
                    node.span,
                    what="constant provided when a type was expected",
                )
                return ERROR
            return lowerer.type(node)
        type_ = param.type or ERROR
        found: Const | None
        if isinstance(node, ast.ConstArg):
            found = lowerer.const(node.value, type_)
        elif isinstance(node, ast.PathType) and self._is_constant(node):
            found = lowerer.const(ast.PathExpr(node.span, node.path), type_)
        elif isinstance(node, ast.InferType) and lowerer.hooks is not None:
            found = lowerer.hooks.const(node.span, type_)
        else:
            lowerer.type(node)
            lowerer.error(
                codes.ARGUMENTS_OUT_OF_ORDER,
                node.span,
                what="type provided when a constant was expected",
            )
            found = None
        return ConstValue(0, ERROR) if found is None else found

    def _is_constant(self, node: ast.TypeExpr) -> bool:
        if not isinstance(node, ast.PathType):
            return False
        lowerer = self.lowerer
        if lowerer.names is not None and node.path in lowerer.names.paths:
            return not Want.TYPE.accepts(lowerer.names.paths[node.path].base)
        return names_constant(lowerer.collector.world, lowerer.scope, node.path)

    def _omitted(self, param: Parameter, made: list[GenericArg]) -> GenericArg:
        """Return the argument for a parameter for which none is written."""
        hooks = self.lowerer.hooks
        if hooks is not None and (self.infers or param.implicit):
            if param.kind is ParameterKind.CONST:
                return hooks.const(self.span, param.type or ERROR)
            return hooks.type(self.span)
        if param.has_default and param.default is not None:
            # A default may mention a parameter after it only by error; there is none to put in.
            filled = (*made, *[ERROR] * (highest(param.default) + 1 - len(made)))
            return Substitute(filled).argument(param.default)
        return ConstValue(0, ERROR) if param.kind is ParameterKind.CONST else ERROR

    def _object_default(self, param: Parameter, made: list[GenericArg]) -> Meant | None:
        """Return the default lifetime of a trait object that is the argument for `param`."""
        if not isinstance(self.definition, Struct | Trait):
            return None
        scope = self.definition.scope
        if not isinstance(scope, GenericScope):
            return None
        names = object_bounds(scope, param.name)
        if len(names) != 1:
            return None
        if names[0] == "static":
            return STATIC
        for one in self.definition.generics.own:
            if one.name == f"'{names[0]}" and one.index < len(made):
                found = made[one.index]
                assert is_region(found)
                return self._unbound(found)
        return None

    def _unbound(self, region: GenericArg) -> Meant | None:
        assert is_region(region)
        return None if isinstance(region, BoundRegion) else region


def object_bounds(scope: GenericScope, name: str) -> list[str]:
    """Return the lifetimes that the parameter `name` is declared to outlive, without quotes."""
    found: list[str] = []
    node = scope.params.get(name)
    if isinstance(node, ast.TypeParam):
        found += [one.name for one in node.bounds if isinstance(one, ast.Lifetime)]
    owner = getattr(scope.owner, "node", None)
    generics = getattr(owner, "generics", None)
    for predicate in generics.where if isinstance(generics, ast.Generics) else ():
        if isinstance(predicate, ast.WhereType) and names_parameter(predicate.type, name):
            found += [one.name for one in predicate.bounds if isinstance(one, ast.Lifetime)]
    return found


def names_parameter(node: ast.TypeExpr, name: str) -> bool:
    """Tell whether a type is just the name of a parameter."""
    return (
        isinstance(node, ast.PathType)
        and node.path.qself is None
        and len(node.path.segments) == 1
        and node.path.segments[0].ident.name == name
    )


def constraint_on_no_trait(lowerer: "Lowerer", constraint: ast.AssocConstraint) -> None:
    """Report E0229."""
    lowerer.error(
        codes.CONSTRAINT_ON_NO_TRAIT,
        constraint.span,
        "associated item constraint not allowed here",
    )


def highest(default: GenericArg) -> int:
    """Return the highest index of a parameter in `default`, or -1."""
    found = [-1]

    class Look(Substitute):
        __slots__ = ()

        def type(self, ty: Type) -> Type:
            if isinstance(ty, ParamType):
                found.append(ty.index)
                return ty
            return self.parts(ty)

        def const(self, const: Const) -> Const:
            if isinstance(const, ConstParam):
                found.append(const.index)
            return const

        def region(self, region: GenericArg) -> GenericArg:  # type: ignore[override]
            if isinstance(region, ParamRegion):
                found.append(region.index)
            return region

    Look(()).argument(default)
    return max(found)


def _counted(count: int, kind: str, noun: str = "argument") -> str:
    return f"{count} {kind} {noun}{'' if count == 1 else 's'}"


# ------------------------------------------------------------------------------------ value paths


def of_path(lowerer: "Lowerer", path: ast.Path, base: Resolution) -> Arguments:
    """Return the arguments of what `path` fully resolves to."""
    segments = path.segments
    span = segments[-1].ident.span if segments else path.span
    match base:
        case Constructor() if base.adt is not None:
            return _of_constructor(lowerer, path, base)
        case Function() | AssociatedType() | Item() if isinstance(base.parent, Trait):
            return _of_trait_item(lowerer, path, base, base.parent)
        case Item() if isinstance(base.parent, Impl):
            parent = base.parent.generics
            return complete(lowerer, base, segments[-1].arguments, identity(parent), span)
        case Item() | Struct():
            lowerer.no_arguments(segments[:-1])
            return complete(lowerer, base, segments[-1].arguments, (), span)
        case _:
            lowerer.no_arguments(segments)
            return ()


def _of_constructor(lowerer: "Lowerer", path: ast.Path, base: Constructor) -> Arguments:
    segments = path.segments
    assert base.adt is not None
    span = segments[-1].ident.span
    at = len(segments) - 1
    of_enum = base.adt.kind.value == "enum"
    if of_enum and at and segments[at].arguments is None and segments[at - 1].arguments is not None:
        at -= 1
    lowerer.no_arguments(tuple(one for index, one in enumerate(segments) if index != at))
    return complete(lowerer, base.adt, segments[at].arguments, (), span)


def _of_trait_item(lowerer: "Lowerer", path: ast.Path, base: Item, trait: Trait) -> Arguments:
    segments = path.segments
    span = segments[-1].ident.span
    if path.qself is not None and path.qself.trait is not None:
        made = lowerer.trait_ref(path.qself.trait, lowerer.type(path.qself.type))
        outer = made.arguments if made else (ERROR,) * trait.generics.count
        lowerer.no_arguments(segments[:-1])
    else:
        self_type: Type = ERROR if lowerer.hooks is None else lowerer.hooks.type(path.span)
        lowerer.no_arguments(segments[:-2])
        written = segments[-2].arguments if len(segments) > 1 else None
        outer = complete(lowerer, trait, written, (self_type,), span)
    return complete(lowerer, base, segments[-1].arguments, outer, span)
