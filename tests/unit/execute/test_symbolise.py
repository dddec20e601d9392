"""Chains of sites, through a module in which one call is inlined into another."""

from llvmlite import binding as llvm

from freehold.execute.symbolise import Symboliser

IR = """
target triple = "x86_64-unknown-linux-gnu"
declare void @leaf()
define internal void @inner() nounwind alwaysinline !dbg !4 {
  call void @leaf(), !dbg !7
  call void @leaf(), !dbg !8
  ret void, !dbg !8
}
define void @outer() nounwind !dbg !5 {
  call void @leaf(), !dbg !9
  call void @inner(), !dbg !10
  ret void, !dbg !10
}
!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2, !3}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: LineTablesOnly)
!1 = !DIFile(filename: "sites", directory: "")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !{i32 7, !"Dwarf Version", i32 5}
!4 = distinct !DISubprogram(name: "inner", file: !1, unit: !0, type: !6)
!5 = distinct !DISubprogram(name: "outer", file: !1, unit: !0, type: !6)
!6 = !DISubroutineType(types: !11)
!7 = !DILocation(line: 70000, scope: !4)
!8 = !DILocation(line: 71, scope: !4)
!9 = !DILocation(line: 90, scope: !5)
!10 = !DILocation(line: 91, scope: !5)
!11 = !{}
"""


def compile_object() -> bytes:

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    module = llvm.parse_assembly(IR)
    machine = llvm.Target.from_default_triple().create_target_machine(
        opt=2, reloc="pic", codemodel="small"
    )
    options = llvm.create_pipeline_tuning_options(speed_level=2)
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    return bytes(machine.emit_object(module))


def test_inlined_calls_give_the_whole_chain() -> None:
    symboliser = Symboliser(compile_object())
    chains = [symboliser.chain(offset) for offset in range(64)]
    seen = list(dict.fromkeys(chain for chain in chains if chain))
    assert seen[:3] == [(90,), (70000, 91), (71, 91)]
    assert seen[3:] in ([], [(91,)])


def test_outside_the_code_there_is_no_site() -> None:
    assert Symboliser(compile_object()).chain(1 << 20) == ()
