"""What a rater reads, in English; a study's `language:` replaces any of it, key by key.

Words in braces are filled in; a replacement must keep them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dance_core.errors import UserError
from dance_core.study.texts_de import GERMAN

TEXTS: dict[str, str] = {
    # the steps
    "loading": "One moment …",
    "consent_title": "Before you begin",
    "consent_about": "About {minutes} minutes, {trials} questions. You may stop at any time and go on later.",
    "consent_yes": "I agree, and I am at least 18 years old",
    "begin": "Begin",
    "next": "Continue",
    "headphones_title": "Please put on headphones",
    "headphones_about": "You hear three tones. Which one is the quietest? Set a comfortable volume first.",
    "headphones_play": "Play the tones",
    "headphones_question": "Which tone was the quietest?",
    "headphones_tone": "Tone {n}",
    "headphones_progress": "Sound {n} of {total}",
    "headphones_again": "That did not sound like headphones. Please put them on and try once more.",
    "headphones_failed": "This study needs headphones, so it ends here. Thank you for trying.",
    "practice_title": "A try first",
    "practice_about": "This one does not count. Play both dances, then answer below.",
    "progress": "{n} of {total}",
    # the stage
    "left": "Left",
    "right": "Right",
    "play": "Play",
    "pause": "Pause",
    "replay": "From the start",
    "watch_first": "Watch first: {seconds} s to go",
    "muted": "There is no sound in this one: judge how the dances move.",
    "stage_pair": "Two dances side by side, on the same music",
    "stage_single": "A dance",
    "sound_off": "The sound is off. Please turn it on: this question is about the music too.",
    # what the player says
    "player_region": "Dances and their playback",
    "player_playback": "Playback",
    "player_play": "Play (space)",
    "player_pause": "Pause (space)",
    "player_big": "Play",
    "player_mute": "Mute (M)",
    "player_volume": "Volume",
    "player_view": "View",
    "player_home": "View from the front (0)",
    "player_position": "Position in the song",
    "player_made": "Segments made",
    "player_music": "The music could not be loaded. Press play to try once more, or reload the page.",
    "player_part": "A part of the dance could not be loaded. Reload the page to try again.",
    "player_away": "The server does not answer, so a part of the dance could not be loaded. What came until "
                   "then stays on the stage.",
    # what is asked
    "ask_preference": "Which dance do you prefer, all in all?",
    "ask_quality": "Which dance moves better?",
    "ask_match": "Which dance fits the music better?",
    "ask_mismatch": "Which dance fits the music better?",
    "left_much": "Left, clearly",
    "left_some": "Left, a little",
    "same": "About the same",
    "right_some": "Right, a little",
    "right_much": "Right, clearly",
    "ask_single": "How was this dance? 1 is bad, 5 is excellent.",
    "overall": "Overall",
    "on_beat": "On the beat",
    "natural": "Natural movement",
    "hands": "Hands",
    "face": "Face",
    "harmony": "Whole body in harmony",
    "ask_attention": "Attention check: please choose “{answer}” here, whatever you think of the dances.",
    "reasons": "What made the difference? (optional)",
    "reason_on_beat": "Timing to the beat",
    "reason_natural": "Natural, human movement",
    "reason_varied": "Variety of moves",
    "reason_style": "Fits the style of the music",
    "reason_hands": "Hands",
    "reason_face": "Face",
    "reason_feet": "Feet and balance",
    "reason_jerky": "Jerky or trembling",
    "reason_frozen": "Stiff or frozen",
    "reason_impossible": "Impossible poses",
    "comment": "Anything else that you noticed (optional)",
    "send": "Send and continue",
    "keys": "Keys: space plays, 1 to 5 answer, Enter sends.",
    "closing_title": "A few words about you",
    "closing_about": "You may leave out whatever you like.",
    "closing_none": "No answer",
    # ends
    "thanks_title": "Thank you",
    "thanks_about": "All of your answers are saved.",
    "thanks_code": "Your completion code",
    "thanks_link": "Back to the platform",
    "delete": "Delete my data",
    "delete_sure": "This deletes all of your answers in this study, at once and for good.",
    "delete_yes": "Delete everything",
    "delete_no": "Keep it",
    "deleted_title": "Your data is deleted",
    "deleted_about": "{rows} rows were deleted from the record of this study. You may close this page.",
    "full_title": "This study is full",
    "full_about": "All places are taken. Thank you for your interest; you need not do anything.",
    "unknown_title": "There is no such study",
    "unknown_about": "The address may be incomplete. Please use the link that you were sent.",
    "badid_title": "Your link holds no id",
    "badid_about": "What stands in its part {parameter} is no id: it is too long, or holds signs that no id "
                   "has. Please use the link that you were sent, unchanged.",
    "uninvited_title": "This study is by invitation",
    "uninvited_about": "Your link is not one of those that were sent out. Please use it unchanged.",
    "crowded_title": "Others came from your network",
    "crowded_about": "As many people as this study takes from one network have taken part already.",
    "paused_title": "This study is paused",
    "paused_about": "Nobody can begin at the moment. Please come back later: whoever has begun may go on.",
    "closed_title": "This study is closed",
    "closed_about": "No more answers are taken. Thank you for your interest.",
    "device_title": "Please use a computer",
    "device_about": "This study needs a larger screen than that of a phone or tablet.",
    "nobody_title": "Your link is incomplete",
    "nobody_about": "Its part {parameter} is missing, or was not filled in. Please use the link that you "
                    "were sent, unchanged.",
    # refusals
    "refused_replayed": "This question is answered already; the first answer counts.",
    "refused_foreign": "This question is not one of yours.",
    "refused_early": "Please watch a little more first: {seconds} s are missing.",
    "refused_expired": "Your place was given to somebody else, because nothing came for {hours} hours.",
    "refused_moved": "No answer came for {minutes} minutes, so your place went to somebody else. You get the "
                     "next free one; nothing that you did is lost.",
    "refused_elsewhere": "This study is open in another tab. Go on there, or reload this page.",
    "refused_incomplete": "Please answer every question first.",
    "refused_consent": "Please agree first.",
    "refused_closed": "This study is closed: no more answers are taken.",
    "refused_browser": "Only the browser in which you began can delete your data. Please ask the "
                       "researchers.",
    "refused_busy": "The server is busy. Your answer is still on this page; please try again.",
    "silence": "The server did not answer. Your answer is still here: send it again, it can't count twice.",
}

BUILT_IN = {"en": TEXTS, "de": GERMAN}  # languages that are complete
_SLOT = re.compile(r"\{([a-z]+)\}")
LONGEST = 4_000


def texts(changes: Mapping[object, object], where: str = "language", lang: str = "en",
          whole: bool = False) -> dict[str, str]:
    """All texts of a language, with these in place of ours. Raises UserError that names the key.

    whole: the language must be complete: ours where we have it, or every key in `changes`; with `title` and
    `consent` beside them.
    """
    base = BUILT_IN.get(lang.split("-")[0].lower(), None if whole else TEXTS)
    if whole and base is None and (missing := [key for key in TEXTS if key not in changes]):
        raise UserError(f"{where} has {len(TEXTS) - len(missing)} of {len(TEXTS)} texts; {missing[0]} is "
                        f"missing. Complete without any are {', '.join(BUILT_IN)}.")
    made = dict(base or TEXTS)
    own = ("title", "consent") if whole else ()
    for key in own:
        if not isinstance(changes.get(key), str) or not str(changes[key]).strip():
            raise UserError(f"{where}.{key} is missing: a study in two languages has it in both.")
        made[key] = str(changes[key]).strip()
    for key, text in changes.items():
        if key in own:
            continue
        if not isinstance(key, str) or key not in TEXTS:
            raise UserError(f"{where}.{key} is no text of the page.")
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
            raise UserError(f"{where}.{key} must be a text of 1 to {LONGEST} characters.")
        if set(_SLOT.findall(text)) != set(_SLOT.findall(TEXTS[key])):
            needed = sorted(set(_SLOT.findall(TEXTS[key])))
            slots = ", ".join(f"{{{slot}}}" for slot in needed) or "no word in braces"
            raise UserError(f"{where}.{key} must hold {slots}, as the English text does.")
        made[key] = text
    return made


def fill(text: str, **words: object) -> str:
    """The text with its words in braces filled in; nothing else in it means anything."""
    return _SLOT.sub(lambda m: str(words.get(m[1], m[0])), text)
