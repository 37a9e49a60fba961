// How Chromium is launched, by tests and benchmarks: the one of $CHROMIUM, or Debian's, and quiet on the network.

/** For `chromium.launch`, and for Playwright's configuration. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
};
