"""The settings of a project: `freehold.toml`, or `[tool.freehold]` in `pyproject.toml`.

The nearest of the two at or above a folder counts; `freehold.toml` comes first. Paths in it are
relative to its folder. What it may hold is documented in `docs/configuration.md`.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from freehold.records import dataclass

OWN, SHARED = "freehold.toml", "pyproject.toml"
LEVELS = ("error", "warning", "hazard")


class ConfigError(Exception):
    """The settings cannot be read; the text says the file, and what is wrong."""


@dataclass(frozen=True, slots=True)
class ResourcePair:
    """Functions that take and give back a resource of the project's own.

    `acquire` returns it, or fails by what `failure` says: `null`, `negative` or `nonzero`
    (then the resource is what its first pointer argument holds). `release` takes it.
    """

    acquire: str
    release: str
    name: str
    failure: str = "null"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project has chosen. `folder` is where it was read from, None if nowhere."""

    folder: Path | None = None
    include: tuple[str, ...] = ()
    define: tuple[tuple[str, str], ...] = ()
    undefine: tuple[str, ...] = ()
    std: str | None = None
    exclude: tuple[str, ...] = ()
    fail_on: str = "hazard"
    pedantic: bool = False
    allow: frozenset[str] = frozenset()
    baseline: str | None = None
    resources: tuple[ResourcePair, ...] = ()


def find(start: Path) -> Settings:
    """Return the settings that hold for the folder `start`; raises ConfigError."""
    start = start.resolve()
    for folder in (start, *start.parents):
        own = folder / OWN
        if own.is_file():
            return read(own)
        shared = folder / SHARED
        if shared.is_file():
            table = _load(shared).get("tool")
            if isinstance(table, dict) and "freehold" in table:
                return _settings(table["freehold"], shared)
    return Settings()


def read(path: Path) -> Settings:
    """Return the settings in the file `path`; raises ConfigError."""
    table: object = _load(path)
    if path.name == SHARED:
        tools = _load(path).get("tool")
        table = tools.get("freehold", {}) if isinstance(tools, dict) else {}
    return _settings(table, path)


def _load(path: Path) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"`{path}`: {(error.strerror or str(error)).lower()}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"`{path}`: {error}") from error


def _settings(table: object, path: Path) -> Settings:
    if not isinstance(table, Mapping):
        raise ConfigError(f"`{path}`: `freehold` is to be a table")
    chosen: dict[str, object] = {"folder": path.parent}
    for key, value in table.items():
        reader = _KEYS.get(key)
        if reader is None:
            known = ", ".join(sorted(_KEYS))
            raise ConfigError(f"`{path}`: no setting is called `{key}`; there are {known}")
        name, take = reader
        try:
            chosen[name] = take(value, path)
        except (TypeError, ValueError) as error:
            raise ConfigError(f"`{path}`: `{key}` {error}") from error
    return Settings(**chosen)  # type: ignore[arg-type]  # each reader returns its field's type


def _strings(value: object, _: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError("is to be a list of strings")
    return tuple(value)


def _paths(value: object, path: Path) -> tuple[str, ...]:
    return tuple(str(path.parent / one) for one in _strings(value, path))


def _defines(value: object, path: Path) -> tuple[tuple[str, str], ...]:
    made: list[tuple[str, str]] = []
    for one in _strings(value, path):
        name, equals, text = one.partition("=")
        made.append((name, text if equals else "1"))
    return tuple(made)


def _string(value: object, _: Path) -> str:
    if not isinstance(value, str):
        raise TypeError("is to be a string")
    return value


def _path(value: object, path: Path) -> str:
    return str(path.parent / _string(value, path))


def _switch(value: object, _: Path) -> bool:
    if not isinstance(value, bool):
        raise TypeError("is to be true or false")
    return value


def _level(value: object, path: Path) -> str:
    level = _string(value, path)
    if level not in LEVELS:
        raise ValueError(f"is to be one of {', '.join(LEVELS)}")
    return level


def _codes(value: object, path: Path) -> frozenset[str]:
    return frozenset(_strings(value, path))


def _resources(value: object, path: Path) -> tuple[ResourcePair, ...]:
    if not isinstance(value, list):
        raise TypeError("is to be an array of tables")
    return tuple(_resource(one, path) for one in value)


def _resource(value: object, path: Path) -> ResourcePair:
    if not isinstance(value, Mapping):
        raise TypeError("is to be an array of tables")
    unknown = set(value) - {"acquire", "release", "name", "failure"}
    if unknown or not {"acquire", "release"} <= set(value):
        raise ValueError("needs `acquire` and `release`, and may have `name` and `failure`")
    acquire, release = _string(value["acquire"], path), _string(value["release"], path)
    failure = _string(value.get("failure", "null"), path)
    if failure not in {"null", "negative", "nonzero"}:
        raise ValueError("has a `failure` that is none of null, negative, nonzero")
    return ResourcePair(acquire, release, _string(value.get("name", acquire), path), failure)


_KEYS: dict[str, tuple[str, Callable[[object, Path], object]]] = {
    "include": ("include", _paths),
    "define": ("define", _defines),
    "undefine": ("undefine", _strings),
    "std": ("std", _string),
    "exclude": ("exclude", _strings),
    "fail-on": ("fail_on", _level),
    "pedantic": ("pedantic", _switch),
    "allow": ("allow", _codes),
    "baseline": ("baseline", _path),
    "resource": ("resources", _resources),
}
