"""The player as a Gradio component: dancers, strips and controls on the clock of one audio element."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import gradio as gr
from gradio.route_utils import API_PREFIX

from dance_core.evaluation.faults import KINDS, Fault
from dance_core.motion.skeleton import (
    HEAD,
    JOINT_NAMES,
    LEFT_ANKLE,
    LEFT_ELBOW,
    LEFT_KNEE,
    LEFT_WRIST,
    PELVIS,
    RIGHT_ANKLE,
    RIGHT_ELBOW,
    RIGHT_KNEE,
    RIGHT_WRIST,
)
from dance_core.settings import ASSETS

BUNDLE = ASSETS / "player" / "player.js"
BODY = ASSETS / "body" / "body.glb"
STYLE = Path(__file__).parent / "player.css"

# The template never changes, whatever the value: user text reaches the page only as textContent, in JS.
_TEMPLATE = '<div class="dp" data-player></div>'


def script_loader(call: str) -> str:
    """JS for `js_on_load`: loads the bundle once per page, then runs `call`."""
    return f"""
      const start = () => {{ {call} }};
      if (window.DanceCore) start();
      else {{
        window.DanceCoreLoading ??= new Promise((ok, bad) => {{
          const s = document.createElement('script');
          s.src = props.value.script.url;
          s.onload = ok;
          s.onerror = () => bad(new Error('the player could not be loaded'));
          document.head.append(s);
        }});
        window.DanceCoreLoading.then(start);
      }}
    """


def file(path: str | Path) -> dict[str, Any]:
    """A file for the browser, with its address. It must lie in Gradio's folder or a static one (`serve`)."""
    path = Path(path).absolute()
    return gr.FileData(path=str(path), url=f"{API_PREFIX}/file={quote(str(path))}").model_dump()


_served: set[Path] = set()


def serve(path: Path) -> None:
    """Let browsers fetch a file, or all in a folder: something that everybody may see."""
    if path not in _served:  # Gradio's list grows with every call, and it is walked for every file
        _served.add(path)
        gr.set_static_paths([path])


class Scripted(gr.HTML):
    """An HTML component whose whole life is in the bundle: a static template, a value of plain data.

    Values are dicts; a nonce is added, because an equal value would not reach the page.
    """

    def __init__(self, kind: str, template: str, value: dict[str, Any] | None = None, **more: Any) -> None:
        serve(BUNDLE)
        call = f"DanceCore.{kind}(element, props, trigger, watch, server)"
        super().__init__(value=value or {}, html_template=template, apply_default_css=False,
                         js_on_load=script_loader(call), **more)

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the nonce and the bundle's address."""
        return {**(value or {}), "nonce": secrets.token_hex(6), "script": file(BUNDLE)}

    def get_block_name(self) -> str:
        return "html"


@dataclass(frozen=True)
class Pane:
    """One dancer on the stage.

    Attributes:
        pieces: DNC1 files (`wire.pack_motion`) in any order, all in one folder that browsers may read. Their
            names are seen by whoever looks: a blind study gives them names that say nothing.
        label: stands under the dancer where there are two; any text is safe.
        motion_beats, seams: seconds.
        segments: (start, stop) in seconds.
        take: id of a finished Take, where visitors may start a dance from one of its frames; else "".
        faults: what is wrong in it: lanes on the timeline, rings around the joints.
    """

    pieces: Sequence[Path] = ()
    label: str = ""
    motion_beats: Sequence[float] = ()
    segments: Sequence[tuple[float, float]] = ()
    seams: Sequence[float] = ()
    take: str = ""
    faults: Sequence[Fault] = ()


@dataclass(frozen=True)
class Options:
    """What a player tells and lets people do.

    Attributes:
        titles: title and subtitle of the value.
        labels: the panes' labels.
        beats: the music's beats: marks on the strips, the ring's pulse on the floor, beat steps, the click.
        marks: what is known about the motions: their beats, foot contacts, segments, seams.
        tools: everything beyond play, seek, volume: speed, steps, loops, look, camera, mirror, click.
        look: "body" or "skeleton" for everybody; "": as each visitor likes (and the browser remembers).
        camera: "follow", "fixed" or "orbit" at first.
    """

    titles: bool = True
    labels: bool = True
    beats: bool = True
    marks: bool = True
    tools: bool = True
    look: str = ""
    camera: str = "follow"

    def __post_init__(self) -> None:
        if self.look not in ("", "body", "skeleton"):
            raise ValueError(f"Options.look is {self.look!r}, expected body, skeleton or nothing")
        if self.camera not in ("follow", "fixed", "orbit"):
            raise ValueError(f"Options.camera is {self.camera!r}, expected follow, fixed or orbit")

    @classmethod
    def blind(cls, look: str = "body") -> Options:
        """For studies: nothing on the stage tells who made a dance, and all raters see the same."""
        return cls(titles=False, beats=False, marks=False, tools=False, look=look)


@dataclass(frozen=True)
class Watched:
    """How what is on the stage was watched since it came there. Told by a browser: a courtesy, no proof.

    Attributes:
        take: the value's `take`.
        seconds: time for which it really played, at whatever speed.
        share: 0 to 1, how much of the dance was played at least once.
        replays: how often it was begun anew after at least 2 s of it had been played.
        ended: played to its end at least once.
    """

    take: str = ""
    seconds: float = 0.0
    share: float = 0.0
    replays: int = 0
    ended: bool = False

    @classmethod
    def read(cls, sent: object) -> Watched:
        """From what a browser sent; nonsense becomes nothing, too much what is possible."""
        if not isinstance(sent, Mapping):
            return cls()
        take = sent.get("take")
        return cls(take=take[:200] if isinstance(take, str) else "",
                   seconds=_number(sent.get("seconds"), 86_400.0), share=_number(sent.get("share"), 1.0),
                   replays=int(_number(sent.get("replays"), 10_000)), ended=sent.get("ended") is True)


def _number(value: object, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:  # nan, too
        return 0.0
    return float(min(value, most))  # in this order: a whole number can be too large for a float


class Player(Scripted):
    """Shows one dance, or two side by side, to their music.

    The value is a dict as `player_value` makes it. Values with the `take` that is on screen add to
    what is there and never disturb the music; another `take` starts afresh.

    As an input it gives `Watched`. The events `play`, `pause` and `end` tell the same in their data:
    `def paused(event: gr.EventData): Watched.read(event._data)`. `select` is triggered by "start from this
    frame", with {"take": id of the Take, "seconds": time in it}. In the page's own scripts,
    `DanceCore.watched(take)` gives {take, seconds, share, replays, ended}.
    """

    def __init__(self, value: dict[str, Any] | None = None, **more: Any) -> None:
        super().__init__("player", _TEMPLATE, value, **more)

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any]:
        """Adds where the body is; without one browsers show the skeleton."""
        if not BODY.is_file():
            return super().postprocess(value)
        serve(BODY)
        return super().postprocess({**(value or {}), "body": file(BODY)})

    def preprocess(self, payload: Mapping[str, Any] | None) -> Watched:
        """How it was watched, as the browser says."""
        return Watched.read((payload or {}).get("watched"))


def player_value(
    take: str,
    title: str = "",
    subtitle: str = "",
    audio: Path | None = None,
    peaks: Path | None = None,
    duration: float = 0.0,
    fps: float = 30.0,
    panes: Sequence[Pane] = (),
    beat_times: Sequence[float] = (),
    beat_positions: Sequence[int] = (),
    done: int = 0,
    total: int = 0,
    finished: bool = True,
    autoplay: bool = False,
    status: tuple[str, str] | None = None,
    options: Options | None = None,
    small: Path | None = None,
) -> dict[str, Any]:
    """A value for `Player`.

    Args:
        take: names what is shown; a new name clears the stage. Browsers see it.
        title, subtitle: what stands on the stage; user text is safe here.
        audio, peaks: the music and its outline (`wire.pack_peaks`); None shows a pose without music.
        duration: seconds of music that are danced.
        panes: one or two dancers, left and right, on the same clock.
        beat_times, beat_positions: of the music, seconds and positions in the bar, 1 = downbeat.
        done, total: segments made, and in all.
        finished: nothing more will come.
        autoplay: play as soon as the first piece is there.
        status: ("working" | "error" | "note", one sentence), or None.
        options: what is told and can be done; by default everything.
        small: the same music in a small file (AAC), for browsers that can play it.
    """
    if len(panes) > 2:
        raise ValueError(f"{len(panes)} panes, but a player shows one or two")
    return {
        "take": take, "title": title, "subtitle": subtitle, "duration": float(duration), "fps": float(fps),
        **{name: file(path) if path else None
           for name, path in (("audio", audio), ("small", small), ("peaks", peaks))},
        "panes": [_pane(pane) for pane in panes],
        "beats": {"times": [round(float(t), 4) for t in beat_times],
                  "positions": [int(p) for p in beat_positions]},
        "done": done, "total": total, "finished": finished, "autoplay": autoplay,
        "status": _status(status), "options": asdict(options or Options()),
    }


def _pane(pane: Pane) -> dict[str, Any]:
    """Pieces by name beside the first one: Gradio looks at every file of a value anew at every step."""
    pieces = list(pane.pieces)
    if len({p.parent for p in pieces}) > 1:
        raise ValueError("the pieces of a pane must lie in one folder")
    return {"label": pane.label, "first": file(pieces[0]) if pieces else None,
            "pieces": [p.name for p in pieces], "take": pane.take,
            "motion_beats": [round(float(t), 3) for t in pane.motion_beats],
            "segments": [[round(float(a), 3), round(float(b), 3)] for a, b in pane.segments],
            "seams": [round(float(t), 3) for t in pane.seams],
            "faults": [fault_value(f) for f in pane.faults]}


_PARTS = {"body": (PELVIS,), "legs": (LEFT_KNEE, RIGHT_KNEE, LEFT_ANKLE, RIGHT_ANKLE),
          "arms": (LEFT_ELBOW, RIGHT_ELBOW, LEFT_WRIST, RIGHT_WRIST), "hands": (LEFT_WRIST, RIGHT_WRIST),
          "face": (HEAD,)}


def fault_value(fault: Fault) -> dict[str, Any]:
    """What browsers are told of a fault; `joints` are the numbers of those that get a ring."""
    joints = [JOINT_NAMES.index(fault.joint)] if fault.joint in JOINT_NAMES else _PARTS.get(fault.joint, ())
    return {"kind": fault.kind, "title": KINDS[fault.kind].title, "start": round(fault.start_s, 3),
            "stop": round(fault.stop_s, 3), "severity": round(fault.severity, 3), "joint": fault.joint,
            "joints": list(joints), "sentence": fault.sentence}


def _status(status: tuple[str, str] | None) -> dict[str, str] | None:
    return {"kind": status[0], "text": status[1]} if status else None


def player_patch(status: tuple[str, str] | None = None, finished: bool | None = None) -> dict[str, Any]:
    """A value for `Player` that leaves on the stage what is there, and only says something about it.

    status: as in `player_value`. finished: True where nothing more of the dance will come.
    """
    patch: dict[str, Any] = {"patch": True, "status": _status(status)}
    return patch if finished is None else {**patch, "finished": finished}
