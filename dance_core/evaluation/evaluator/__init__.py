"""A judge that no generator knows: which style is this dance in, and which music was it made to?

    inputs    dances and music as the arrays that it sees
    network   two small convolutional encoders and a style head
    train     python -m dance_core evaluate train-evaluator
    judge     what it says about dances: style recognised, retrieval R@k

It is trained on the training split alone, apart from all generators, and hears no beats that a tracker
found: onsets, timbre, harmony and loudness only.
"""
