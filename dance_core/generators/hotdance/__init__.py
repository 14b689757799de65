"""HOT-dance: poses as one-hot images, and a codec of such images.

    markers.py            the points that say a pose, and bodies of other builds
    readback.py           points -> a Motion
    pose_image.py         points as an image of hot bins, and back
    dances.py             a corpus as points, and stretches drawn from it
    image_config.py       sizes of the codec
    leading.py            the linear code that it begins from
    image_codec.py        images <-> latents, an eighth of the size in bins and in time
    image_codec_train.py  how it learns

A motion goes through it like this, and comes back:

    anchor = Anchor.of(motion)                                  # told from its first frame
    links = torch.from_numpy(anchor.enter(links_of(motion))).float()[None]
    latents = codec.encode(codec.rows.draw(links))              # T a multiple of 8
    links, confidence = codec.rows.read(codec.decode(latents))
    motion = anchor.place(motion_of(summed(links[0].numpy()), motion.fps))
"""
