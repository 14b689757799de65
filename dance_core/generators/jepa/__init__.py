"""JEPA: a world model of dance. The music is the action, the motion the state.

    config.py     sizes, with a reason beside each
    world.py      encoder f (2 s of motion → a few latent vectors) and predictor g (what comes next)
    losses.py     what keeps the latents from collapsing, and how to see that they did not
    decoder.py    d: from latents, music and the last half second to the next 2 s of motion
    whole.py      all of it in one module: what a file of weights holds
    stretches.py  what is drawn from a corpus to learn from
    train.py      the stages of training
    decoder_loss.py  what d learns from
    swift.py      how d learns to guess in one pass what took two
    judging.py    the world model on held-out dances
    ablations.py  the world model without each of its parts
    dancing.py    how the trained system dances
    generator.py  the generator behind the contract
"""
