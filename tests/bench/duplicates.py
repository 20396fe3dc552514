"""How well two names of one actor are told from those of two: `python tests/bench/duplicates.py`.

The pairs are names and aliases of groups listed by the United States (OFAC, 2021), each pair judged by hand
with its reason. A name that nothing shows to be the same (another name, a cover name) counts as missed. With
`--speed` the pairs among 26,000 made-up actors are found as well; times belong to the machine.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import process_time

from kb.duplicates import MIN_SCORE, Known, alike
from kb.resolve import compare

PAIRS = Path(__file__).parent.parent / "data" / "ofac_pairs.csv"
Judged = tuple[float, str, str]  # score, judgement, the kind of likeness


def scored() -> list[Judged]:
    """Every pair of the test set with its score."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(compare(r["left"], r["right"]).score, r["judged"], r["why"].partition(":")[0]) for r in rows]


def measured(pairs: Iterable[Judged], threshold: float) -> tuple[float, float]:
    """Precision and recall when every pair with at least this score is taken for the same."""
    pairs = list(pairs)
    right = sum(judged == "same" for score, judged, _ in pairs if score >= threshold)
    taken = sum(score >= threshold for score, _, _ in pairs)
    return (right / taken if taken else 1.0), right / sum(judged == "same" for _, judged, _ in pairs)


def chosen(pairs: Iterable[Judged]) -> float:
    """The lowest score of the curve, in steps of 2, at which nine in ten pairs that are listed are one."""
    pairs = list(pairs)
    steps = [float(step) for step in range(100, 48, -2)]
    held = [step for n, step in enumerate(steps) if all(measured(pairs, s)[0] >= 0.9 for s in steps[: n + 1])]
    return held[-1]


def main() -> None:
    """Print the curve, the chosen threshold, and what is found of each kind of likeness."""
    pairs = scored()
    same = sum(judged == "same" for _, judged, _ in pairs)
    print(f"{len(pairs)} pairs judged by hand: {same} the same, {len(pairs) - same} different")
    print("score  precision  recall     F1")
    for step in range(50, 100, 4):
        precision, recall = measured(pairs, step)
        print(f"{step:5}{precision:11.3f}{recall:8.3f}{2 * precision * recall / (precision + recall):7.3f}")
    precision, recall = measured(pairs, MIN_SCORE)
    print(f"lowest with nine in ten right: {chosen(pairs):g}; the default of kb duplicates: {MIN_SCORE:g}")
    print(f"at {MIN_SCORE:g}: precision {precision:.3f}, recall {recall:.3f}; listed of each kind:")
    kinds = Counter((judged, kind) for _, judged, kind in pairs)
    listed = Counter((judged, kind) for score, judged, kind in pairs if score >= MIN_SCORE)
    for (judged, kind), number in kinds.items():
        print(f"  {judged:<10}{kind:<18}{listed[judged, kind]:4} of {number:3}")
    if "--speed" in sys.argv:
        _speed()


def _speed() -> None:
    from names import made_up_names  # the benchmark beside this one

    for number in (6_500, 26_000):
        actors = [
            Known(f"a{n:06}", name, "militant_group", (name, name.replace("a", "e", 1)))
            for n, name in enumerate(made_up_names(number))
        ]
        began = process_time()
        found = len(alike(actors))
        print(f"{number:>7,} actors, two names each: {found:,} pairs in {process_time() - began:.1f} s")


if __name__ == "__main__":
    main()
