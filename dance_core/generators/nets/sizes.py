"""Sizes of a network as they stand in the file beside its weights."""

from __future__ import annotations

import dataclasses
from typing import Self


class Sizes:
    """Base of the frozen dataclasses that hold them."""

    def as_dict(self) -> dict[str, object]:
        """For the file beside the weights."""
        return dataclasses.asdict(self)  # type: ignore[call-overload]

    @classmethod
    def from_dict(cls, values: dict[str, object]) -> Self:
        """From that file. ValueError for keys that are none."""
        known = {f.name for f in dataclasses.fields(cls)}  # type: ignore[arg-type]
        if not values.keys() <= known:
            raise ValueError(f"no such sizes: {', '.join(sorted(values.keys() - known))}")
        return cls(**{k: _tuples(v) for k, v in values.items()})


def _tuples(value: object) -> object:
    return tuple(_tuples(v) for v in value) if isinstance(value, list | tuple) else value
