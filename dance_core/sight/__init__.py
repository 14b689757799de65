"""People in pictures: found, read as 33 landmarks, and posed on our skeleton.

Read in this order: picture (bytes → pixels), models (the two networks), people (a picture → regions with
somebody in them), landmarks (a region → points in the picture and in metres), fit (points → rotations), photo
(all of it: a photo → one frame of a Motion and what has to be said about it); shots, video (a video →
keypoints).
"""
