"""A small data set with three tastes, in all the forms that callers have data in, and a model of it."""

import csv
from pathlib import Path

import pytest

import foldin

N_USERS = 90
N_PER_TASTE = 12
TASTES = ("Crime", "Comedy", "Horror")


def _hashed(number: int) -> int:
    """SplitMix64 (Steele, Lea and Flood 2014)."""
    mask = (1 << 64) - 1
    z = (number + 1) * 0x9E3779B97F4A7C15 & mask
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
    z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
    return z ^ z >> 31


def _events() -> list[dict]:
    """Everybody rates fourteen items, most of them of one taste and well."""
    rows, seen = [], set()
    for user in range(N_USERS):
        for n in range(14):
            chance = _hashed(user * 100 + n)
            is_own = chance % 10 < 8
            taste = user % 3 if is_own else chance >> 8 & 1
            item = taste * N_PER_TASTE + min(chance >> 16 & 15, chance >> 24 & 15, N_PER_TASTE - 1)
            if (user, item) in seen:
                continue
            seen.add((user, item))
            rating = 4 + (chance >> 32 & 1) if is_own else 1 + (chance >> 32 & 1)
            rows.append({"user": f"u{user}", "item": f"m{item}", "rating": rating, "timestamp": 1_600_000_000 + user * 86_400 + n})
    return rows


def _items() -> list[dict]:
    return [
        {"id": f"m{item}", "title": f"Film {item}", "year": 1980 + item, "genres": TASTES[item // N_PER_TASTE]}
        for item in range(3 * N_PER_TASTE)
    ]


@pytest.fixture(scope="session")
def events() -> list[dict]:
    return _events()


@pytest.fixture(scope="session")
def items() -> list[dict]:
    return _items()


def write_csv(path: Path, rows: list[dict]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="session")
def folder(tmp_path_factory, events, items) -> Path:
    """The data set as files."""
    folder = tmp_path_factory.mktemp("data") / "films"
    folder.mkdir()
    write_csv(folder / "events.csv", events)
    write_csv(folder / "items.csv", items)
    return folder


@pytest.fixture(scope="session")
def model(events, items) -> foldin.Model:
    return foldin.fit(events, items, search=False)


@pytest.fixture
def score_of(tmp_path):
    """The bytes of the score file that a model is saved as."""

    def score(model: foldin.Model) -> bytes:
        folder = tmp_path / f"model-{id(model)}"
        model.save(folder)
        return next(folder.glob("*/score-*.foldin")).read_bytes()

    return score
