"""From a design to a study that can be opened: Takes, clips of equal length and loudness, the plan.

What could tell a rater which system made a dance is taken away here: every dance is cut to the same frames,
put on the same spot, written as the same number of bytes under a name of chance, with the same time stamp.
Made Takes are kept, so that a `make` that was interrupted goes on where it was.
"""

from __future__ import annotations

import dataclasses
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.corpus.studio.demo import demo_songs
from dance_core.corpus.studio.gallery import gallery
from dance_core.errors import UserError
from dance_core.evaluation.faults import Fault
from dance_core.generators.base import cannot_be_told_energy
from dance_core.longform.take import Take, load_take, save_take
from dance_core.motion.motion import BETAS, Motion
from dance_core.motion.resample import resample
from dance_core.motion.shape import reshaped
from dance_core.music.analysis import analyse
from dance_core.music.decode import excerpt, load_song
from dance_core.music.playback import write_playback
from dance_core.music.song import FULL_SCALE, Song, as_int16
from dance_core.serving.engine import Engine, Job
from dance_core.serving.local import make_take
from dance_core.settings import MOTION_FPS, Settings
from dance_core.study.clip_faults import faults_within, keep_faults
from dance_core.study.control import fixed_changes
from dance_core.study.design import Design, Material, System
from dance_core.study.entry import allow, read_ids
from dance_core.study.folder import (
    CONTROL,
    CSV,
    FILES,
    JSON,
    SALT,
    STATE,
    TAKES,
    YAML,
    Shown,
    Study,
    load_study,
    texts_file,
)
from dance_core.study.judgments import read_judgments
from dance_core.study.keys import load_yaml
from dance_core.study.loudness import loudness
from dance_core.study.plan import make_plan
from dance_core.study.state import State
from dance_core.study.tones import sounds, write_sound

Progress = Callable[[int, int], None]
LOUDNESS = -20.0  # LUFS; less where a song's peaks would clip
_PEAK = 0.95
_FADE_S = 0.03
_WHEN = 1_600_000_000  # time stamp of every file: Last-Modified and ETag say nothing
_SPARE_S = 0.2  # danced beyond the clip, so that rounding never leaves it a frame short


def make_study(design: Design, text: str, out: Path, engine: Engine, settings: Settings,
               pack: Callable[[Motion], bytes], progress: Progress = lambda done, total: None) -> Study:
    """Make the study's folder, or finish it.

    Args:
        design, text: the design and the YAML it was read from.
        out: the folder.
        engine: makes the Takes that the design asks for.
        pack: a motion as the bytes that browsers get (pages.wire.pack_motion).
        progress: told (clips done, clips in all).

    Raises:
        UserError: a song, style, generator or Take that is not there; a folder that holds another study;
            a study that has judgments already and was changed.
    """
    anew = (out / JSON).exists()
    if anew and (there := _again(out, text)):
        return there
    if out.is_dir() and any(out.iterdir()) and not (out / YAML).exists():
        raise UserError(f"The folder {out.name!r} holds something else; a study needs a folder of its own.")
    songs = _songs(design, settings)
    makers = [_maker(i, system, design, songs, engine, settings) for i, system in enumerate(design.systems)]
    people = read_ids(design.ids) if design.ids is not None else []
    if anew:
        _clear(out)
    (out / FILES).mkdir(parents=True, exist_ok=True)
    os.chmod(out, 0o700)
    (out / YAML).write_text(text, encoding="utf-8")
    shutil.rmtree(out / FILES)  # of a make that was interrupted: their names are in no study.json
    (out / FILES).mkdir()

    total = len(makers) * len(design.materials)
    clips: dict[tuple[int, int], Shown] = {}
    wrong: dict[str, list[Fault]] = {}
    sizes = set()
    progress(0, total)
    for s, maker in enumerate(makers):
        for m, material in enumerate(design.materials):
            take, start = maker(material, out / TAKES / f"{design.systems[s].name}--{material.key}"
                                                        f"--{material.style}")
            data = pack(cut(take.motion, start, design.frames))
            sizes.add(len(data))
            clips[s, m] = Shown(_write(out, ".dnc", data), take.id)
            wrong[clips[s, m].name] = faults_within(take, start, design.clip_seconds)
            progress(len(clips), total)
    if len(sizes) != 1:
        raise AssertionError(f"clips of {sorted(sizes)} bytes: their size would tell them apart")
    music, silence = _music(design, songs, out)
    tones = tuple((_write_tone(out, samples), quiet) for samples, quiet in sounds())
    study = Study(out, design, make_plan(design), clips, music, silence, tones)
    keep_faults(out, wrong)
    for path in (out / FILES).iterdir():
        os.utime(path, (_WHEN, _WHEN))
    with replacing(out / JSON) as part:
        part.write_text(study.to_json(), encoding="utf-8")
    if people:
        allow(State(out / STATE, out / SALT), study.id, out, people)
    return study


def cut(motion: Motion, start_s: float, frames: int) -> Motion:
    """`frames` frames at 30 per second from a second on, by the average body, the dancer's way centred.

    One or two frames that are missing repeat the last one; UserError where it is more.
    """
    motion = reshaped(resample(motion, float(MOTION_FPS)), np.zeros(BETAS))
    first = round(start_s * MOTION_FPS)
    part = motion.slice(first, first + frames)
    short = frames - len(part)
    if short > 2:
        raise UserError(f"A dance ends {short / MOTION_FPS:.1f} s before the clip does.")
    if short:
        part = Motion.join([part, *[part.slice(len(part) - 1, len(part))] * short])
    place = part.translation.copy()
    place[:, [0, 2]] -= (place[:, [0, 2]].max(0) + place[:, [0, 2]].min(0)) / 2
    # 30 and 30.0 take a different number of bytes in a header: a taken Take could be told by that
    return dataclasses.replace(part, translation=place, fps=float(MOTION_FPS))


def _again(out: Path, text: str) -> Study | None:
    """The study that is there, if it is this one; None where it has no judgments yet and may be made anew."""
    if texts_file(out).read_text(encoding="utf-8") == text:
        return load_study(out)
    study = load_study(out)
    judgments, bad = read_judgments(study.csv)
    count = sum(j.kind != "setting" for j in judgments) + len(bad)
    old, new = load_yaml((out / YAML).read_text(encoding="utf-8")), load_yaml(text)
    changed = fixed_changes(old, new) if isinstance(old, dict) and isinstance(new, dict) else []
    if count and not changed:
        raise UserError(f"Only texts of the study {study.id!r} changed: `study texts` gives it the new ones.")
    if count:
        raise UserError(f"The study {study.id!r} was made from another text and has {count} judgments, so "
                        f"that {', '.join(changed)} can't change; give the changed one another id.")
    return None


def _clear(out: Path) -> None:
    """Take away what a study without judgments left, but its Takes and its salt; its record is kept aside."""
    for path in [out / JSON, out / CONTROL, *out.glob("study-*.yaml"), *out.glob(f"{STATE}*")]:
        path.unlink(missing_ok=True)
    if (out / CSV).exists():
        os.replace(out / CSV, out / f"{CSV}.before-{secrets.token_hex(4)}")


# --- songs ------------------------------------------------------------------------------------------------

def _songs(design: Design, settings: Settings) -> dict[str, Song]:
    """Every song of the design by what it is called there, long enough for its clips."""
    demos = {d.title.casefold(): d for d in demo_songs()}
    found: dict[str, Song] = {}
    for material in design.materials:
        if material.song not in found:
            if Path(material.song).is_file():
                found[material.song] = load_song(material.song, settings=settings)
            elif demo := demos.get(material.song.casefold()):
                found[material.song] = load_song(demo.path, title=demo.title, settings=settings)
            else:
                raise UserError(f"songs: there is no file and no demo song {Path(material.song).name!r} "
                                f"(there are {', '.join(d.title for d in demos.values())}).")
        song = found[material.song]
        if song.duration < material.start + design.clip_seconds:
            stop = material.start + design.clip_seconds
            raise UserError(f"songs: a clip of {material.key!r} ends at {stop:g} s, but the song after "
                            f"{song.duration:.1f} s.")
    return found


def _music(design: Design, songs: dict[str, Song], out: Path) -> tuple[dict[int, str], str]:
    """The clips' music, all equally loud, and silence of the same length."""
    parts = {(m.song, m.start): excerpt(songs[m.song], m.start, m.start + design.clip_seconds)
             for m in design.materials}
    levels = {key: loudness(song.played / FULL_SCALE, song.sample_rate) for key, song in parts.items()}
    for (name, start), level in levels.items():
        if not np.isfinite(level):
            raise UserError(f"songs: {Path(name).name!r} is silent from {start:g} s on.")
    room = [level + 20 * np.log10(_PEAK * FULL_SCALE / max(float(np.abs(parts[key].played).max()), 1.0))
            for key, level in levels.items()]
    target = min(LOUDNESS, *room)
    names = {key: _write_song(out, song, 10 ** ((target - levels[key]) / 20)) for key, song in parts.items()}
    any_song = next(iter(parts.values()))
    return ({i: names[m.song, m.start] for i, m in enumerate(design.materials)},
            _write_song(out, any_song, 0.0))


def _write_song(out: Path, song: Song, gain: float) -> str:
    played = song.played * np.float32(gain / FULL_SCALE)
    fade = round(_FADE_S * song.sample_rate)
    ramp = np.linspace(0, 1, fade, dtype=np.float32)[:, None]
    played[:fade] *= ramp
    played[-fade:] *= ramp[::-1]
    name = f"{secrets.token_hex(12)}.flac"
    write_playback(Song(played.mean(1), song.sample_rate, song.digest, "",
                        stereo=as_int16(played) if played.shape[1] == 2 else None), out / FILES / name)
    return name


def _write(out: Path, ending: str, data: bytes) -> str:
    name = f"{secrets.token_hex(12)}{ending}"
    (out / FILES / name).write_bytes(data)
    return name


def _write_tone(out: Path, samples: np.ndarray) -> str:
    name = f"{secrets.token_hex(12)}.wav"
    write_sound(samples, out / FILES / name)
    return name


# --- dances -----------------------------------------------------------------------------------------------

Maker = Callable[[Material, Path], tuple[Take, float]]  # (material, folder to keep it in) → Take, start


def _maker(number: int, system: System, design: Design, songs: dict[str, Song], engine: Engine,
           settings: Settings) -> Maker:
    """What gives a system's Take of a material; what can be wrong is checked now."""
    if system.takes is not None:
        return _finder(number, system, design, songs)
    known = {n.name: n for n in engine.generators()}
    if system.generator not in known:
        raise UserError(f"systems[{number}].generator is {system.generator!r}, expected one of "
                        f"{', '.join(known)}.")
    needs = known[system.generator]
    for material in design.materials:
        if material.style not in needs.styles:
            raise UserError(f"systems[{number}].generator {system.generator!r} doesn't know the style "
                            f"{material.style!r} of songs; it knows {', '.join(needs.styles)}.")
    if system.energy is not None and not needs.uses_energy:
        raise UserError(f"systems[{number}].energy: {cannot_be_told_energy(needs)}")
    poses = gallery()
    pose = design.pose or next(iter(poses))
    if pose not in poses:
        raise UserError(f"pose is {pose!r}, expected one of {', '.join(poses)}.")

    def make(material: Material, kept: Path) -> tuple[Take, float]:
        lead = min(design.lead_in, material.start)
        song = excerpt(songs[material.song], material.start - lead,
                       material.start + design.clip_seconds + _SPARE_S)
        if (kept / "take.json").exists():
            take = load_take(kept)
            if (take.song_digest, take.generator, take.style, take.seed, take.guidance, take.energy) \
                    == (song.digest, system.generator, material.style, system.seed, system.guidance,
                        system.energy):
                return take, lead
        analysis = analyse(song, settings)
        job = Job(song, analysis.beats, analysis.features, system.generator, material.style,
                  f"preset:{pose}", poses[pose].motion, system.seed, system.guidance, system.energy)
        take = make_take(engine, job)
        save_take(take, kept)
        return take, lead

    return make


def _finder(number: int, system: System, design: Design, songs: dict[str, Song]) -> Maker:
    """Takes made before, of the whole song, by the song's digest and style."""
    where = f"systems[{number}].takes"
    folder = system.takes
    if folder is None or not folder.is_dir():
        raise UserError(f"{where}: there is no folder {str(system.takes)!r}.")
    found = {}
    for path in sorted(folder.iterdir()):
        if (path / "take.json").is_file():
            take = load_take(path)
            found.setdefault((take.song_digest, take.style), path)
    for material in design.materials:
        if (songs[material.song].digest, material.style) not in found:
            raise UserError(f"{where} holds no Take of the whole song {material.key!r} in {material.style}.")

    def find(material: Material, kept: Path) -> tuple[Take, float]:
        return load_take(found[songs[material.song].digest, material.style]), material.start

    return find
