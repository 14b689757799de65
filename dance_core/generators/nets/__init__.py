"""Parts that the learned generators share.

    pose_code.py  a Motion as rows of numbers that a network learns well, and back
    patches.py    a few rows as one short latent vector (weighted PCA), and back
    fk.py         forward kinematics in torch, for losses in metres
    blocks.py     attention, MLP and adaptive-norm blocks; music encoder
    flow.py       x0-prediction on the straight path from noise to data: loss weight and sampler
    finishing.py  from raw rows to a dance: planted feet, hands out of the body, a smooth way on from before
    footing.py    a root that is led by the feet that stand
    staging.py    near the middle of the stage, and facing who watches
    calming.py    without what is faster than dancers move
    resting.py    which of several windows rests more on the beats
    retiming.py   a dance moved a little in time, so that it rests on the beats
    slowing.py    more time for what flies faster than dancers can, less for what lies around it
    landing.py    nobody in the air for longer than a leap
    arriving.py   the end of a dance drawn onto frames that it must arrive at
    segments.py   what a request says to a network: the dance so far, the music, the chances
    coded.py      a network that keeps its pose code
    in_metres.py  how far made rows are from true ones on the stage
    sizes.py      sizes of a network as a file has them
    weights.py    safetensors with a config beside them
"""
