"""Sizes of a network as they stand in the file beside its weights."""

from __future__ import annotations

import dataclasses
from typing import ClassVar, Self


class Sizes:
    """Base of the frozen dataclasses that hold them."""

    SAMPLING: ClassVar[frozenset[str]] = frozenset()  # fields that may differ from those trained with

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

    def sampling(self, **changed: float) -> Self:
        """The same with other numbers in how it dances. ValueError for fields that are fixed by training."""
        fixed = changed.keys() - self.SAMPLING
        if fixed:
            raise ValueError(f"{', '.join(sorted(fixed))} can't be changed; what can: "
                             f"{', '.join(sorted(self.SAMPLING))}")
        return dataclasses.replace(self, **changed)  # type: ignore[type-var]


def _tuples(value: object) -> object:
    return tuple(_tuples(v) for v in value) if isinstance(value, list | tuple) else value
