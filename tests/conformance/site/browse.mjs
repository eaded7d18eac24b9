// Opens every page of a site in Chromium, on a light phone, scripts off; the first of them on a dark desktop too, and with axe-core.
// Prints one line for each problem, and at the end how many pages were opened. Arguments: the site's address, how many are looked at so,
// then pages.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [base, looked, ...pages] = process.argv.slice(2);
const first = pages.slice(0, Number(looked));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const links = new Set();
let opened = 0;

for (const [colorScheme, width, shown] of [["light", 390, pages], ["dark", 1200, first]]) {
  const where = (name) => `${name} (${colorScheme}, ${width} px)`;
  const still = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, javaScriptEnabled: false });
  const live = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const queue = shown.values();
  const worker = async () => {
    const page = await still.newPage();
    let name;
    page.on("console", (message) => message.type() === "error" && console.log(where(name), "console:", message.text()));
    page.on("request", (request) => request.url().startsWith(base) || console.log(where(name), "asks for", request.url()));
    // 304 tells a page that comes back that nothing has changed.
    page.on("response", (response) => response.ok() || response.status() === 304 || console.log(where(name), response.status(), response.url()));
    for (name of queue) {
      await page.goto(base + name);
      const found = await page.locator("a[href], link[href]").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      for (const link of found) links.add(new URL(link, base + name).href.split("#")[0]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) console.log(where(name), `is ${over} px too wide`);
      opened += 1;
      if (!first.includes(name)) continue;
      const probe = await live.newPage();
      await probe.goto(base + name);
      await probe.evaluate(axe);
      const { violations } = await probe.evaluate(() => window.axe.run());
      for (const { id, nodes } of violations) console.log(where(name), "axe:", id, nodes.length, nodes[0].html.slice(0, 200));
      await probe.close();
    }
  };
  // Two at a time: a page mostly waits.
  await Promise.all([worker(), worker()]);
  await still.close();
  await live.close();
}
// A canonical address is where the site will stand, not where it stands now.
for (const link of links) {
  if (!link.startsWith(base)) continue;
  const answer = await fetch(link);
  if (!answer.ok) console.log(link, "answers", answer.status);
}
await browser.close();
console.log(`opened ${opened} pages, followed ${links.size} links`);
