"""From a song to a rated dance: the map of the rooms, in flow order.

A room imports only from rooms above it (tests/test_rooms.py holds that).

    errors, address    the one error that people see; names and origins of the web
    settings           every limit and path, once
    atomic, threads    files that appear whole or not at all; how libraries share the cores
    music/             bytes → Song (checked, decoded) → Beats, Features (30 per second)
    motion/            Motion, skeleton, kinematics, resampling, files: the floor for all rooms below
    sight/               people in pictures → landmarks → a pose of our skeleton
    corpus/            songs and moves made here: the Studio's songwriter, its dancer, the reference poses
    beatnet/           how the beat tracker's network learns: pieces with known beats, training, card
    generators/        one contract (base.py), and a room for each generator
    longform/          segments on bars → generator → stitched → Take
    evaluation/        published measures and our own, and the physical limits, by the second
    body/              Motion → pictures
    serving/           where generators run: Engine.stream(job)
    study/             votes, and the book that keeps them
    pages/             the Gradio pages and the player
    cli/               the same way without a browser: python -m dance_core
"""

__version__ = "0.1.0"
