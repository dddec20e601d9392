"""The child process: forked from this one, then a C process before `main`."""

import ctypes
import mmap
import os
import socket
from collections.abc import Sequence
from pathlib import Path

from freehold.execute.load import Loaded
from freehold.execute.options import Recording, RunOptions
from freehold.execute.records import VERSION
from freehold.execute.trace import RawTrace
from freehold.records import dataclass

FLAG_LEAKS, FLAG_STOP_ON_FIRST = 1, 2
CANNOT_START = 3
STOP_SIGNAL = 63


class _Range(ctypes.Structure):
    _fields_ = (("low", ctypes.c_uint64), ("high", ctypes.c_uint64))


class _Config(ctypes.Structure):
    """struct fh_config."""

    _fields_ = (
        ("version", ctypes.c_uint64),
        ("program", ctypes.c_void_p),
        ("program_text", _Range),
        ("base_text", _Range),
        ("runtime_text", _Range),
        ("report_fd", ctypes.c_int32),
        ("flags", ctypes.c_uint32),
        ("memory_limit", ctypes.c_uint64),
        ("file_limit", ctypes.c_uint64),
        ("fail_alloc", ctypes.c_uint64),
        ("fault_limit", ctypes.c_uint64),
        ("native_stack", ctypes.c_uint64),
        ("side_stack", ctypes.c_uint64),
        ("fork_limit", ctypes.c_uint64),
        ("control", ctypes.c_void_p),
        ("argc", ctypes.c_int32),
        ("pad", ctypes.c_int32),
        ("argv", ctypes.c_void_p),
        ("envp", ctypes.c_void_p),
        ("trace", ctypes.c_void_p),
    )


class Control:
    """The page that every process of the run shares with us: struct fh_control."""

    def __init__(self) -> None:
        """Map a page that children inherit."""
        self._map = mmap.mmap(-1, mmap.PAGESIZE)
        self._view = (ctypes.c_uint32 * 2).from_buffer(self._map)

    @property
    def address(self) -> int:
        """Where it lies, here and in every child."""
        return ctypes.addressof(self._view)

    def stop(self, reason: int) -> None:
        """Say why the program is about to be stopped."""
        self._view[0] = reason


class TraceMap:
    """The log of a recorded run, shared with the child: struct fh_trace, then events."""

    HEAD = 5

    def __init__(self, wanted: Recording) -> None:
        """Map room for the log; pages are taken as they are written."""
        self._map = mmap.mmap(-1, self.HEAD * 8 + wanted.bytes)
        self._head = (ctypes.c_uint64 * self.HEAD).from_buffer(self._map)
        self._head[:] = [wanted.bytes, 0, 0, wanted.steps, 0]

    @property
    def address(self) -> int:
        """Where it lies, here and in the child."""
        return ctypes.addressof(self._head)

    def read(self) -> RawTrace:
        """Return what was written."""
        used, steps, full = self._head[1], self._head[2], bool(self._head[4])
        start = self.HEAD * 8
        return RawTrace(self._map[start : start + used], steps, full, self._head[3])


@dataclass(slots=True)
class Child:
    """A running child: its process, its report channel, and our ends of its standard streams."""

    pid: int
    pidfd: int
    channel: socket.socket
    control: Control
    stdin: int | None
    stdout: int | None
    stderr: int | None
    trace: TraceMap | None = None
    written: int | None = None  # a recorded run's stdout: a file


def _vector(texts: Sequence[str]) -> ctypes.Array[ctypes.c_char_p]:
    encoded = [os.fsencode(text.replace("\0", "")) for text in texts]
    return (ctypes.c_char_p * (len(texts) + 1))(*encoded, None)


def available_memory() -> int:
    """Return the bytes that the machine has free for us, 4 GiB if it will not say."""
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 4 << 30


def memory_limit(options: RunOptions) -> int:
    """Return how many bytes of heap the program may hold; 0 for any."""
    return available_memory() * 3 // 4 if options.memory is None else options.memory


def _config(
    loaded: Loaded, options: RunOptions, report_fd: int, control: Control, trace: TraceMap | None
) -> _Config:
    flags = FLAG_LEAKS if options.leak_check else 0
    flags |= FLAG_STOP_ON_FIRST if options.stop_on_first else 0
    environment = os.environ if options.environment is None else options.environment
    argv = _vector((options.name, *options.arguments))
    envp = _vector([f"{key}={value}" for key, value in environment.items()])
    config = _Config(
        version=VERSION,
        program=loaded.tables,
        program_text=_Range(loaded.program.low, loaded.program.high),
        base_text=_Range(*loaded.base_text),
        runtime_text=_Range(loaded.runtime.low, loaded.runtime.high),
        report_fd=report_fd,
        flags=flags,
        memory_limit=memory_limit(options),
        file_limit=options.max_output,
        fail_alloc=options.fail_alloc,
        fault_limit=options.fault_limit,
        native_stack=options.native_stack,
        side_stack=options.side_stack,
        fork_limit=options.fork_limit,
        control=control.address,
        argc=1 + len(options.arguments),
        argv=ctypes.addressof(argv),
        envp=ctypes.addressof(envp),
        trace=None if trace is None else trace.address,
    )
    config.keep = argv, envp
    return config


def _close_others(keep: int) -> None:
    for path in tuple(Path("/proc/self/fd").iterdir()):
        if (fd := int(path.name)) >= 3 and fd != keep:
            try:
                os.close(fd)
            except OSError:
                continue


def _become_program(start: int, config: _Config, streams: tuple[int | None, ...]) -> None:
    """In the child: never returns."""
    os.setsid()
    for target, source in enumerate(streams):
        if source is not None:
            os.dup2(source, target)
    _close_others(config.report_fd)
    ctypes.CFUNCTYPE(None, ctypes.c_void_p)(start)(ctypes.addressof(config))


def spawn(loaded: Loaded, options: RunOptions) -> Child:
    """Fork, and run the program in the child."""
    control = Control()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    stdin = os.pipe() if options.stdin is not None else (None, None)
    trace = None if options.record is None else TraceMap(options.record)
    written = None if trace is None else os.memfd_create("stdout")
    stdout = os.pipe() if options.capture and trace is None else (None, None)
    stderr = os.pipe() if options.capture else (None, None)
    config = _config(loaded, options, theirs.fileno(), control, trace)
    start = loaded.address("fh_start")
    pid = os.fork()
    if pid == 0:
        try:
            out = stdout[1] if written is None else written
            _become_program(start, config, (stdin[0], out, stderr[1]))
        finally:
            os._exit(CANNOT_START)
    theirs.close()
    for end in (stdin[0], stdout[1], stderr[1]):
        if end is not None:
            os.close(end)
    pidfd = os.pidfd_open(pid)
    return Child(pid, pidfd, ours, control, stdin[1], stdout[0], stderr[0], trace, written)
