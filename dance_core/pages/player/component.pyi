"""The player as a Gradio component: dancers, strips and controls on the clock of one audio element."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from dance_core.settings import ASSETS

BUNDLE = ASSETS / "player" / "player.js"
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
    """A file for the browser. It must lie in Gradio's folder, the working or a static folder."""
    return gr.FileData(path=str(path)).model_dump()

from gradio.events import Dependency

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
    from typing import Callable, Literal, Sequence, Any, TYPE_CHECKING
    from gradio.blocks import Block
    if TYPE_CHECKING:
        from gradio.components import Timer
        from gradio.components.base import Component


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

    def preprocess(self, payload: Mapping[str, Any] | None) -> Watched:
        """How it was watched, as the browser says."""
        return Watched.read((payload or {}).get("watched"))
    from typing import Callable, Literal, Sequence, Any, TYPE_CHECKING
    from gradio.blocks import Block
    if TYPE_CHECKING:
        from gradio.components import Timer
        from gradio.components.base import Component


def player_value(
    take: str,
    title: str = "",
    subtitle: str = "",
    audio: Path | None = None,
    peaks: Path | None = None,
    duration: float = 0.0,
    fps: float = 30.0,
    panes: Sequence[tuple[str, Sequence[Path]]] = (),
    beat_times: Sequence[float] = (),
    beat_positions: Sequence[int] = (),
    motion_beats: Sequence[float] = (),
    segments: Sequence[tuple[float, float]] = (),
    seams: Sequence[float] = (),
    done: int = 0,
    total: int = 0,
    finished: bool = True,
    autoplay: bool = False,
    status: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """A value for `Player`.

    Args:
        take: names what is shown; a new name clears the stage.
        title, subtitle: what stands on the stage; user text is safe here.
        audio, peaks: the music and its outline (`wire.pack_peaks`); None shows a pose without music.
        duration: seconds of music that are danced.
        panes: one or two (label, DNC1 files in any order) on the same clock.
        beat_times, beat_positions, motion_beats, seams: seconds; positions in the bar, 1 = downbeat.
        segments: (start, stop) in seconds.
        done, total: segments made, and in all.
        finished: nothing more will come.
        autoplay: play as soon as the first piece is there.
        status: ("working" | "error" | "note", one sentence), or None.
    """
    return {
        "take": take, "title": title, "subtitle": subtitle, "duration": float(duration), "fps": float(fps),
        "audio": file(audio) if audio else None, "peaks": file(peaks) if peaks else None,
        "panes": [{"label": label, "pieces": [file(p) for p in pieces]} for label, pieces in panes],
        "beats": {"times": [round(float(t), 4) for t in beat_times], "positions": [int(p) for p in beat_positions]},
        "motion_beats": [round(float(t), 3) for t in motion_beats],
        "segments": [{"start": float(a), "stop": float(b)} for a, b in segments],
        "seams": [float(t) for t in seams],
        "done": done, "total": total, "finished": finished, "autoplay": autoplay,
        "status": {"kind": status[0], "text": status[1]} if status else None,
    }