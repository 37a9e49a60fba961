"""Reading access logs: foldin beside goaccess, on a generated log of a site with 500 pages.

    log.py FOLDIN WORK LINES
"""

import random
import resource
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

foldin, work, n_lines = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
PAGES = 500
AGENTS = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
]


def make_site(folder):
    for n in range(PAGES):
        page = folder / f"posts/{n}/index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<!doctype html><html lang=en><title>Page {n}</title><main><h1>Page {n}</h1><p>Text {n % 9}</p></main>")


def make_log(path):
    """One page, two files of it and now and then a robot, over thirty days."""
    rng = random.Random(1)
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    with path.open("w") as log:
        for n in range(n_lines):
            at = start + timedelta(seconds=n * 2_592_000 // n_lines)
            visitor = rng.randrange(50_000) if n % 3 == 0 else visitor
            address = f"10.{visitor >> 16}.{visitor >> 8 & 255}.{visitor & 255}"
            target = f"/posts/{int(rng.paretovariate(0.7)) % PAGES}/" if n % 3 == 0 else f"/static/{n % 40}.css"
            agent = AGENTS[visitor % 4]
            log.write(f'{address} - - [{at:%d/%b/%Y:%H:%M:%S} +0000] "GET {target} HTTP/1.1" 200 5120 "-" "{agent}"\n')


def measured(*command):
    """Seconds and the most megabytes of a program."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    # Of all children so far: programs run in the order of their memory.
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


log, site = work / f"access-{n_lines}.log", work / "site"
if not log.exists():
    make_site(site)
    make_log(log)
print(f"{n_lines} lines, {log.stat().st_size / 1e6:.0f} MB, {PAGES} pages")
for name, command in [
    ("foldin site --dry-run", [foldin, "site", str(site), "--log", str(log), "--dry-run"]),
    ("goaccess", ["goaccess", str(log), "--log-format=COMBINED", "--no-progress", "-o", str(work / "goaccess.json")]),
]:
    seconds, megabytes = min(measured(*command) for _ in range(3))
    print(f"{name:22} {seconds:6.2f} s  {megabytes:5.0f} MB  {log.stat().st_size / 1e6 / seconds * 60:7.0f} MB a minute")
