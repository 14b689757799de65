"""Training of the retrieval module, and what it is worth on held-out pairs.

A batch has one clip of each of so many songs, at most one a song: two stretches of a song are often alike.
Some clips, dance and music together, are played faster or slower, and half the dances are mirrored.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from dance_core import __version__
from dance_core.atomic import replacing
from dance_core.corpus.pairs import Corpus
from dance_core.corpus.studio.demo import demo_songs
from dance_core.errors import UserError
from dance_core.generators.nets.dances import Dances, feature_names, fit_shapes
from dance_core.generators.nets.pose_code import PoseCode
from dance_core.generators.nets.training import Progress, Stage, start_fabric, train_stage
from dance_core.generators.nets.weights import save_weights
from dance_core.generators.soulnet import retrieval
from dance_core.generators.soulnet.mmr import NAME, Mmr, matching, motion_vectors, music_vectors
from dance_core.generators.soulnet.mmr_config import MmrConfig
from dance_core.generators.soulnet.search import CLIPS, SONGS, Known, song_clips
from dance_core.music.analysis import analyse
from dance_core.music.decode import load_song

MMR_STAGES: dict[str, Stage] = {
    "small": Stage("mmr", 1_500, 96, 1e-3, decay=0.05, average=0.995, judge_every=250),
    "paper": Stage("mmr", 40_000, 128, 3e-4, decay=0.05, average=0.999, judge_every=2_000),
    "tiny": Stage("mmr", 150, 8, 3e-3, average=0.9, judge_every=150),
}


class MmrLoss:
    """Loss and judgement of the stage.

    Args:
        songs: name of the song of each dance of `dances`, and of `held_out`.
    """

    def __init__(self, mmr: Mmr, dances: Dances, songs: Sequence[str], held_out: Dances,
                 held_songs: Sequence[str]) -> None:
        self.mmr, self.dances, self.held_out, self.held_songs = mmr, dances, held_out, np.array(held_songs)
        names = sorted(set(songs))
        self.of = {name: np.flatnonzero(np.array(songs) == name) for name in names}
        if len(names) < 2:
            raise UserError(f"The corpus has {len(names)} songs in its training split; to tell them apart "
                            "takes two.")

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        rows, music, songs = (x.to(self.mmr.sharpness.device)
                              for x in self.draw(rng, count, self.mmr.clip))
        d_rhythm, d_mood, m_rhythm, m_mood, sharp = model(*self.mmr.seen(rows), *self.mmr.heard(music))
        rhythm = matching(d_rhythm, m_rhythm, songs, sharp[0])
        mood = matching(d_mood, m_mood, songs, sharp[1])
        return rhythm + mood, {"rhythm": float(rhythm.detach()), "mood": float(mood.detach()),
                               "sharp rhythm": float(sharp[0].detach()),
                               "sharp mood": float(sharp[1].detach())}

    def draw(self, rng: np.random.Generator, count: int, frames: int) -> tuple[Tensor, Tensor, Tensor]:
        """rows (B, frames, ROW), music (B, frames, F), song (B,), no song twice; B <= count.

        A song is as likely as any other, and of a song every moment of its dances.
        """
        long = [i for i, of in enumerate(self.of.values()) if self.dances.lengths[of].max() >= frames]
        if len(long) < 2:
            raise UserError(f"{len(long)} songs of the corpus have a dance of {frames} frames; two are "
                            "needed.")
        chosen = rng.choice(long, min(count, len(long)), replace=False)
        per_song = list(self.of.values())
        picked = []
        for i in chosen:
            room = np.maximum(self.dances.lengths[per_song[i]] - frames + 1, 0)
            picked.append(rng.choice(per_song[i], p=room / room.sum()))
        rows, music, _ = self.dances.draw(rng, len(chosen), frames, varied=True, of=np.array(picked))
        return rows, music, torch.from_numpy(chosen)

    def judge(self, model: nn.Module) -> dict[str, float]:
        """R@1 and median rank among the held-out clips, the mean of both ways."""
        found = retrieval.asked(*pool(model, self.held_out, self.held_songs, 1))
        out = {}
        for space in retrieval.SPACES:
            ways = [found[space, way] for way in ("to music", "to dance")]
            out[f"val R@1 {space}"] = float(np.mean([w.r1 for w in ways]))
            out[f"val MedR {space}"] = float(np.mean([w.median for w in ways]))
        return out | {"val chance": found["both", "to music"].chance1}


def pool(model: Mmr, dances: Dances, songs: np.ndarray, clips: int
         ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every stretch of `clips` clips, one after another: dances and music (N, clips, 2, D), songs (N,)."""
    frames = clips * model.config.clip
    starts, of = [], []
    for i, (first, length) in enumerate(zip(dances.starts, dances.lengths, strict=True)):
        here = np.arange(first, first + length - frames + 1, frames)
        starts.append(here)
        of += [i] * len(here)
    if not of:
        raise UserError(f"No held-out dance has {frames} frames; the longest has {dances.lengths.max()}.")
    at = (np.concatenate(starts)[:, None] + model.config.clip * np.arange(clips)).ravel()
    d, m = motion_vectors(model, dances.rows, at), music_vectors(model, dances.music, at)
    shape = (len(of), clips, *d.shape[1:])
    return d.reshape(shape), m.reshape(shape), np.asarray(songs)[of]


def songs_of(corpus: Corpus, dances: Dances) -> list[str]:
    """The song of each dance."""
    known = {row.id: row.song or row.id for row in corpus.rows}
    return [known[i.removeprefix("~")] for i in dances.ids]


def train_mmr(corpus: Corpus, config: MmrConfig, folder: Path, seed: int = 0,
              progress: Progress = lambda *told: None, threads: int = 0, *,
              stage: Stage = MMR_STAGES["small"], code: PoseCode | None = None,
              dances: Dances | None = None, fabric: Fabric | None = None, demos: bool = True) -> Mmr:
    """Train it on a corpus' train split.

    FOLDER gets mmr.ckpt and mmr.csv, at the end mmr.safetensors, mmr.json, songs.safetensors, the songs that
    a dance's own is ranked among, and mmr.md, what it is worth on held-out pairs.

    Interrupted and started again, it goes on from the last checkpoint.

    Args:
        code, dances: the pose code and the coded train dances (mirrored ones too), where the caller has
            them; else they are made.
        fabric: launched already; None: one of its own.
        demos: put the demo songs among those that a dance's own song is ranked among.
    """
    if threads:
        torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    config = dataclasses.replace(config, features=feature_names(corpus))
    code = code or fit_shapes(corpus)
    if dances is None:
        dances = Dances.read(corpus, "train", code, corpus.styles, mirrored=True,
                             progress=lambda done, total: progress("reading", done, total, {}))
    held_out = Dances.read(corpus, "val", code, corpus.styles, mirrored=False)
    torch.manual_seed(seed)
    mmr = Mmr(config, code)
    mmr.fit(dances.rows, dances.music)
    fabric = fabric or start_fabric()
    mmr.to(fabric.device)
    worker = MmrLoss(mmr, dances, songs_of(corpus, dances), held_out, songs_of(corpus, held_out))
    train_stage(fabric, stage, mmr, folder, seed, worker.loss, worker.judge, progress)
    mmr.requires_grad_(False).eval()
    if fabric.is_global_zero:
        save_weights(folder, NAME, mmr, _told(mmr, seed, stage, corpus))
        unheard_songs(mmr, corpus, demos).save(folder / SONGS)
        with replacing(folder / f"{NAME}.md") as part:
            part.write_text(judged(mmr, corpus), encoding="utf-8")
    return mmr


def unheard_songs(mmr: Mmr, corpus: Corpus, demos: bool) -> Known:
    """Songs that it has not learned from: those of val and test, each by a pair of it, and the demo songs."""
    found: dict[str, tuple[str, np.ndarray]] = {}
    for row in corpus.rows:
        if row.split != "train" and (row.song or row.id) not in found:
            clips = song_clips(mmr, corpus.pair(row.id).features)
            if len(clips) == CLIPS:
                found[row.song or row.id] = "", clips
    for demo in demo_songs() if demos else []:
        song = load_song(demo.path, title=demo.title)
        found[demo.title] = song.digest, song_clips(mmr, analyse(song).features)
    vectors = [clips for _, clips in found.values()]
    return Known(tuple(found), tuple(digest for digest, _ in found.values()),
                 np.stack(vectors) if vectors else np.zeros((0, CLIPS, 2, mmr.config.vector), np.float32))


def _told(mmr: Mmr, seed: int, stage: Stage, corpus: Corpus) -> dict[str, object]:
    return {"config": mmr.config.as_dict(), "seed": seed, "code_version": __version__,
            "corpus": {"seconds": {s: round(corpus.seconds(s)) for s in ("train", "val", "test")},
                       "styles": list(corpus.styles)},
            "stage": dataclasses.asdict(stage)}


def judged(mmr: Mmr, corpus: Corpus) -> str:
    """Markdown: how well pairs of val and test, which it has not seen, are found."""
    seconds = mmr.clip / 30.0
    lines = [
        "# Music-motion retrieval on held-out pairs", "",
        f"R@k: share of clips whose own partner is among the first k of the pool; MedR: median rank. Clips "
        f"of {seconds:g} s, each in one place only. A whole pair is found by {CLIPS} clips in a row "
        f"({CLIPS * seconds:g} s), whose similarities are averaged. Other clips of the asker's own song "
        "are neither right nor wrong and not in its pool. Chance: the same for a guess. Studio dances are "
        "made by rule on the beats, with hands and faces, and far easier to find than recorded ones (real), "
        "which were laid on the music.", ""]
    kinds = {row.id: row.dance_kind for row in corpus.rows}
    for split in ("val", "test"):
        if not any(row.split == split for row in corpus.rows):
            continue
        held = Dances.read(corpus, split, mmr.code(), corpus.styles, mirrored=False)
        songs = np.array(songs_of(corpus, held))
        for clips, what in ((1, "clips"), (CLIPS, f"stretches of {CLIPS} clips")):
            if held.lengths.max() < clips * mmr.clip:
                continue
            vectors = pool(mmr, held, songs, clips)
            lines += [f"## {split}: {len(vectors[0])} {what} of {len(held.lengths)} pairs, "
                      f"{len(set(songs))} songs", "",
                      *retrieval.told(retrieval.asked(*vectors)), ""]
            each = np.repeat([kinds[i] for i in held.ids], held.lengths // (clips * mmr.clip))
            for kind in sorted(set(each) - {""}) if clips == 1 else ():
                who = each == kind
                lines += [f"Of these the {who.sum()} clips of {kind} dances, in the same pool:", "",
                          *retrieval.told(retrieval.asked(*vectors, who)), ""]
    return "\n".join(lines)
