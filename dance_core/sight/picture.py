"""A photo's bytes as pixels, upright. Nothing of it is written anywhere."""

from __future__ import annotations

import io
import warnings

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from dance_core.errors import UserError

MAX_MB = 20.0
MAX_MEGAPIXELS = 60.0
MIN_SIDE = 64  # pixels
_KINDS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
_KEPT = 1_600  # pixels of the longer side: more does not help networks that see 256


def read_picture(data: bytes) -> np.ndarray:
    """RGB pixels (h, w, 3) uint8, turned as its EXIF orientation says; large photos are made smaller.

    Raises UserError for bytes that are no picture, or a damaged, too large or too small one.
    """
    check_bytes(len(data))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit comes first
            picture = Image.open(io.BytesIO(data), formats=_KINDS)
            _check(picture.size)
            picture.draft("RGB", (_KEPT, _KEPT))  # JPEG: decoded at a fraction of its size at once
            picture.load()
            picture = ImageOps.exif_transpose(picture)
    except UserError:
        raise
    except Image.DecompressionBombError:
        raise UserError(f"The photo has too many pixels; at most {MAX_MEGAPIXELS:g} million are allowed.") \
            from None
    except UnidentifiedImageError:
        raise UserError("The file is not a picture that can be read: JPEG, PNG, WebP, GIF, BMP or TIFF.") \
            from None
    except Exception:  # Pillow's readers each fail their own way on damaged bytes
        raise UserError("The photo is damaged: it can't be read to its end.") from None
    picture = _eight_bits(picture)
    picture.thumbnail((_KEPT, _KEPT), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return np.asarray(_opaque(picture))


def check_bytes(count: int) -> None:
    """Raises UserError for more bytes than a photo may have."""
    if count > MAX_MB * 2**20:
        raise UserError(f"The photo has {count / 2**20:.1f} MB; at most {MAX_MB:g} MB are allowed.")


def _check(size: tuple[int, int]) -> None:
    w, h = size
    if w * h > MAX_MEGAPIXELS * 1e6:
        raise UserError(f"The photo has {w * h / 1e6:.0f} million pixels; at most {MAX_MEGAPIXELS:g} are "
                        "allowed.")
    if min(size) < MIN_SIDE:
        raise UserError(f"The photo has {w} x {h} pixels; at least {MIN_SIDE} each way are needed.")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """The same; of finer greys, which Pillow would cut off at 255, as many as a byte has.

    They do not say what is white, not even those of 16 bits, which cameras fill with 12: of 1 (fractions
    alone), of all that 8, 10, 12, 14 and 16 bits hold, and of their brightest it is the least that nothing is
    above.
    """
    if picture.mode not in ("I", "F") and not picture.mode.startswith("I;16"):
        return picture
    values = np.nan_to_num(np.asarray(picture).astype(np.float32)).clip(0.0, None)
    most = float(values.max())
    depths = (2.0**bits - 1.0 for bits in (8, 10, 12, 14, 16))
    whites = (*((1.0,) if picture.mode == "F" else ()), *depths, most)
    white = next(w for w in whites if w >= most)
    return Image.fromarray((values * (255.0 / white)).round().astype(np.uint8))


def _opaque(picture: Image.Image) -> Image.Image:
    """RGB; what is see-through lies on grey."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, (128, 128, 128, 255))
        ground.alpha_composite(picture)
        picture = ground
    return picture.convert("RGB")
