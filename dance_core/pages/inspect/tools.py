"""What a researcher does with a stretch of the dance on the stage: mends it, or keeps it as a case."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import gradio as gr

from dance_core.body.cases import MOST_NOTE, MOST_TAG, Case, bundle_case, keep_case, read_cases
from dance_core.errors import UserError
from dance_core.generators import registry
from dance_core.generators.base import Needs, in_words
from dance_core.longform.take import Take, save_take
from dance_core.motion.motion import PARTS
from dance_core.pages.files import new_folder
from dance_core.pages.inspect.stage import Opened
from dance_core.serving.engine import Engine
from dance_core.serving.remaking import heard
from dance_core.serving.retouching import Stretch, fills_in, kept, remade, smoothed
from dance_core.settings import Settings
from dance_core.study.analysis.words import plain, rows

SMOOTH = "Smooth"
_AROUND_S = 0.2  # before and after a fault that is pressed: what leads to it is mended with it
_LISTED = 200


@dataclass(frozen=True)
class Tools:
    """The components below the stage."""

    panel: gr.Row
    start: gr.Number
    stop: gr.Number
    parts: gr.CheckboxGroup
    how: gr.Dropdown
    mend: gr.Button
    tag: gr.Textbox
    note: gr.Textbox
    keep: gr.Button
    listed: gr.Markdown
    case: gr.Dropdown
    bundle: gr.Button
    file: gr.File

    @property
    def stretch(self) -> list[Any]:
        """Where the stretch is."""
        return [self.start, self.stop]


def tools(engine: Engine) -> Tools:
    """Build them; they are shown when a dance is on the stage."""
    able = [(n.title, n.name) for n in engine.generators() if fills_in(n) and n.name in registry()]
    with gr.Row(visible=False, elem_classes="in-tools", elem_id="inspect-tools") as panel:
        with gr.Column(min_width=300, elem_classes="in-card"):
            gr.Markdown("### A stretch")
            with gr.Row():
                start = gr.Number(0.0, label="From, s", minimum=0, step=0.1, elem_id="inspect-start",
                                  min_width=90)
                stop = gr.Number(1.0, label="To, s", minimum=0, step=0.1, elem_id="inspect-stop",
                                 min_width=90)
            parts = gr.CheckboxGroup(["body", "hands", "face"], value=["body"], label="What is mended",
                                     elem_id="inspect-parts")
            how = gr.Dropdown([(SMOOTH, SMOOTH), *((f"Remake by {t}", n) for t, n in able)], value=SMOOTH,
                              label="How", elem_id="inspect-how", filterable=False)
            mend = gr.Button("Mend", variant="primary", elem_id="inspect-mend")
            gr.HTML("<p class='hint'>The rest of the dance stays bit for bit. The mended one is a new dance, "
                    "shown beside the old one.</p>", padding=False)
        with gr.Column(min_width=300, elem_classes="in-card"):
            gr.Markdown("### Keep the stretch as a case")
            tag = gr.Textbox(label="Tag", max_length=MOST_TAG, max_lines=1, elem_id="inspect-tag",
                             placeholder="slides into the turn")
            note = gr.Textbox(label="Note", max_length=MOST_NOTE, lines=3, elem_id="inspect-note")
            keep = gr.Button("Keep this moment", elem_id="inspect-keep")
    with gr.Accordion("Cases", open=True, elem_id="inspect-all-cases"):
        listed = gr.Markdown(sanitize_html=True, elem_id="inspect-cases")
        with gr.Row(elem_classes="in-bundle"):
            case = gr.Dropdown([], label="Case", elem_id="inspect-case", filterable=False)
            bundle = gr.Button("Make its bundle", elem_id="inspect-bundle", scale=0, min_width=180)
        file = gr.File(label="Bundle", interactive=False, visible=False, elem_id="inspect-file")
    return Tools(panel, start, stop, parts, how, mend, tag, note, keep, listed, case, bundle, file)


def pressed(event: gr.EventData) -> list[float]:
    """The stretch of a fault that was pressed."""
    sent = event._data if isinstance(event._data, dict) else {}
    try:
        start, stop = float(sent["start"]), float(sent["stop"])
    except (KeyError, TypeError, ValueError):
        return [gr.skip(), gr.skip()]
    return [round(max(0.0, start - _AROUND_S), 2), round(stop + _AROUND_S, 2)]


def mended(opened: Opened, start: object, stop: object, parts: object, how: object,
           settings: Settings) -> Take:
    """The dance with the stretch mended, kept in its folder. Raises UserError."""
    chosen = frozenset(str(p) for p in parts) if isinstance(parts, list) else frozenset()
    begin, end = _seconds(start), min(_seconds(stop), opened.take.motion.duration)
    stretch = Stretch(begin, end, chosen & PARTS)
    take = opened.take
    if how == SMOOTH:
        motion, said = smoothed(take.motion, stretch), "smoothed"
    else:
        generator = registry().get(str(how))
        if generator is None:
            raise UserError("Please choose how it is to be mended.")
        generator.load()
        known = heard(opened.entry.folder, take, settings, "This dance")
        motion = remade(take, known.analysis, generator, stretch, _style(generator.needs, take.style),
                        secrets.randbelow(2**31))
        said = f"made anew by {generator.needs.title}"
    done = kept(take, motion, f"{in_words(stretch.parts)} {said} from {begin:.2f} to {end:.2f} s")
    save_take(done, settings.mended_dir / done.id, opened.song)
    return done


def _style(needs: Needs, style: str) -> str:
    """The dance's own style where the generator knows it."""
    return style if style in needs.styles else needs.styles[0]


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
        raise UserError("Please say from which second to which.")
    return float(value)


def marked(opened: Opened, start: object, stop: object, tag: object, note: object,
           settings: Settings) -> Case:
    """The stretch kept as a case. Raises UserError."""
    end = min(_seconds(stop), opened.take.motion.duration)
    return keep_case(settings.cases_dir, opened.take, opened.song, opened.entry.faults or (),
                     _seconds(start), end, str(tag or ""), str(note or ""))


def cases_values(settings: Settings, chosen: str | None = None) -> list[Any]:
    """Values for the list of cases and the choice among them."""
    all_ = read_cases(settings.cases_dir)
    body = [[c.created[:16].replace("T", " "), plain(c.tag, 40), plain(c.title, 40), plain(c.system, 30),
             f"{c.start_s:.2f} – {c.stop_s:.2f}", str(len(c.faults)), plain(c.note, 120)]
            for c in all_[:_LISTED]]
    text = rows(["kept", "tag", "song", "system", "seconds", "faults", "note"], body).replace("---:", "---")
    choices = [(f"{c.tag} · {c.title[:30]} · {c.start_s:.1f} s", c.id) for c in all_]
    value = chosen or (all_[0].id if all_ else None)
    return [text if all_ else "No moment was kept yet.", gr.update(choices=choices, value=value)]


def bundled(case: object, settings: Settings) -> str:
    """The bundle of a case as a file. Raises UserError."""
    return str(bundle_case(settings.cases_dir, case, new_folder(settings)))
