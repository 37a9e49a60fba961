export * from "@playwright/test";
import { test as base } from "@playwright/test";
const slow = async (page) => { const s = await page.context().newCDPSession(page); await s.send("Emulation.setCPUThrottlingRate", { rate: Number(process.env.RATE ?? 6) }); };
export const test = base.extend({
  page: async ({ page }, use) => { await slow(page); page.context().on("page", (p) => slow(p).catch(() => {})); await use(page); },
});
