"""JEPA: a world model of dance. The music is the action, the motion the state.

    config.py     sizes, with a reason beside each
    world.py      encoder f (2 s of motion → a few latent vectors) and predictor g (what comes next)
    losses.py     what keeps the latents from collapsing, and how to see that they did not
    decoder.py    d: from latents, music and the last half second to the next 2 s of motion
    windows.py    training windows cut from a corpus
    train.py      both stages of training
    generator.py  the generator behind the contract
"""
