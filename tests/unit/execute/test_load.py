"""What an object needs is looked for before it is linked: no call goes to address 0."""

import pytest
from llvmlite import binding as llvm

from freehold.execute import Unresolved
from freehold.execute.elf import ElfObject
from freehold.execute.load import Loaded

IR = """
target triple = "x86_64-unknown-linux-gnu"
declare void @nobody.defines.this()
declare void @elsewhere()
@fh.program = constant i64 1
define void @own() {
  call void @nobody.defines.this()
  call void @elsewhere()
  ret void
}
define i128 @divide(i128 %a, i128 %b) {
  %r = udiv i128 %a, %b
  ret i128 %r
}
"""
OTHER = """
target triple = "x86_64-unknown-linux-gnu"
define void @elsewhere() {
  ret void
}
"""


def _compile(text: str) -> bytes:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(reloc="pic")
    return bytes(machine.emit_object(llvm.parse_assembly(text)))


def test_an_object_says_what_it_needs_and_gives() -> None:
    elf = ElfObject(_compile(IR))
    assert set(elf.needed) == {"nobody.defines.this", "elsewhere", "__udivti3"}
    assert elf.defined == {"own", "divide", "fh.program"}


def test_what_nobody_defines_is_said_and_not_called() -> None:
    with pytest.raises(Unresolved) as raised:
        Loaded(_compile(IR), [_compile(OTHER)])
    assert raised.value.names == ("nobody.defines.this",)


def test_what_llvm_calls_for_wide_arithmetic_is_there() -> None:
    text = IR.replace("  call void @nobody.defines.this()\n", "")
    assert Loaded(_compile(text), [_compile(OTHER)]).tables
