"""LLVM: verify, optimise, emit. The only other module that imports llvmlite is `execute.load`."""

import llvmlite.binding as llvm

_READY = False


def _machine(speed: int) -> llvm.TargetMachine:
    global _READY  # noqa: PLW0603  LLVM's own registry is global, and filled once
    if not _READY:
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        _READY = True
    # The small model: DWARF readers know its relocations, and the loader adds stubs for far calls.
    target = llvm.Target.from_triple("x86_64-unknown-linux-gnu")
    return target.create_target_machine(opt=speed, reloc="pic", codemodel="small")


def object_code(text: str, *, speed: int, inlining: int | None = None) -> bytes:
    """Return the object file of an LLVM module; `inlining` is a threshold other than LLVM's own."""
    machine = _machine(speed)
    module = llvm.parse_assembly(text)
    module.verify()
    options = llvm.create_pipeline_tuning_options(speed_level=speed)
    if inlining is not None:
        options.inlining_threshold = inlining
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    return bytes(machine.emit_object(module))
