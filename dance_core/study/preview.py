"""Every trial of a study as raters see it, for whoever has the study's preview key: no place is taken and no
row is written.
"""

from __future__ import annotations

import hmac
import json
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dance_core.atomic import replacing
from dance_core.study import answers
from dance_core.study.folder import Study

PREVIEW = "preview.json"
KEY_S = 24 * 3600.0  # seconds that a key opens the preview


def new_key(folder: Path, now: float | None = None) -> str:
    """A key that opens the preview for a day; an older one opens nothing any more."""
    key = secrets.token_urlsafe(18)
    with replacing(folder / PREVIEW) as part:
        part.touch(mode=0o600)
        part.write_text(json.dumps({"key": key, "until": (time.time() if now is None else now) + KEY_S}))
    return key


def opens(folder: Path, key: object, now: float | None = None) -> bool:
    """Whether this is the key."""
    try:
        found = json.loads((folder / PREVIEW).read_text())
        known, until = str(found["key"]), float(found["until"])
    except (OSError, KeyError, TypeError, ValueError):
        return False
    return (isinstance(key, str) and hmac.compare_digest(key.encode("utf-8", "replace"), known.encode())
            and (time.time() if now is None else now) < until)


def step(study: Study, words: Mapping[str, str], place: object, number: object) -> dict[str, Any]:
    """A trial of a place, from 1; number 0 is the try. What is out of range is the nearest that there is."""
    p = min(max(place if isinstance(place, int) else 1, 1), len(study.plan))
    trials = study.plan[p - 1]
    first = 0 if trials.practice is not None else 1
    n = min(max(number if isinstance(number, int) else first, first), len(trials.trials))
    trial = trials.trials[n - 1] if n else trials.practice
    assert trial is not None
    return {"step": "trial", "trial": f"preview-{p}-{n}", "number": n, "total": len(trials.trials),
            "place": p, "places": len(study.plan), "first": first, "preview": True,
            **answers.shown(trial, study, words)}
