"""A motion file of any system comes onto the stage with its song, as a dance like those danced here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr

from dance_core.corpus.studio.dancer import style_title
from dance_core.corpus.studio.demo import demo_songs
from dance_core.errors import UserError
from dance_core.longform.take import Take, save_take
from dance_core.motion.reading import ENDINGS, TOLD
from dance_core.music.analysis import analyse
from dance_core.music.decode import SONG_ENDINGS, load_song
from dance_core.music.song import Song
from dance_core.pages.inspect.stage import Opened
from dance_core.serving.engine import Engine
from dance_core.serving.importing import import_take, style_told
from dance_core.settings import Settings

STAGE = ""  # the song of the dance on the stage
AS_NAMED = ""  # the style that the file's name tells
MOST_NAME = 80


@dataclass(frozen=True)
class Bringing:
    """The components."""

    motion: gr.File
    song: gr.File
    chosen: gr.Dropdown
    system: gr.Textbox
    style: gr.Dropdown
    fps: gr.Number
    go: gr.Button

    @property
    def inputs(self) -> list[Any]:
        """As `brought` takes them."""
        return [self.motion, self.song, self.chosen, self.system, self.style, self.fps]


def bringing(engine: Engine) -> Bringing:
    """Build them inside the Blocks that are open."""
    demos = [(d.title, d.title) for d in demo_songs()]
    known = [(style_title(s), s) for s in styles(engine)]
    with (gr.Accordion("Bring a dance in", open=False, elem_id="inspect-bring"),
          gr.Row(elem_classes="in-tools")):
        with gr.Column(min_width=260, elem_classes="in-card"):
            gr.Markdown("### The motion")
            motion = gr.File(label="Motion file", show_label=False, file_types=[*ENDINGS, *TOLD],
                             type="filepath", height=80, elem_id="inspect-motion",
                             elem_classes=["upload", "pose-file"])
            gr.HTML("<p class='hint'>npz, npy or pkl of SMPL's poses or joints (AMASS, smplx, EDGE, AIST++, "
                    "FineDance, …), BVH or GLB of most skeletons.</p>", padding=False)
            with gr.Row():
                system = gr.Textbox(label="System", max_length=MOST_NAME, max_lines=1, min_width=120,
                                    placeholder="whose dance it is", elem_id="inspect-system")
                # Gradio 6.31 sends an empty one as 0, and refuses it by itself where the minimum is more
                fps = gr.Number(None, label="Frames a second", minimum=0, elem_id="inspect-fps",
                                placeholder="as it says", min_width=90)
        with gr.Column(min_width=260, elem_classes="in-card"):
            gr.Markdown("### Its song")
            song = gr.File(label="Song", show_label=False, file_types=list(SONG_ENDINGS), type="filepath",
                           height=80, elem_id="inspect-song", elem_classes="upload")
            chosen = gr.Dropdown([("that of the dance on the stage", STAGE), *demos], value=STAGE, label="Or",
                                 elem_id="inspect-song-of", filterable=False)
            style = gr.Dropdown([("as the file's name tells", AS_NAMED), *known], value=AS_NAMED,
                                label="Style", elem_id="inspect-style", filterable=False)
            go = gr.Button("Bring it onto the stage", variant="primary", elem_id="inspect-import")
    return Bringing(motion, song, chosen, system, style, fps, go)


def styles(engine: Engine) -> list[str]:
    """Keys of all styles that generators know, in their order."""
    return list(dict.fromkeys(s for n in engine.generators() for s in n.styles))


def brought(motion: object, song: object, chosen: object, system: object, style: object, fps: object,
            stage: Opened | None, known: list[str], settings: Settings) -> tuple[Take, str]:
    """The dance, read and kept in its system's folder of `settings.imported_dir`; a study can take it there.

    With it comes what is to be said of it: what it was read as, and what had to be guessed.

    Args:
        motion, song: files that Gradio took in; None: none. chosen: title of a demo song, or STAGE.
        system: whose dance it is. style: key of a style, or AS_NAMED.
        fps: frames a second; None or 0: as the file says.
        stage: the dance on the stage. known: keys of styles.

    Raises:
        UserError: where something is missing, and as reading motions and songs does.
    """
    if not isinstance(motion, str):
        raise UserError("Please choose a motion file first.")
    if not (fps is None or (isinstance(fps, int | float) and not isinstance(fps, bool))):
        raise UserError("Please say the frames a second as a number.")
    heard = _song(song, chosen, stage, settings)
    told = str(style) if style in known else style_told(motion, known)
    take = import_take(Path(motion), heard, analyse(heard, settings), told or known[0],
                       str(system or "")[:MOST_NAME], float(fps) if fps else None, settings=settings)
    folder = settings.imported_dir / take.generator
    save_take(take, folder / take.id, heard)
    said = [] if told else [f"Nothing tells the style; it is kept as {style_title(take.style)}."]
    if take.source is not None:
        place = folder.relative_to(settings.data_dir).as_posix()
        said = [f"Read as {take.source.kind}, and kept in {place}.", *take.source.said, *said]
    return take, " ".join(said)


def _song(upload: object, chosen: object, stage: Opened | None, settings: Settings) -> Song:
    if isinstance(upload, str):
        return load_song(upload, settings=settings)
    demos = {d.title: d for d in demo_songs()}
    if chosen in demos:
        return load_song(demos[str(chosen)].path, title=str(chosen), settings=settings)
    if stage is None or stage.song is None:
        raise UserError("Please bring the song along, or choose one: there is none on the stage.")
    return replace(stage.song, digest=stage.take.song_digest)  # as it was brought, not as it was kept
