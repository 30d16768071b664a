"""Prints vectors for src/versions/gentoo/testdata: random pairs of versions with the answer of Portage's own `vercmp`.

Run: python3 tools/versions/gentoo-vectors.py [count] [seed] > the file, with Portage importable (pip install --no-deps portage).
Pairs that Portage calls invalid are left out.
"""

import random
import sys

from portage.versions import vercmp

count, seed = int((sys.argv + ["500"])[1]), int((sys.argv + ["0", "1"])[2])
rng = random.Random(seed)
NUMBERS = ["0", "1", "2", "9", "10", "100", "01", "010", "00", "02", "2024", "20240101", "12345678901234567890"]
SUFFIXES = ["_alpha", "_beta", "_pre", "_rc", "_p"]


def version():
    text = ".".join(rng.choice(NUMBERS) for _ in range(rng.randint(1, 4)))
    if rng.random() < 0.2:
        text += rng.choice("abz")
    while rng.random() < 0.35:
        text += rng.choice(SUFFIXES) + rng.choice(["", "", "0", "1", "2", "10", "01"])
    if rng.random() < 0.4:
        text += "-r" + rng.choice(["0", "1", "2", "10", "01", "300"])
    return text


def change(text):
    stem, _, revision = text.partition("-r")
    edits = [stem + ".0", stem + "0", stem + "-r0", stem + "-r1", stem + "_p", stem + "_p0", stem + "_rc1", "0" + text, stem + "a"]
    edits += [stem.replace(".1", ".01", 1), stem.replace(".0", ".00", 1), stem.replace("_p", "_pre", 1), text + "0"]
    return rng.choice(edits)


printed = 0
while printed < count:
    left = version()
    right = version() if rng.random() < 0.3 else change(left)
    order = vercmp(left, right)
    if order is None:
        continue
    print(left, "<" if order < 0 else ">" if order > 0 else "=", right)
    printed += 1
