"""What is known of a recorded dance by its name: which dance it is, its style, and where it must be held out.

Every loader asks `origin_of`, so that a dance is the same one by whatever way it comes in: from its own
collection, resampled, mirrored, retargeted, in a folder that was made before, under a longer name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dance_core.corpus import cmu, g1_moves
from dance_core.corpus.aist_names import AistName, read_name
from dance_core.corpus.clips import TEST_TAG, Clip
from dance_core.corpus.pairs import SPLITS
from dance_core.errors import UserError
from dance_core.motion.motion import Motion

STYLE_OF = {"cmu_salsa": "salsa", "g1_moves": "party", "g1_unitree": "party", "cmu_modern": "modern",
            "cmu_misc": "modern", "cmu_55": "modern", "cmu_85": "gBR", "cmu_party": "party",
            "cmu_charleston": "party"}  # AIST++'s: by the clips' names
_TRIALS = {name: some.source for name, some in cmu.trials()}
_TRIAL = re.compile(r"(?<![0-9A-Za-z])(?=(\d{2,3})_(\d{2})(?!\d))")  # they may overlap: 60_60_01
_G1 = re.compile(rf"(?<![A-Za-z0-9])({'|'.join(g1_moves.CLIPS)})(?![A-Za-z0-9])")
# what files of one dance are called beside its name, and where they lie
_VARIANT = r"(?:\d{2,3}_?fps|mirror(?:ed)?|flip(?:ped)?|smpl[hx]?|retarget(?:ed)?)"
_BEHIND = re.compile(rf"(?:[_.-]{_VARIANT}|_p\d+|~\d+)$", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![A-Za-z0-9]){_VARIANT}(?:/|[_.-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Origin:
    """What a name, and the source's own word, say of a dance.

    Attributes:
        style: key, "" where nothing tells it. family, group, split, dance: as in Clip.
        official_test: whether it is one of AIST++'s official test sequences.
    """

    style: str
    family: str
    group: str
    split: str = ""
    dance: str = ""
    official_test: bool = False

    def clip(self, name: str, motion: Motion, licence: str, attribution: str, tempo: float = 0.0,
             marks: tuple[str, ...] = ()) -> Clip:
        """The Clip of a dance of this origin."""
        return Clip(name, self.family, self.style, self.group, motion, licence, attribution, tempo,
                    self.split, marks, self.dance)


def origin_of(source: str, clip: str, style: str = "", split: str = "", note: str = "") -> Origin:
    """What is known of source/clip.

    style, split: what its source says, "" for nothing; of an AIST++ dance the name decides both. What was
    danced to the music of the official test is in test; only AIST++'s own list of its val sequences, which
    are danced to that music too, may part it from there, and never a test sequence. note: of an index; may
    hold TEST_TAG.

    Raises UserError for a split that is none.
    """
    if split not in ("", *SPLITS):
        raise UserError(f"its split is {split[:20]!r}, and only {', '.join(SPLITS)} are known")
    told = read_name(f"{source}/{clip}")
    if told:
        return _of_aist(told, f"{source}/{whole_clip(clip)}", "test" if TEST_TAG in note else split)
    return Origin(style or STYLE_OF.get(source, ""), source, _group(source, clip),
                  "test" if TEST_TAG in note else split)


def _of_aist(told: AistName, name: str, split: str) -> Origin:
    dance = f"aistpp/{told.sequence}" if told.sequence else name
    group = told.group
    if told.split and (told.official_test or split != "val"):
        split = told.split
    elif split:  # official lists part single sequences: val and test dance to the same music
        group = dance
    return Origin(told.genre, told.family, group, split, dance, told.official_test)


def _group(source: str, clip: str) -> str:
    """The dance itself, or the duet that it is a half of."""
    name = f"{source}/{clip}"
    moves = _G1.findall(name)
    if moves:
        return f"g1_moves/{moves[-1]}"
    known = [t for t in _TRIAL.findall(clip) if "_".join(t) in _TRIALS] if "cmu" in name.lower() else []
    if known:
        subject, trial = known[-1]
        of = _TRIALS[f"{subject}_{trial}"]
        return f"{of}/{trial}" if of == "cmu_salsa" else f"{of}/{subject}_{trial}"  # 60 and 61 are partners
    return f"{source}/{whole_clip(clip)}"


def whole_clip(clip: str) -> str:
    """The recording that a clip is a part of (NAME_p0), or another file of (60fps/NAME, NAME_mirrored)."""
    before = None
    while clip != before:
        before = clip
        clip = _BEHIND.sub("", clip) or clip
    return _BEFORE.sub("", clip) or clip
