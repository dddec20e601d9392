"""The parent's side of a run: reads the records, feeds and reads the streams, enforces limits."""

import array
import os
import selectors
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

from freehold.execute.child import STOP_SIGNAL, Child
from freehold.execute.records import LIMIT, Record, RecordKind, Stop, decode
from freehold.records import dataclass, field

TICK = 0.05  # seconds between looks at the limits
GRACE = 2.0  # seconds to end by itself after being told to stop
LINGER = 2.0  # seconds that processes which outlive the first one may go on
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop the program: seconds, resident bytes, bytes written. 0 or None: never.

    `resident` is beyond what the child holds of this process when it starts.
    """

    seconds: float | None
    resident: int
    output: int

    @property
    def polled(self) -> bool:
        """Whether the process has to be looked at from time to time."""
        return self.seconds is not None or bool(self.resident) or bool(self.output)


@dataclass(slots=True)
class Ended:
    """How the child ended, and what was captured. `stop` is why we stopped it, if we did."""

    status: int = 0
    cpu_seconds: float = 0.0
    peak_bytes: int = 0
    stop: Stop = Stop.NONE
    killed: bool = False
    stdout: bytearray = field(default_factory=bytearray)
    stderr: bytearray = field(default_factory=bytearray)


class _Watch:
    def __init__(
        self, child: Child, limits: Limits, stdin: bytes, receive: Callable[[Record], None]
    ) -> None:
        self.child = child
        self.limits = limits
        self.receive = receive
        self.ended = Ended()
        self.running = True
        self.started = time.monotonic()
        self.inherited = _resident(os.getpid())  # a fork holds its parent's pages from the start
        self.stopped_at: float | None = None
        self.pending = memoryview(stdin)
        self.channels: set[socket.socket] = set()
        self.selector = selectors.DefaultSelector()
        self._add_channel(child.channel)
        self.selector.register(child.pidfd, selectors.EVENT_READ, self._reap)
        if child.stdin is not None:
            os.set_blocking(child.stdin, False)
            self.selector.register(child.stdin, selectors.EVENT_WRITE, self._feed)
        for fd, into in ((child.stdout, self.ended.stdout), (child.stderr, self.ended.stderr)):
            if fd is not None:
                self._capture(fd, into)

    # ------------------------------------------------------------------------------ streams

    def _capture(self, fd: int, into: bytearray) -> None:
        def read() -> None:
            data = os.read(fd, 65536)
            into.extend(data)
            if not data:
                self.selector.unregister(fd)

        self.selector.register(fd, selectors.EVENT_READ, read)

    def _feed(self) -> None:
        assert self.child.stdin is not None
        try:
            written = os.write(self.child.stdin, self.pending[:65536]) if self.pending else 0
        except BlockingIOError:
            return
        except OSError:  # the program has closed its standard input
            self.pending = memoryview(b"")
        else:
            self.pending = self.pending[written:]
        if not self.pending:
            self.selector.unregister(self.child.stdin)
            os.close(self.child.stdin)
            self.child.stdin = None

    # ------------------------------------------------------------------------------ records

    def _add_channel(self, channel: socket.socket) -> None:
        channel.settimeout(0)
        self.channels.add(channel)
        self.selector.register(channel, selectors.EVENT_READ, lambda: self._read_channel(channel))

    def _drop_channel(self, channel: socket.socket) -> None:
        self.selector.unregister(channel)
        self.channels.discard(channel)
        channel.close()

    def _read_channel(self, channel: socket.socket) -> bool:
        """Read one record; whether there was one."""
        try:
            data, rights, _, _ = channel.recvmsg(LIMIT, socket.CMSG_SPACE(4))
        except (BlockingIOError, InterruptedError):
            return False
        except OSError:
            data, rights = b"", []
        for level, kind, raw in rights:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                self._add_channel(socket.socket(fileno=array.array("i", raw[:4])[0]))
        if not data:
            self._drop_channel(channel)
            return False
        record = decode(data)
        if record is not None and record.kind != RecordKind.FORK:
            self.receive(record)
            self._answer(channel, record)
        return True

    @staticmethod
    def _answer(channel: socket.socket, record: Record) -> None:
        if record.kind in _UNANSWERED:
            return
        try:
            channel.send(b"a")
        except OSError:  # the process is gone, or floods us without reading
            return

    # ------------------------------------------------------------------------------ the end

    def _reap(self) -> None:
        _, status, usage = os.wait4(self.child.pid, 0)
        self.selector.unregister(self.child.pidfd)
        self.running = False
        self.ended.status = status
        self.ended.cpu_seconds = usage.ru_utime + usage.ru_stime
        self.ended.peak_bytes = usage.ru_maxrss * 1024
        self.stopped_at = None
        self.started = time.monotonic()

    def _signal_all(self, number: int) -> None:
        try:
            os.killpg(self.child.pid, number)
        except OSError:
            return

    def stop(self, reason: Stop) -> None:
        """Ask the program to end with a report."""
        if self.stopped_at is not None or not self.running:
            return
        self.ended.stop = reason
        self.stopped_at = time.monotonic()
        self.child.control.stop(reason)
        signal.pidfd_send_signal(self.child.pidfd, STOP_SIGNAL)

    def interrupt(self) -> None:
        """Pass Ctrl-C on; the second one ends it."""
        if self.ended.stop is Stop.INTERRUPT:
            self._signal_all(signal.SIGKILL)
        self.ended.stop = Stop.INTERRUPT
        self._signal_all(signal.SIGINT)

    def check_limits(self) -> None:
        """Stop what is over a limit, and kill what does not stop."""
        now = time.monotonic()
        if self.stopped_at is not None:
            if now - self.stopped_at > GRACE:
                self.ended.killed = True
                self._signal_all(signal.SIGKILL)
        elif self.limits.seconds is not None and now - self.started > self.limits.seconds:
            self.stop(Stop.TIMEOUT)
        elif self.limits.resident and self._grown() > self.limits.resident:
            self.stop(Stop.MEMORY)
        elif self.limits.output and _written(self.child.pid) > self.limits.output:
            self.stop(Stop.OUTPUT)

    def _grown(self) -> int:
        return _resident(self.child.pid) - self.inherited

    def turn(self, seconds: float | None) -> None:
        """Serve whatever is ready within `seconds`."""
        for key, _ in self.selector.select(seconds):
            key.data()

    def finish(self) -> None:
        """Let processes that outlived the first one report for a while, then end them all."""
        deadline = time.monotonic() + LINGER
        while len(self.selector.get_map()) and time.monotonic() < deadline:
            if not _group_lives(self.child.pid):
                deadline = min(deadline, time.monotonic() + TICK)
            self.turn(TICK)
        self._signal_all(signal.SIGKILL)
        for channel in tuple(self.channels):
            while self._read_channel(channel):
                continue
        for fd in (self.child.stdin, self.child.stdout, self.child.stderr, self.child.pidfd):
            if fd is not None:
                os.close(fd)
        for channel in tuple(self.channels):
            self._drop_channel(channel)
        self.selector.close()


_UNANSWERED = frozenset(
    {
        RecordKind.LOSS,
        RecordKind.COUNT,
        RecordKind.OPEN,
        RecordKind.HOLDER,
        RecordKind.FRAME,
        RecordKind.FORK,
    }
)


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except OSError:
        return False
    return True


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, ValueError, IndexError):
        return 0


def _written(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/io").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("wchar:"))
    except (OSError, ValueError, StopIteration):
        return 0


def watch(child: Child, limits: Limits, stdin: bytes, receive: Callable[[Record], None]) -> Ended:
    """Serve the child until it and everything that it started has ended.

    `receive` is called with each record as it comes; the child waits meanwhile.
    """
    watching = _Watch(child, limits, stdin, receive)
    while watching.running:
        try:
            watching.turn(TICK if limits.polled or watching.stopped_at else None)
            watching.check_limits()
        except KeyboardInterrupt:
            watching.interrupt()
    watching.finish()
    return watching.ended
