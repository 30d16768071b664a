"""Orders pairs of versions, one `a b` on a line of standard input, as Conan 2 does. Needs the package `conan`.

Run: node tools/versions/random-pairs.ts conan | python3 tools/versions/conan-oracle.py > src/versions/conan/testdata/conan-2.txt
"""

import re
import sys

from conan.internal.model.version import Version

# What Conan takes in a reference.
REFERENCE = re.compile(r"[a-z0-9_][a-z0-9_+.-]*")

for line in sys.stdin:
    left, right = line.rstrip("\n").split(" ")
    if REFERENCE.fullmatch(left) and REFERENCE.fullmatch(right):
        a, b = Version(left), Version(right)
        print(left, "=" if a == b else "<" if a < b else ">", right)
