"""Linking: what several units define, declare and hide."""

from freehold.mir.body import Program
from freehold.mir.link import link
from freehold.mir.statements import Assign, Call
from freehold.mir.text import parse, render
from freehold.mir.values import AddressConst, Deref, Use
from freehold.mir.verify import verify

BODY = """\
fn {name}: fn() -> i32 as "{name}" {linkage} arguments 0 unit 0 {{  // 0:{line}:5
    scope $0  // 0:{line}:5
    let _0: i32 return  // 0:{line}:5
    bb0:
        {statement}  $0  // 0:{line}:9
        return  $0  // 0:{line}:9
}}
"""
CALLER = """\
fn {name}: fn() -> i32 as "{name}" {linkage} arguments 0 unit 0 {{  // 0:{line}:5
    scope $0  // 0:{line}:5
    let _0: i32 return  // 0:{line}:5
    bb0:
        _0 = call @{callee}() as fn() -> i32 -> bb1  $0  // 0:{line}:9
    bb1:
        return  $0  // 0:{line}:9
}}
"""


def body(
    name: str, statement: str = "_0 = 1: i32", linkage: str = "external", line: int = 1
) -> str:
    return BODY.format(name=name, statement=statement, linkage=linkage, line=line)


def caller(name: str, callee: str, linkage: str = "external") -> str:
    return CALLER.format(name=name, callee=callee, linkage=linkage, line=2)


def unit(*parts: str, file: str = "a.c") -> Program:
    program = parse(f'source 0 "{file}"\n' + "".join(parts))
    verify(program)
    return program


def extern(name: str) -> str:
    return f"extern {name}: fn() -> i32  // 0:9:1\n"


def static(name: str, value: str, rest: str = "external size 4 align 4", ty: str = "i32") -> str:
    data = f' = "{value}"' if value else ""
    return f'static {name}: {ty} as "{name}" {rest}{data}  // 0:8:1\n'


def linked(*programs: Program) -> Program:
    whole, found = link(programs, lambda symbol: False)
    assert not found
    verify(whole)
    return whole


def messages(*programs: Program) -> list[str]:
    _, found = link(programs, lambda symbol: symbol == "puts")
    return [diagnostic.message for diagnostic in found]


def callee(program: Program, name: str) -> object:
    terminator = next(b for n, b in program.bodies.items() if n == name).blocks[0].terminator
    assert isinstance(terminator, Call)
    return terminator.callee


def test_one_unit_stays_as_it_is() -> None:
    program = unit(extern("puts"), caller("main", "puts"))
    before = render(program)
    whole, found = link([program], lambda symbol: symbol == "puts")
    assert render(whole) == before
    assert not found


def test_a_declaration_finds_the_body_in_another_unit() -> None:
    whole = linked(unit(extern("f"), caller("main", "f")), unit(body("f")))
    assert not whole.externs
    assert [whole.bodies[name].unit for name in ("main", "f")] == [0, 1]  # type: ignore[index]


def test_internal_symbols_of_one_name_stay_apart() -> None:
    one = unit(caller("main", "f"), body("f", linkage="internal"))
    two = unit(caller("g", "f"), body("f", "_0 = 2: i32", linkage="internal"))
    whole = linked(one, two)
    first, second = callee(whole, "main"), callee(whole, "g")
    assert first != second
    assert {first, second} <= whole.bodies.keys()


def test_an_internal_symbol_gives_way_to_an_external_one_of_another_unit() -> None:
    one = unit(caller("main", "f"), body("f", linkage="internal"))
    whole = linked(one, unit(body("f", "_0 = 2: i32")))
    assert callee(whole, "main") != "f"
    assert "f" in whole.bodies


def test_undefined_symbols_are_reported_unless_known_elsewhere() -> None:
    one = unit(extern("puts"), extern("nobody"), caller("main", "puts"), caller("g", "nobody"))
    assert messages(one) == ["nothing defines `nobody`"]


def test_a_weak_declaration_may_stay_undefined() -> None:
    weak = "extern hook: fn() -> i32 [weak]  // 0:9:1\n"
    assert messages(unit(weak, caller("main", "hook"))) == []


def test_two_definitions_are_reported_with_both_places() -> None:
    _, found = link([unit(body("f"), file="a.c"), unit(body("f", line=3), file="b.c")])
    assert [d.message for d in found] == ["`f` is defined twice"]
    assert found[0].at is not None
    assert (found[0].at.source.name, found[0].at.line) == ("b.c", 3)
    assert found[0].labels[0].span.source.name == "a.c"


def test_a_weak_definition_gives_way() -> None:
    strong, weak = body("f", "_0 = 1: i32"), body("f", "_0 = 2: i32", "weak")
    for units in ([strong, weak], [weak, strong]):
        whole = linked(*map(unit, units))
        assert "_0 = 1: i32" in render(whole)


def test_tentative_definitions_merge_and_the_real_one_wins() -> None:
    tentative = static("x", "\\00", "external size 4 align 4 common")
    real = static("x", "\\07")
    for units in ([tentative, real, tentative], [real, tentative], [tentative, real]):
        whole = linked(*map(unit, units))
        assert [g.data for g in whole.globals.values()] == [b"\x07"]
    assert len(linked(unit(tentative), unit(tentative)).globals) == 1


def test_an_alias_is_replaced_by_its_target() -> None:
    one = unit(extern("g"), caller("main", "g"))
    two = unit(body("f"), "alias g = f external  // 0:5:5\n")
    whole = linked(one, two)
    assert callee(whole, "main") == "f"
    assert not whole.externs


def test_a_weak_alias_gives_way_to_a_definition() -> None:
    one = unit(caller("main", "g"), body("f"), "alias g = f weak  // 0:5:5\n")
    whole = linked(one, unit(body("g")))
    assert callee(whole, "main") == "g"


def test_a_global_of_another_type_is_reached_through_a_pointer() -> None:
    user = unit(
        static("x", "", "external size 1 align 1", "[i8; 2]"),
        BODY.format(name="g", linkage="external", line=1, statement="@x[1] = 5: i8"),
    )
    whole = linked(user, unit(static("x", "\\01\\00\\00\\00")))
    statements = whole.bodies["g"].blocks[0].statements  # type: ignore[index]
    assert isinstance(statements[0], Assign)
    assert isinstance(statements[0].rvalue, Use)
    assert isinstance(statements[0].rvalue.operand, AddressConst)
    assert isinstance(statements[1], Assign)
    assert isinstance(statements[1].place.projections[0], Deref)


def test_an_open_array_takes_the_type_of_its_definition() -> None:
    user = unit(
        static("x", "", "external size 0 align 4", "[i32; ?]"),
        BODY.format(name="g", linkage="external", line=1, statement="@x[1] = 5: i32"),
    )
    whole = linked(user, unit(static("x", "\\01", "external size 8 align 4", "[i32; 2]")))
    assert whole.globals["x"].size == 8  # type: ignore[index]


def test_a_function_here_and_an_object_there_are_refused() -> None:
    assert messages(unit(extern("x"), caller("main", "x")), unit(static("x", "\\01"))) == [
        "`x` is a function in one file and an object in another"
    ]
