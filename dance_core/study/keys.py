"""Values of a YAML file, taken one by one and checked; whatever is wrong is one sentence with the key."""

from __future__ import annotations

import re
from typing import Any

import yaml

from dance_core.errors import UserError


def load_yaml(text: str) -> object:
    """What YAML text holds. Raises UserError with the line that is wrong."""
    try:
        return yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error)
        raise UserError(f"The study file is no YAML{where}: {problem}.") from None
    except (RecursionError, ValueError):
        raise UserError("The study file is no YAML: it can't be read.") from None


class Keys:
    """A mapping of the file, whose values are taken one by one and checked; raises UserError with the key."""

    def __init__(self, data: object, path: str, what: str) -> None:
        if not isinstance(data, dict):
            raise UserError(f"{path or 'The study file'} must be a list of keys and values ({what}).")
        self.data = data
        self.path = path
        self.taken: set[object] = set()

    def name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def raw(self, key: str) -> object:
        self.taken.add(key)
        if self.data.get(key) is None:
            raise UserError(f"{self.name(key)} is missing.")
        return self.data[key]

    def has(self, key: str) -> bool:
        self.taken.add(key)
        return self.data.get(key) is not None

    def text(self, key: str, default: str | None = None, most: int = 1000,
             shape: re.Pattern[str] | None = None, hint: str = "") -> str:
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)  # version: 1.0 is meant as text
        if not isinstance(value, str) or not value.strip():
            raise UserError(f"{self.name(key)} must be a text.")
        if len(value) > most:
            raise UserError(f"{self.name(key)} has {len(value)} characters, at most {most} are allowed.")
        if shape is not None and not shape.fullmatch(value):
            raise UserError(f"{self.name(key)} can't be {value[:40]!r}: expected {hint}.")
        return value.strip()

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise UserError(f"{self.name(key)} is {value!r}, expected a whole number from {low} to {high}.")
        return value

    def number(self, key: str, low: float, high: float, default: float) -> float:
        if not self.has(key):
            return default
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise UserError(f"{self.name(key)} is {value!r}, expected a number from {low:g} to {high:g}.")
        return float(value)

    def flag(self, key: str, default: bool) -> bool:
        if not self.has(key):
            return default
        value = self.raw(key)
        if not isinstance(value, bool):
            raise UserError(f"{self.name(key)} is {value!r}, expected true or false.")
        return value

    def one_of(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        value = {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value
        if value not in known:
            raise UserError(f"{self.name(key)} is {value!r}, expected one of {', '.join(known)}.")
        return str(value)

    def mapping(self, key: str) -> dict[Any, Any]:
        if not self.has(key):
            return {}
        value = self.raw(key)
        if not isinstance(value, dict):
            raise UserError(f"{self.name(key)} must be a list of keys and values.")
        return value

    def sequence(self, key: str, most: int) -> list[Any]:
        value = self.raw(key)
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            raise UserError(f"{self.name(key)} must be a list of 1 to {most} entries.")
        return value

    def strings(self, key: str, default: list[str] | None = None) -> list[str]:
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not value or not all(isinstance(v, str) and v for v in value):
            raise UserError(f"{self.name(key)} must be a list of names.")
        return value

    def nothing_else(self) -> None:
        for key in self.data:
            if key not in self.taken:
                raise UserError(f"{self.name(str(key))} is no key that a study has.")


class _Loader(yaml.SafeLoader):
    """A key that stands twice is an error, not a riddle; aliases are not needed (and can explode)."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                problem = f"the key {key.value!r} stands there twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)
