"""HOT-dance: poses as one-hot images, a codec of such images, and a transformer that paints them to music.

    markers.py            the points that say a pose, and bodies of other builds
    readback.py           points -> a Motion
    pose_image.py         points as an image of hot bins, and back
    dances.py             a corpus as points, and stretches drawn from it
    image_config.py       sizes of the codec
    raw_codec.py          coordinates without images, for comparison
    leading.py            the linear code that it begins from
    image_codec.py        images <-> latents, an eighth of the size in bins and in time
    image_codec_train.py  how it learns
    dit_config.py         sizes of the transformer
    rotary.py             the clock that pose and music share
    wiener.py             the linear guess that it starts from
    dit.py                the transformer: from noise to latents
    reference.py          what it is told of a segment: reference clip and mask
    whole.py              latents, hands and face as one vector for 8 frames
    points.py             from there to points without an image
    coded.py              a corpus as it learns it
    dit_loss.py           what it learns
    dit_train.py          all stages in order
    dancing.py            how it dances
    generator.py          that behind the contract
    flat_dances.py        2D: a corpus as cameras see it, clips of videos
    flat_codec_train.py   2D: how the codec learns
    flat_train.py         2D: both stages in order
    flat_dancing.py       2D: how it dances, keypoints in a picture

A motion goes through it like this, and comes back:

    anchor = Anchor.of(motion)                                  # told from its first frame
    links = torch.from_numpy(anchor.enter(links_of(motion))).float()[None]
    latents = codec.encode(codec.rows.draw(links))              # T a multiple of 8
    links, confidence = codec.rows.read(codec.decode(latents))
    motion = anchor.place(motion_of(summed(links[0].numpy()), motion.fps))
"""
