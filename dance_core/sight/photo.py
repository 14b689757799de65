"""A photo of somebody -> one frame of a Motion, and what has to be said about how it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from dance_core.errors import UserError
from dance_core.motion.centre import centred
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion
from dance_core.settings import MOTION_FPS
from dance_core.sight.fit import fit_pose
from dance_core.sight.landmarks import AT, Landmarks, read_landmarks
from dance_core.sight.people import find_people
from dance_core.sight.picture import read_picture

_ROUNDS = 2  # looks at a person, each in a better region
_HIDDEN = 0.5  # visibility below which something was guessed by the network
_UNKNOWN = 0.15  # … and below which its guess is not taken either
_PARTS = {"head": ("nose", "left_ear", "right_ear"), "shoulders": ("left_shoulder", "right_shoulder"),
          "hips": ("left_hip", "right_hip"),
          **{f"{s}_arm": (f"{s}_elbow", f"{s}_wrist") for s in ("left", "right")},
          **{f"{s}_leg": (f"{s}_knee", f"{s}_ankle") for s in ("left", "right")}}
_LIMBS = [name for name in _PARTS if "_" in name]
_TWINS = {a: b for limb in ("arm", "leg") for a, b in ((f"left_{limb}", f"right_{limb}"),
                                                       (f"right_{limb}", f"left_{limb}"))}
PHOTO = "photo"  # what a Take calls such a pose
NOBODY = "No person was found in the photo. One whole person, not too small, works best."


@dataclass(frozen=True, eq=False)
class Photo:
    """A pose that was read from a photo.

    Attributes:
        motion: one frame, upright on the floor, looking as in the photo (+Z is the camera); hands and face at
            rest.
        people: how many were found; the largest was read, of those whose body could be made out.
        guessed: parts of the body that can't be seen: "head", "left_arm", "right_leg", …
        passed: how many larger ones could not be made out.
    """

    motion: Motion
    people: int = 1
    guessed: tuple[str, ...] = ()
    passed: int = 0

    def standing(self) -> Motion:
        """The pose as a first pose: facing the front."""
        return centred(self.motion, 0, MOTION_FPS)

    @property
    def said(self) -> str:
        """What people should know about it, in sentences; "" if all is well."""
        out = []
        if self.people > 1:
            larger = "the largest" if self.passed == 1 else f"the {self.passed} largest"
            taken = "the largest was taken." if not self.passed else \
                f"{larger} could not be made out, and the next one was taken."
            out.append(f"There are {self.people} people in the photo: {taken}")
        if self.guessed:
            were = "were" if len(self.guessed) > 1 or self.guessed[0].endswith("s") else "was"
            out.append(f"{_named(self.guessed)} can't be seen well in the photo and {were} guessed.")
        return " ".join(out)


def read_photo(data: bytes, mirrored: bool = False) -> Photo:
    """The pose of the largest person who can be made out in a photo's bytes.

    mirrored: left and right exchanged.

    Raises UserError for what `picture.read_picture` refuses, where nobody is found, and where too little of
    somebody is seen; as `models.Model` does, where the networks are missing.
    """
    picture = read_picture(data)
    people = find_people(picture)
    for passed, person in enumerate(people):
        found = read_landmarks(picture, person.region, _ROUNDS)
        if found is not None:
            return replace(_posed(found, picture.shape[1::-1], mirrored), people=len(people), passed=passed)
    raise UserError(NOBODY)


def _posed(found: Landmarks, size: tuple[int, int], mirrored: bool) -> Photo:
    inside = ((found.xy >= 0) & (found.xy < size)).all(1)
    visible = np.where(inside, found.visibility, 0.0)
    seen = {part: max(visible[AT[n]] for n in names) if part in ("head", "shoulders", "hips")
            else min(visible[AT[n]] for n in names) for part, names in _PARTS.items()}
    if seen["shoulders"] < _HIDDEN:
        raise UserError("Too little of the person is in the photo: at least one shoulder must be seen.")
    unknown = frozenset(p for p in _LIMBS if seen[p] < _UNKNOWN)
    motion = fit_pose(found, unknown)
    guessed = tuple(p for p in _PARTS if seen[p] < _HIDDEN)
    if not mirrored:
        return Photo(motion, guessed=guessed)
    swapped = {_TWINS.get(part, part) for part in guessed}
    return Photo(mirror(motion), guessed=tuple(part for part in _PARTS if part in swapped))


def _named(parts: Iterable[str]) -> str:
    """"The head, the left arm and both legs"."""
    left = list(parts)
    names = []
    for part in _PARTS:
        if part not in left:
            continue
        side, _, limb = part.partition("_")
        if limb and f"left_{limb}" in left and f"right_{limb}" in left:
            if side == "left":
                names.append(f"both {limb}s")
        else:
            names.append(f"the {part.replace('_', ' ')}")
    *most, last = names
    text = " and ".join([", ".join(most), last]) if most else last
    return text[:1].upper() + text[1:]
