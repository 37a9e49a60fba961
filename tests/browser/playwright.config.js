// Browser tests of a built site: FOLDIN_SITE names its directory (default: target/test-site), CHROMIUM the browser.
// npx playwright test -c tests/browser

import { defineConfig } from "@playwright/test";
import { CHROMIUM } from "./chromium.js";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.js",
  outputDir: "../../test-results",
  // As many as the smallest machine that these tests are meant for has cores.
  workers: 2,
  // A busy machine is slow, not wrong: these only end what waits for something that never comes.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: CHROMIUM,
  },
});
