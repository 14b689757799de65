"""Measure a generator on held-out clips, beside dances that must fail; or published scores on real AIST++.

--generator G --corpus DIR writes table.md and table.json. `songs` dances to whole songs that nobody prepared
and says which of the dances no body could do. `stress` dances to songs whose tempo jumps, to slow and fast
covers of one song, and with several seeds. `settings --set NAME=V,V` compares other numbers in how a
learned generator dances, on val. `flat` measures dances in two dimensions, as a camera sees them.
`faults` puts faults into clean dances at known places and says how many are found again.
`train-evaluator` trains the judge of style and music; `freeze` names the test clips that later tables are
made on; `aistpp` prints BAS, PFC and FSR of real AIST++ sequences beside what others measured.
"""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import inputs
from dance_core.cli.songs import evaluate_songs
from dance_core.cli.stress import evaluate_stress, stress_of
from dance_core.cli.terminal import Stages, progress, whole_file
from dance_core.cli.tuning import evaluate_settings
from dance_core.errors import UserError
from dance_core.settings import ASSETS, ROOT, Settings

if TYPE_CHECKING:
    from dance_core.corpus.pairs import Corpus

NAME = "evaluate"
_DATA = ROOT.parent / "shared" / "data"
AISTPP, OFFICIAL = _DATA / "motion" / "aistpp", _DATA / "aistpp" / "motions"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", default="generator",
                        choices=("generator", "songs", "stress", "settings", "flat", "faults",
                                 "train-evaluator", "freeze", "aistpp"),
                        help="default: a generator")
    parser.add_argument("--songs", nargs="+", metavar="SONG", default=[],
                        help="songs: files to dance to; what is missing of --clips is written anew")
    parser.add_argument("--set", nargs="+", metavar="NAME=V,V", default=[], dest="changed",
                        help="settings: numbers to compare, every combination (iterations=4,8 guidance=2,3)")
    parser.add_argument("--generator", metavar="G", help="what makes the dances (default: the app's)")
    parser.add_argument("--flat", metavar="DIR", type=Path,
                        help="flat: weights of `train hotdance --flat`, measured as well")
    parser.add_argument("--corpus", metavar="DIR", type=Path, help="made by the command corpus build")
    parser.add_argument("--out", metavar="DIR", type=Path,
                        help="for the tables and the dances; of train-evaluator: for the weights")
    parser.add_argument("--clips", metavar="N", type=inputs.count,
                        help="default 40; of songs 20")
    parser.add_argument("--seeds", metavar="N", type=inputs.count, default=3, help="default 3")
    parser.add_argument("--seconds", metavar="S", type=inputs.seconds,
                        help="of a clip; default 20, of songs 30, of stress 24")
    parser.add_argument("--quick", action="store_true",
                        help="no long dances and no phase-lock table")
    parser.add_argument("--card", metavar="FILE", type=Path,
                        help="also write the table as a model card, between about.md and stress.md if these "
                             "lie beside it; of stress: that stress.md")
    parser.add_argument("--motions", metavar="DIR", type=Path,
                        help="aistpp: npz motions (default ../shared/data/motion/aistpp); faults: folders of "
                             "clean ones (default ../shared/data/motion)")
    parser.add_argument("--official", metavar="DIR", type=Path, default=OFFICIAL,
                        help="aistpp: official pickles (default ../shared/data/aistpp/motions, if there)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.what == "aistpp":
        args.motions = args.motions or AISTPP
        return _aistpp(args)
    usual = {"songs": (20, 30.0), "stress": (0, 24.0), "faults": (20, 40.0)}
    clips, seconds = usual.get(args.what, (40, 20.0))
    args.clips = clips if args.clips is None else args.clips
    args.seconds = seconds if args.seconds is None else args.seconds
    if args.songs and args.what != "songs":
        raise UserError(f"{args.songs[0]!r} is danced to by `evaluate songs --songs …` only.")
    if args.changed and args.what != "settings":
        raise UserError(f"{args.changed[0]!r} is compared by `evaluate settings --set …` only.")
    if args.flat is not None and args.what != "flat":
        raise UserError(f"{args.flat.name!r} is measured by `evaluate flat --flat …` only.")
    if args.what == "songs":
        return evaluate_songs(settings, args.generator, args.songs, args.clips, args.seconds, args.corpus,
                              args.out)
    if args.what == "stress":
        return evaluate_stress(settings, args.generator, args.seeds, args.seconds, args.corpus, args.out,
                               args.card)
    if args.what == "faults":
        from dance_core.cli.faults import MOTIONS, evaluate_faults

        return evaluate_faults(settings, args.motions or MOTIONS, args.clips, args.seconds, args.card)
    if not 5.0 <= args.seconds <= 60.0:
        raise UserError(f"The clips are to be {args.seconds:g} s long, but 5 to 60 were expected.")
    if args.corpus is None:
        raise UserError("A corpus is needed (--corpus DIR); python -m dance_core corpus build makes one.")

    from dance_core.corpus.pairs import Corpus

    corpus = Corpus.open(args.corpus)
    if args.what == "settings":
        return evaluate_settings(settings, args.generator, args.changed, corpus, args.clips, args.seconds)
    if args.what == "flat":
        from dance_core.cli.flat import evaluate_flat

        return evaluate_flat(settings, args.generator, args.flat, corpus, args.clips, args.seeds,
                             args.seconds, args.out)
    return {"train-evaluator": _train, "freeze": _freeze}.get(args.what, _evaluate)(args, settings, corpus)


def _freeze(args: argparse.Namespace, settings: Settings, corpus: Corpus) -> int:
    from dance_core.evaluation.frozen import FROZEN, freeze

    path = args.out / FROZEN.name if args.out else FROZEN
    print(f"Frozen: {freeze(corpus, args.clips, args.seconds, path)} test clips, in {path}")
    return 0


def _evaluate(args: argparse.Namespace, settings: Settings, corpus: Corpus) -> int:
    if args.out is None:
        raise UserError("A folder for the tables is needed (--out DIR).")
    if args.out.exists() and not args.out.is_dir():
        raise UserError(f"{args.out.name!r} is a file, but the tables are kept in a folder.")

    from dance_core.evaluation import report
    from dance_core.evaluation.protocol import CHOREOGRAPHER, Asked, Evaluation
    from dance_core.generators import registry

    asked = Asked(clips=args.clips, seeds=args.seeds, seconds=args.seconds,
                  **({"long_dances": 0, "lock_seeds": 0, "verified": 0} if args.quick else {}))
    generator = inputs.generator(args.generator)
    with contextlib.closing(Stages()) as shown:
        result = Evaluation(generator, corpus, args.out, asked, settings, registry()[CHOREOGRAPHER],
                            report=shown).run()
    path, text = report.write(args.out, result, _about(corpus))
    print(text)
    print(f"Written: {path} and {report.TABLE_JSON} beside it.")
    if args.card is not None:
        _card(args.card, text, generator.needs.name)
    return 0


def _card(path: Path, table: str, name: str) -> None:
    """A model card: about.md of the same folder, if it is there, the table, stress.md of the same weights."""
    words = path.with_name("about.md")
    before = words.read_text(encoding="utf-8").rstrip() + "\n\n" if words.is_file() else ""
    after = stress_of(path.parent, name)
    with whole_file(path) as part:
        part.write_text(before + table + (f"\n{after}" if after else ""), encoding="utf-8")


def _about(corpus: Corpus) -> dict[str, object]:
    """Which corpus it was, in numbers: no path of this machine goes into a card."""
    import hashlib

    index = hashlib.sha256("\n".join(f"{r.id} {r.split} {r.seconds}" for r in corpus.rows).encode())
    return {"pairs": len(corpus.rows), **{f"{s}_minutes": round(corpus.seconds(s) / 60, 1)
                                          for s in ("train", "val", "test")},
            "index": index.hexdigest()[:12]}


def _train(args: argparse.Namespace, settings: Settings, corpus: Corpus) -> int:
    from dance_core.evaluation.evaluator.keep import save
    from dance_core.evaluation.evaluator.train import Seen, Training, held_out, train

    out = args.out or ASSETS / "weights" / "evaluator"
    seen: dict[str, list[Seen]] = {"train": [], "val": [], "test": []}
    credits: set[str] = set()
    with progress("Reading the corpus", "pairs") as bar:
        for i, pair in enumerate(corpus.pairs()):
            bar.update(i, len(corpus.rows))
            seen[pair.split].append(Seen.of(pair))
            if pair.split == "train":
                credits.update(map(str, pair.provenance.get("attribution", ())))  # type: ignore[call-overload]
    training = Training()
    with progress("Training the evaluator", "steps") as bar:
        network, losses = train(seen["train"], training, bar.update)
    told = {split: held_out(network, seen[split]) for split in ("train", "val", "test")}
    card = save(out, network, training, losses, told, _about(corpus), sorted(credits))
    print(card)
    return 0


def _aistpp(args: argparse.Namespace) -> int:
    from dance_core.evaluation.aistpp import score_folder, score_official, shown

    there = args.official.is_dir() or args.official != OFFICIAL  # a folder that was asked for must be there
    print(shown(score_folder(args.motions), score_official(args.official) if there else None))
    return 0
