"""How fast names are found: `python tests/bench/names.py` prints a line for each size.

Made-up names of the shape of real ones: words that many groups share, and words that few have. Asked are
misspelt names of the index, which is what a load meets. Times are those of the processor and belong to the
machine; the growth does not.
"""

from __future__ import annotations

import random
from statistics import quantiles
from time import process_time

from kb.likeness import alike
from kb.resolve import NameIndex
from kb.spelling import spelled

COMMON = """
Front Army Group Movement Liberation Islamic National People's Popular Revolutionary Brigade State United
Jabhat Jaish Lashkar Ansar Harakat Hizb Jamaat Kata'ib Liwa al-Sham al-Islam Democratic Union Council
"""
PLACES = [
    "Syria",
    "Iraq",
    "Libya",
    "Yemen",
    "Mali",
    "Somalia",
    "Kashmir",
    "Aceh",
    "Punjab",
    "Sinai",
    "Corsica",
]


def made_up_names(number: int) -> list[str]:
    """Names of two to five words."""
    chance = random.Random(1)  # noqa: S311 - the same names each time

    def rare() -> str:
        parts = (
            chance.choice("bdfghjklmnrstz") + chance.choice(["a", "i", "u", "aa", "o"]) for _ in range(3)
        )
        return ("".join(parts) + chance.choice(["", "n", "r", "b", "di"])).capitalize()

    names = []
    for _ in range(number):
        words = chance.sample(COMMON.split(), chance.randint(1, 3)) + [
            rare() for _ in range(chance.randint(1, 2))
        ]
        names.append(" ".join(words) + (f" of {chance.choice(PLACES)}" if chance.random() < 0.3 else ""))
    return names


def misspelt(name: str, chance: random.Random) -> str:
    """The name with one letter changed."""
    at = chance.randrange(len(name))
    return name[:at] + chance.choice("aeiklnrst") + name[at + 1 :]


def main() -> None:
    """Print one line for each size."""
    for number in (1_000, 10_000, 100_000):
        names = made_up_names(number)
        index = NameIndex()
        began = process_time()
        for n, name in enumerate(names):
            index.describe(f"a{n}", name)
        index.nearest("nobody")
        built = process_time() - began
        chance = random.Random(2)  # noqa: S311 - the same questions each time
        times, right = [], 0
        for n in chance.sample(range(number), 300):
            asked = misspelt(names[n], chance)
            spelled.cache_clear()
            alike.cache_clear()
            began = process_time()
            found = index.nearest(asked)
            times.append(process_time() - began)
            right += any(candidate.name == names[n] for candidate in found)
        cuts = quantiles(times, n=100)
        print(
            f"{number:>7,} names: index {built:5.1f} s; nearest {1000 * cuts[49]:5.1f} ms (median), "
            f"{1000 * cuts[94]:5.1f} ms (95 in 100); found {right / 3:.0f} %"
        )


if __name__ == "__main__":
    main()
