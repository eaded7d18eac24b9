// Searches a site in Chromium as a reader would. Arguments: the site's address, then a file with a JSON list of [question, expected
// page, kind]; a line is printed for each question whose page is not among what is found, and at the end how many were asked and
// what the first of them cost, compressed as hosts do.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const [base, list] = process.argv.slice(2);
const questions = JSON.parse(readFileSync(list, "utf8"));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
const say = (...words) => console.log("search:", ...words);
let most = 0;

async function ask(page, question) {
  await page.fill("#site-query", "");
  await page.fill("#site-query", question);
  await page.press("#site-query", "Enter");
  await page.waitForFunction(() => !document.querySelector("#site-results").hasAttribute("aria-busy") && document.querySelector(".status").textContent);
  return page.$$eval("#site-results a", (links) => links.map((link) => link.getAttribute("href")));
}

// What a first question fetches, on a page of its own each time.
for (const [question] of questions.slice(0, 5)) {
  const fresh = await browser.newContext();
  const page = await fresh.newPage();
  let bytes = 0;
  const bodies = [];
  page.on("response", (response) => {
    const path = new URL(response.url()).pathname;
    if (/\/search[-/]/.test(path)) bodies.push(response.body().then((body) => (bytes += gzipSync(body).length)));
  });
  page.on("console", (message) => message.type() === "error" && say(question, "console:", message.text()));
  page.on("pageerror", (error) => say(question, "error:", error.message));
  await page.goto(`${base}search.html?q=${encodeURIComponent(question)}`);
  await page.waitForFunction(() => document.querySelector(".status").textContent);
  await Promise.all(bodies);
  most = Math.max(most, bytes);
  await fresh.close();
}

const page = await context.newPage();
page.on("console", (message) => message.type() === "error" && say("console:", message.text()));
page.on("pageerror", (error) => say("error:", error.message));
const asked = [];
page.on("request", (request) => asked.push(request.url()));
await page.goto(`${base}search.html`);
if (asked.some((url) => url.includes("/search/"))) say("the index is loaded before anybody searches");
for (const [question, expected, first] of questions) {
  const found = await ask(page, question);
  if (!found.includes(expected)) say(JSON.stringify(question), "does not find", expected, "but", found.slice(0, 3).join(" "));
  else if (first && found.find((href) => href.startsWith("pieces/")) !== expected) say(JSON.stringify(question), "does not find first", expected);
}
const none = await ask(page, "qqzzxxyyvv");
if (none.length) say("finds what is nowhere");

// By keys alone, and what axe says of results.
if (questions.length) {
  await ask(page, questions[0][0]);
  const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  for (const { id, nodes } of violations) say("axe:", id, nodes[0].html.slice(0, 200));
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (over > 0) say(`results are ${over} px too wide`);
  await page.focus("#site-query");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const where = await page.evaluate(() => document.activeElement.closest("#site-results") !== null);
  if (!where) say("the first result is not reached by two tabs");
}
await browser.close();
console.log(JSON.stringify({ asked: questions.length, bytes: most }));
