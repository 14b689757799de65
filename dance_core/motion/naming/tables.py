"""Our joints and the keys by which others call them, the likelier first.

The order counts: what is taken is taken. "LeftShoulder" is the collar bone where there is a "LeftArm", and
"foot" the toes where there is an "ankle". The names are those that these programs write: Mixamo and
MotionBuilder (HumanIK), 3ds Max (Biped), VRM and VRoid, Blender's Rigify, Daz (Genesis 1 to 9), Rokoko,
Unreal, Xsens (BVH and MVN), LAFAN1, CMU (ASF and cgspeed), Biovision, Motive, Perception Neuron, DeepMotion,
SMPL.
"""

from __future__ import annotations

SIDED: dict[str, tuple[str, ...]] = {
    "hip": ("upleg", "thigh", "upperleg", "hip", "femur"),
    "knee": ("knee", "leg", "shin", "calf", "lowerleg", "lowleg", "tibia"),
    "ankle": ("ankle", "foot"),
    "foot": ("toebase", "toe", "toes", "toe0", "toe1", "ball", "foot"),
    "shoulder": ("arm", "upperarm", "uparm", "uarm", "shldr", "humerus", "shoulder"),
    "collar": ("collar", "clavicle", "collarbone", "shoulder"),
    "elbow": ("elbow", "forearm", "lowerarm", "lowarm", "farm", "radius"),
    "wrist": ("wrist", "hand"),
}
# finger → what it is called, its number where the thumb is 1 (Rokoko) and 0 (Biped), its name in Xsens
_FINGERS = {"index": (("index",), 2, "second"), "middle": (("middle", "mid"), 3, "third"),
            "ring": (("ring",), 4, "fourth"), "pinky": (("pinky", "little"), 5, "fifth")}
_LINKS = {1: (("proximal",), "pp"), 2: (("intermediate", "medial", "middle"), "mp"), 3: (("distal",), "dp")}


def _finger(finger: str, n: int) -> tuple[str, ...]:
    called, number, xsens = _FINGERS[finger]
    links, short = _LINKS[n]
    biped = f"finger{number - 1}" + (str(n - 1) if n > 1 else "")
    return (*(f"{before}{name}{n}" for name in called for before in ("hand", "", "finger")),
            *(f"{name}finger{n}" for name in called),
            *(f"{before}{name}{link}" for name in called for link in links for before in ("", "hand")),
            *(f"finger{number}{link}" for link in links), f"{xsens}{short}", f"{xsens}finger{short}", biped)


SIDED |= {f"{finger}{n}": _finger(finger, n) for finger in _FINGERS for n in (1, 2, 3)}
# the thumb's first bone is its metacarpal where there is one, else what is called proximal
SIDED |= {
    "thumb1": ("handthumb1", "thumb1", "thumbmetacarpal", "finger1metacarpal", "firstmc", "thumbproximal",
               "handthumbproximal", "finger1proximal", "finger0"),
    "thumb2": ("handthumb2", "thumb2", "thumbintermediate", "thumbmedial", "thumbmiddle",
               "handthumbintermediate",
               "finger1medial", "finger1intermediate", "firstpp", "thumbproximal",
               "finger1proximal", "finger01"),
    "thumb3": ("handthumb3", "thumb3", "thumbdistal", "handthumbdistal", "finger1distal", "firstdp",
               "finger02"),
}
MIDDLE: dict[str, tuple[str, ...]] = {
    "pelvis": ("pelvis", "hips", "hip"),
    "neck": ("neck", "neck1", "neck0", "lowerneck", "necklower"),
    "head": ("head",),
}
# Rigify's trunk is one chain of "spine" up to the head, where nothing is called neck or head
RIGIFY = {"pelvis": "spine", "neck": "spine4", "head": "spine6"}

KNOWN = frozenset(key for table in (SIDED, MIDDLE) for some in table.values() for key in some) | {
    "spine", *RIGIFY.values()}
NEEDED = ("pelvis", "head", *(f"{s}_{j}" for s in ("left", "right")
                              for j in ("hip", "knee", "ankle", "shoulder", "elbow", "wrist")))

# whose names they are, for people: the first of which all words are among the names' words or keys
WHOSE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("VRM", ("j_bip_c_hips",)), ("Biped", ("bip01", "thigh")), ("Biped", ("bip001", "thigh")),
    ("Rigify", ("spine", "f_index")), ("Rigify", ("def-spine",)), ("Rigify", ("spine.001", "thigh", "shin")),
    ("Daz", ("shldr", "thigh", "abdomen")), ("Daz", ("hip", "pelvis", "l_upperarm", "l_thigh")),
    ("Rokoko", ("finger2proximal",)), ("Rokoko", ("spine4", "leftthigh", "leftshin")),
    ("Unreal", ("clavicle_l", "upperarm_l", "lowerarm_l")),
    ("CMU", ("lhipjoint", "lowerback")), ("CMU", ("lfemur", "lhumerus")),
    ("Mixamo", ("mixamorig",)), ("HumanIK", ("character1_hips",)),
    ("Xsens", ("chest4", "lefthip", "leftelbow")), ("Xsens", ("l5", "l3", "t12")),
    ("VRM", ("leftupperleg", "leftlowerleg", "leftupperarm")),
    ("LAFAN1", ("leftupleg", "lefttoe ", "spine2")), ("Mixamo or HumanIK", ("leftupleg", "leftforearm")),
    ("Biovision", ("lefthip", "leftknee", "leftcollar")), ("SMPL", ("l_hip", "l_collar")),
    ("SMPL", ("left_hip", "left_collar")), ("SMPL", ("lefthip", "leftcollar", "spine1")),
)
