"""Prints vectors for src/versions/pep440/testdata: random pairs of versions with the answer of PyPA's own `packaging`.

Run: python3 tools/versions/pep440-vectors.py [count] [seed] > the file. Pairs that packaging calls invalid are left out.
"""

import random
import sys

from packaging.version import InvalidVersion, Version

count, seed = int((sys.argv + ["500"])[1]), int((sys.argv + ["0", "1"])[2])
rng = random.Random(seed)
NUMBERS = ["0", "1", "2", "3", "9", "10", "01", "2024"]


def version():
    text = rng.choice(["", "", "", "v", "1!", "0!"])
    text += ".".join(rng.choice(NUMBERS) for _ in range(rng.randint(1, 4)))
    if rng.random() < 0.4:
        text += rng.choice(["", ".", "-", "_"]) + rng.choice(["a", "b", "c", "rc", "RC", "alpha", "beta", "pre", "preview"])
        text += rng.choice(["", ".", "-"]) + rng.choice(NUMBERS) if rng.random() < 0.8 else ""
    if rng.random() < 0.3:
        text += rng.choice(["-1", "-2", ".post", ".post1", "-r2", ".rev3", "post0", "_post4"])
    if rng.random() < 0.3:
        text += rng.choice([".dev", ".dev0", "-dev1", "dev2", "_dev3"])
    if rng.random() < 0.2:
        text += "+" + rng.choice(["local", "1", "abc.1", "abc-2", "ubuntu.1", "0", "A_b", "10", "9"])
    return text


def change(text):
    at = rng.randrange(len(text))
    edits = [text + ".0", text + "0", text[:at] + rng.choice("019.-+ab") + text[at + 1 :], text.upper(), text + ".dev0", text + "+x"]
    return rng.choice(edits)


printed = 0
while printed < count:
    left = version()
    right = version() if rng.random() < 0.5 else change(left)
    try:
        a, b = Version(left), Version(right)
    except InvalidVersion:
        continue
    print(left, "<" if a < b else ">" if a > b else "=", right)
    printed += 1
