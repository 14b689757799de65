"""The test clips that every system is measured on, frozen: a corpus that grows changes no table.

They are named by pair and first frame, each with three numbers that say whether it still holds what it held.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.evaluation.clips import Clip, choose_clips, cut
from dance_core.evaluation.movement import mean_joint_speed
from dance_core.settings import ASSETS, MOTION_FPS

FROZEN = ASSETS / "evaluation" / "test_clips.json"
_SAME = 0.01  # share that a clip's numbers may be off: other machines round otherwise


def held_out(corpus: Corpus, count: int, seconds: float, frozen: Path = FROZEN) -> tuple[list[Clip], str]:
    """The first `count` frozen clips, and a sentence on where the clips are from.

    Where the corpus lacks one of them, or they are of another length, clips are chosen from its test split
    (clips.choose_clips), and the sentence says so; it also says where a clip no longer holds what it held.
    """
    held = json.loads(frozen.read_text(encoding="utf-8"))
    wanted = held["clips"][:count]
    if seconds != held["seconds"] or count > len(held["clips"]):
        return choose_clips(corpus, count, seconds), \
            f"Clips chosen from this corpus: frozen are {len(held['clips'])} of {held['seconds']:g} s."
    frames, rows = round(seconds * MOTION_FPS), {r.id: r for r in corpus.rows if r.split == "test"}
    missing = sum(c["pair"] not in rows or rows[c["pair"]].seconds * MOTION_FPS < c["start"] + frames - 0.5
                  for c in wanted)
    if missing:
        return choose_clips(corpus, count, seconds), \
            f"Clips chosen from this corpus: its test split lacks {missing} of the {count} that are frozen."
    clips = [cut(corpus.pair(c["pair"]), c["start"], frames) for c in wanted]
    changed = sum(not np.allclose(facts(clip), c["facts"], rtol=_SAME) for clip, c in
                  zip(clips, wanted, strict=True))
    told = f"The {count} clips that are frozen in {frozen.name}"
    return clips, f"{told}, but {changed} hold other music or another dance than they did." if changed \
        else f"{told}."


def freeze(corpus: Corpus, count: int, seconds: float, path: Path = FROZEN) -> int:
    """Write down the clips that are chosen today; how many. Raises UserError where there are fewer."""
    clips = choose_clips(corpus, count, seconds)
    if len(clips) < count:
        raise UserError(f"The corpus has {len(clips)} test clips of {seconds:g} s; {count} were expected.")
    told = [{"pair": c.pair, "start": c.start, "facts": [round(f, 5) for f in facts(c)]} for c in clips]
    lines = ",\n".join("  " + json.dumps(one) for one in told)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_text(f'{{"seconds": {json.dumps(seconds)}, "clips": [\n{lines}\n]}}\n', encoding="utf-8")
    return len(told)


def facts(clip: Clip) -> list[float]:
    """BPM, mean of all of the music's columns, m/s of mean joint speed."""
    return [clip.beats.tempo, float(clip.features.values.mean()), mean_joint_speed(clip.motion)]
