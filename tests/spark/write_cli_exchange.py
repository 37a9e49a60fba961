"""Writes the exchange folder that `tests/cli/import.rs` imports: `write_cli_exchange.py tests/cli/exchange`.

A hundred people, half of whom like films in space, half films about love; two in five of them are the sample.
"""

import sys

import foldin_spark
from conftest import session
from foldin_spark import AlsSettings, SampleSettings, Settings

SPACE = ["Alien (1979)", "Aliens (1986)", "Blade Runner (1982)", "The Matrix (1999)", "Star Wars (1977)",
         "The Terminator (1984)", "Moon (2009)", "Solaris (1972)", "Interstellar (2014)", "Gravity (2013)"]
LOVE = ["Notting Hill (1999)", "Pretty Woman (1990)", "Amélie (2001)", "Casablanca (1942)", "Love Actually (2003)",
        "Before Sunrise (1995)", "Sabrina (1954)", "Roman Holiday (1953)", "Once (2007)", "Ghost (1990)"]


def main(out: str) -> None:
    spark = session("local[1]")
    items = [(f"{taste}{n}", title, [genre]) for taste, titles, genre in
             (("s", SPACE, "Science Fiction"), ("l", LOVE, "Romance")) for n, title in enumerate(titles)]
    events = []
    for user in range(100):
        mine, other = ("s", "l") if user % 2 == 0 else ("l", "s")
        left_out = {user // 2 % 10, user // 3 % 10}
        for n in range(10):
            if n not in left_out:
                time = 1_000_000_000 + 1000 * user + 10 * ((n * 7 + user) % 10)
                events.append((f"user-{user}", f"{mine}{n}", 4.0 + (user + n) % 2, time))
        events.append((f"user-{user}", f"{other}{user % 10}", 1.0, 1_000_000_900 + 1000 * user))
    foldin_spark.export(
        spark,
        spark.createDataFrame(events, "user string, item string, rating double, time long"),
        out,
        items=spark.createDataFrame(items, "id string, title string, genres array<string>").coalesce(1),
        settings=Settings(als=AlsSettings(rank=4, max_iter=5, blocks=1), sample=SampleSettings(share=0.4)),
        name="films",
        overwrite=True,
    )
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
