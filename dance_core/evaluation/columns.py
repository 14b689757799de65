"""The columns of the table: what each number is called, how it is written, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

SETS = "Distances between sets (compare rows of as many clips only)"


@dataclass(frozen=True)
class Column:
    """A number of the table. better: "high", "low", or "" where neither is."""

    key: str
    heading: str
    form: str
    about: str
    better: str = ""


COLUMNS: tuple[tuple[str, tuple[Column, ...]], ...] = (
    ("Rhythm", (
        Column("bas", "BAS", ".3f", "beat alignment, mean over music beats, σ 0.05 s", "high"),
        Column("bas_control", "chance", ".3f", "the same against beats moved by parts of a beat, averaged"),
        Column("bas_gain", "gain", "+.3f", "BAS minus chance: what is danced on the beat", "high"),
        Column("bas_half", "BAS ½", ".3f", "against the beats moved by half a beat"),
        Column("bas_reverse", "BAS rev.", ".3f", "mean over motion beats", "high"),
        Column("bas_bailando", "BAS Bailando", ".3f", "as Bailando's scorer has it, 60 Hz", "high"),
        Column("bas_lodge", "BAS Lodge", ".3f", "as Lodge's has it: 30 Hz, filter 0.167 s, σ 0.1 s", "high"),
        Column("bas_aistpp", "BAS AIST++", ".3f",
               "as mint's has it: over motion beats, unfiltered, 10 frames apart", "high"),
        Column("precision", "precision", ".1%", "motion beats that hit a music beat, 70 ms near",
               "high"),
        Column("recall", "recall", ".1%", "music beats that are hit", "high"),
        Column("rests", "rests/s", ".2f", "motion beats per second: trembling has many"),
    )),
    ("Structure", (
        Column("structure", "structure", "+.3f", "correlation of dance and music in which bars are alike",
               "high"),
        Column("structure_chance", "other songs", "+.3f", "the same against the music of all other songs"),
        Column("structure_gain", "over others", "+.3f", "structure minus that: due to the song", "high"),
    )),
    ("Style and music, by the evaluator", (
        Column("style", "style", ".0%", "style recognised", "high"),
        Column("on_time", "on time", ".0%", "music fits better than half a beat off (chance 33 %)", "high"),
        Column("recall_1", "R@1", ".0%", "own music ranked first among the music of all clips", "high"),
        Column("recall_5", "R@5", ".0%", "own music among the first 5", "high"),
        Column("recall_10", "R@10", ".0%", "own music among the first 10", "high"),
    )),
    ("Movement", (
        Column("speed", "speed", ".2f", "mean joint speed, m/s"),
        Column("magnitude", "magnitude", ".2f", "the same relative to the pelvis, m/s"),
        Column("jerk", "jerk", ".0f", "m/s³ after a 5 Hz low-pass", "low"),
        Column("jerk_raw", "jerk raw", ".0f", "m/s³ without the low-pass: trembling shows here", "low"),
        Column("still", "still", ".1%", "frames of standing still for half a second and more", "low"),
        Column("roams", "roams", ".2f", "largest distance from where it began, m"),
        Column("away", "away", ".1%", "frames turned more than 60° from the front"),
        Column("seam", "seam", ".2f", "peak acceleration at seams / 95th percentile elsewhere"),
        Column("seam_held", "seams ≤ 1.5", ".0%", "seams that keep the limit"),
        Column("reference_deg", "frame 0", ".2f", "largest angle from the reference pose, degrees"),
        Column("reference_cm", "cm", ".2f", "largest distance from it, cm"),
        Column("nearest", "nearest", ".1f", "median distance of a second to the nearest learned one, cm"),
    )),
    ("Feet and floor", (
        Column("pfc", "PFC", ".2f", "physical foot contact of EDGE × 10 000; 0 if frozen", "low"),
        Column("fsr", "FSR", ".1%", "foot skating ratio as Lodge's code has it: |vx + vz| / 2 > 1 cm a frame",
               "low"),
        Column("skating", "skating", ".1%", "the same by the true way: more than 1 cm a frame", "low"),
        Column("low_foot", "low-foot", ".1%", "low feet that move faster than 0.3 m/s", "low"),
        Column("depth", "depth", ".2f", "mean depth of the lowest sole point below the floor, cm", "low"),
        Column("below", "below", ".1%", "frames with a sole more than 1 cm below the floor", "low"),
        Column("floor_gap", "gap", ".2f", "mean distance of the lowest sole point from the floor, cm", "low"),
    )),
    ("Body", (
        Column("seconds_per_fault", "s / fault", ".1f", "seconds of dance for each broken physical limit",
               "high"),
        Column("hands_through", "hands through", ".1%",
               "frames with a palm or forearm 4 cm and more inside the own body", "low"),
    )),
    ("Hands and face", (
        Column("hands_speed", "hands", ".2f", "mean angular speed of the finger joints, rad/s"),
        Column("face_speed", "face", ".3f", "mean change of the face's coefficients, 1/s"),
        Column("body_hands", "body ~ hands", "+.2f",
               "correlation of how much both move, means over half a second", "high"),
        Column("body_face", "body ~ face", "+.2f", "the same of body and face", "high"),
        Column("hands_face", "hands ~ face", "+.2f", "the same of hands and face", "high"),
    )),
    (SETS, (
        Column("fid_k", "FID_k", ".1f", "kinetic features as Bailando has them, against the corpus", "low"),
        Column("fid_g", "FID_g", ".1f", "geometric features, the same way", "low"),
        Column("div_k", "Div_k", ".2f", "mean distance between dances, kinetic", "high"),
        Column("div_g", "Div_g", ".2f", "mean distance between dances, geometric", "high"),
        Column("fid_k_lodge", "FID_k Lodge", ".1f", "kinetic features as Lodge has them, against the corpus",
               "low"),
        Column("div_k_lodge", "Div_k Lodge", ".2f", "with those", "high"),
        Column("fid_k_fixed", "FID_k corr.", ".1f", "without the scorers' slips, against the training split",
               "low"),
        Column("fid_g_fixed", "FID_g corr.", ".1f", "the same, geometric", "low"),
        Column("div_k_fixed", "Div_k corr.", ".2f", "without the slips", "high"),
        Column("div_g_fixed", "Div_g corr.", ".2f", "without the slips", "high"),
    )),
)
