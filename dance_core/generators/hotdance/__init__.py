"""HOT-dance: poses as one-hot images.

    markers.py     the points that say a pose, and bodies of other builds
    readback.py    points -> a Motion
    pose_image.py  points as an image of hot bins, and back
    dances.py      a corpus as points, and stretches drawn from it
"""
