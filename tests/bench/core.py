"""How fast the parts without a database are: `python tests/bench/core.py` prints a table.

Times belong to the machine that runs it; what can be compared are the ratios of one run.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter

from kb.dates import parse
from kb.ties import Claim, derive

HUB = "made-up-hub"


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The best of some runs."""
    best = float("inf")
    for _ in range(times):
        began = perf_counter()
        work()
        best = min(best, perf_counter() - began)
    return best


def made_up_claims(number: int) -> list[Claim]:
    """Pledges and absences between many actors, half of them with one hub."""
    chance = random.Random(1)  # noqa: S311 - made-up claims, the same each time
    when = [parse(f"{year}-{month:02}") for year in range(1990, 2020) for month in range(1, 13)]
    acts = ["pledge", "accept", "withdraw", "refuse"]
    claims = []
    for i in range(number):
        some = f"a{chance.randrange(number // 5)}"
        ends = some, chance.choice([HUB, f"a{chance.randrange(number // 5)}"])
        happening = f"o{i // 3}" if i % 5 == 0 else None
        if i % 2:
            claim = Claim(
                f"c{i}", "pledge", *ends, chance.choice(when), act=chance.choice(acts), occurrence=happening
            )
        else:
            claim = Claim(
                f"c{i}", "support", *ends, chance.choice(when), support_type="any", presence="absent"
            )
        claims.append(claim)
    return claims


def main() -> None:
    """Print one line for each part."""
    texts = [f"{1900 + i % 120}-{1 + i % 12:02}-{1 + i % 28:02}/{2021 + i % 50}" for i in range(20_000)]
    spell = seconds(lambda: [parse(text) for text in texts], 1)
    print(f"parse, 20,000 dates, each new    {20_000 / spell:>12,.0f} a second")
    small, large = made_up_claims(25_000), made_up_claims(100_000)
    one, four = seconds(lambda: derive(small)), seconds(lambda: derive(large))
    print(f"derive, 25,000 claims            {25_000 / one:>12,.0f} a second")
    print(f"derive, four times as many       {four / one:>12.1f} times as long")
    start = seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    help_ = seconds(
        lambda: subprocess.run([sys.executable, "-m", "kb", "--help"], capture_output=True, check=True)
    )
    print(f"kb --help                        {help_:>12.3f} s, {help_ / start:.1f} times an empty Python")


if __name__ == "__main__":
    main()
