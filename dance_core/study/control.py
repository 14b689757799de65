"""What may still change once a study is made: open, paused or closed; its texts; more places.

    control.json      {"state": …, "texts": n}; no file: open, and the texts it was made with
    study-2.yaml …    the study with other texts; what is shown and asked is the same as in study.yaml
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dance_core.atomic import replacing
from dance_core.errors import UserError
from dance_core.study.design import Design, parse_design
from dance_core.study.folder import CONTROL, JSON, Study, load_study, texts_file
from dance_core.study.keys import load_yaml
from dance_core.study.plan import make_plan

STATES = ("open", "paused", "closed")
TEXTS = ("title", "consent", "language", "languages", "completion")  # keys that may change at any time
_MOST_PLACES = 10_000


def read_control(folder: Path) -> dict[str, Any]:
    """The state and the version of the texts. A file that can't be read closes nothing, and opens nothing."""
    try:
        found = json.loads((folder / CONTROL).read_text(encoding="utf-8"))
        state = found["state"] if found["state"] in STATES else "paused"
        return {"state": state, "texts": int(found["texts"])}
    except FileNotFoundError:
        return {"state": "open", "texts": 1}
    except (KeyError, TypeError, ValueError):
        return {"state": "paused", "texts": 1}


def set_state(folder: Path, state: str) -> None:
    """Open, pause or close: paused, nobody begins; closed, nobody answers either."""
    _write(folder, {**read_control(folder), "state": state})


def change_texts(study: Study, text: str) -> int:
    """Take the texts of another YAML of the same study; their version. Raises UserError for other changes."""
    folder = study.folder
    old, new = _top(texts_file(folder).read_text(encoding="utf-8")), _top(text)
    if changed := fixed_changes(old, new):
        raise UserError(f"{', '.join(changed)} can't change once a study is made; only "
                        f"{', '.join(TEXTS)} can.")
    design = parse_design(text, folder)
    if design.consent != study.design.consent and design.consent_version == study.design.consent_version:
        raise UserError("consent.text is another one, but consent.version is still "
                        f"{design.consent_version!r}: a new version is asked for anew.")
    control = read_control(folder)
    version = control["texts"] + 1
    with replacing(folder / f"study-{version}.yaml") as part:
        part.write_text(text, encoding="utf-8")
    _write(folder, {**control, "texts": version})
    return version


def fixed_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Keys of a study that differ and may not."""
    return sorted(key for key in {*old, *new} if key not in TEXTS and old.get(key) != new.get(key))


def add_places(study: Study, raters: int) -> Study:
    """More places behind those that there are, balanced among themselves, from a seed of their own.

    Raises UserError for too many. Nobody's place changes.
    """
    there = len(study.plan)
    if not 1 <= raters <= _MOST_PLACES - there:
        raise UserError(f"{raters} places can't be added to {there}: from 1 to {_MOST_PLACES - there} can.")
    more = make_plan(dataclasses.replace(study.design, raters=raters, seed=study.design.seed + there))
    made = dataclasses.replace(study, plan=(*study.plan, *more))
    with replacing(study.folder / JSON) as part:
        part.write_text(made.to_json(), encoding="utf-8")
    return load_study(study.folder)


def balance(study: Study) -> dict[str, Any]:
    """What the plan came to, for a report: how often each item is seen and stands left, orders, checks."""
    design: Design = study.design
    seen: dict[str, dict[str, int]] = {}
    left: dict[str, int] = {}
    checks = {"left": 0, "right": 0}
    for place in study.plan:
        for trial in place.trials:
            if trial.kind == "check":
                checks["left" if (trial.expect or 0) < 0 else "right"] += 1
                continue
            names = [design.systems[clip[0]].name for clip in (trial.left, trial.right) if clip]
            item = f"{' – '.join(sorted(names))} · {design.materials[trial.material].key}"
            kind = seen.setdefault(trial.kind, {})
            kind[item] = kind.get(item, 0) + 1
            if len(set(names)) == 2:
                pair = f"{trial.kind}: {names[0]} left of {names[1]}"
                left[pair] = left.get(pair, 0) + 1
    orders = {tuple((t.kind, t.left, t.right) for t in place.trials) for place in study.plan}
    return {"places": len(study.plan), "orders": len(orders), "seen": seen, "left": left, "checks": checks}


def _top(text: str) -> dict[str, Any]:
    found = load_yaml(text)
    if not isinstance(found, dict):
        raise UserError("The study file must be a list of keys and values.")
    return found


def _write(folder: Path, control: dict[str, Any]) -> None:
    with replacing(folder / CONTROL) as part:
        part.write_text(json.dumps(control) + "\n", encoding="utf-8")
