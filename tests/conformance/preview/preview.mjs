// Drives `flashpoint preview` in Chromium as an editor would: writes, breaks, mends, renames, deletes, and watches what is seen.
// Prints one line for each problem, and at the end how long it took from a save to its pixels. Arguments: the program, the real
// piece; it fails when there is a problem. FLASHPOINT_LIMIT is the median that is allowed, in milliseconds.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { mkdtempSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const [program, real] = process.argv.slice(2);
const limit = Number(process.env.FLASHPOINT_LIMIT ?? 150);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "preview-"));
const source = join(folder, "source");
let problems = 0;
const problem = (...words) => { problems += 1; console.log("preview:", ...words); };
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

mkdirSync(source);
const text = readFileSync(real, "utf8");
let piece = join(source, "real.yaml");
writeFileSync(piece, text);
for (let at = 1; at <= 50; at += 1) {
  writeFileSync(join(source, `piece-${at}.yaml`), `series: Flash Point\ntitle: Piece ${at}\ndate: 2025-01-${String((at % 28) + 1).padStart(2, "0")}\nlanguage: en-GB\ncontributors:\n  - name: Amina Khan\n    statement:\n      - Words of number ${at}, lighthouse${at === 7 ? " keeper" : ""}.\n`);
}
writeFileSync(join(folder, "editor.sh"), `printf '%s %s\\n' "$1" "$2" >> '${folder}/opened'\n`);

const child = spawn(resolve(program), ["preview", source, "--port", "0", "--no-open", "--editor", `sh '${folder}/editor.sh' {file} {line}`], { cwd: folder });
let said = "";
child.stderr.on("data", (data) => { said += data; });
const ended = new Promise((done) => child.on("exit", (code, signal) => done(code ?? signal)));
const base = await new Promise((done) => child.stdout.on("data", (data) => done(String(data).trim())));

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

async function visit(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.on("console", (message) => message.type() === "error" && !closing && problem("console:", message.text(), message.location().url));
  page.on("pageerror", (error) => problem("error:", error.message));
  page.on("request", (request) => request.url().startsWith(base) || request.url().startsWith("blob:") || problem("asks for", request.url()));
  return page;
}
let closing = false;

async function check(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  for (const { id, nodes } of violations) problem(what, "axe:", id, nodes.length, nodes[0].html.slice(0, 200));
}

const shown = (page) => page.evaluate(() => document.documentElement.dataset.shown ?? "");
const until = (page, what, holds, argument) => page.waitForFunction(holds, argument, { polling: 10 }).catch(() => problem(what, "did not come"));

// Saves, and gives the milliseconds until the pixels are there.
async function save(page, content, path = piece) {
  const before = await shown(page);
  const start = Date.now();
  writeFileSync(path, content);
  await until(page, "a save", (before) => document.documentElement.dataset.shown !== before, before);
  return Number((await shown(page)).split(" ")[2]) - start;
}

const page = await visit();

// The list.
await page.goto(base);
await until(page, "the list", () => document.documentElement.dataset.listed === "true 51");
await check(page, "list");
await page.fill("#words", "lighthouse KEEPER");
await until(page, "the search", () => document.querySelectorAll("#pieces li:not([hidden])").length === 1);
if (!(await page.textContent("#pieces li:not([hidden])")).includes("Piece 7")) problem("the search found another piece");
await page.fill("#words", "");
await page.click("text=Istanbul on Standby");
await until(page, "the pages", () => document.documentElement.dataset.shown);
await check(page, "pages");
const total = await page.locator(".page").count();
if (total < 4) problem("only", total, "pages");

// Saves: how long until they are seen, which pages are asked for, and that the scroll stays.
const asked = [];
page.on("request", (request) => request.url().includes("/pages/") && asked.push(request.url()));
const times = [];
for (let at = 0; at < 15; at += 1) {
  times.push(await save(page, text.replace("Pakistan-Afghanistan escalation reflects", `Pakistan-Afghanistan escalation ${"now ".repeat((at % 3) + 1)}reflects`)));
  await sleep(60);
}
await save(page, text);
await page.evaluate(() => window.scrollTo(0, 1500));
await sleep(300);
const topOf = () => page.evaluate(() => Math.round(document.querySelectorAll(".page")[1].getBoundingClientRect().top));
const place = await topOf();
asked.length = 0;
const title = text.replace(/^title: .*$/m, 'title: "Another title"');
writeFileSync(piece, title);
await until(page, "the title", () => document.querySelector("#title").textContent === "Another title");
await sleep(300);
if ((await topOf()) !== place) problem("the scroll did not stay", place, await topOf());
await page.evaluate(() => window.scrollTo(0, 0));
await sleep(200);
const clip = { x: 200, y: 90, width: 800, height: 400 };
const before = await page.screenshot({ clip });
asked.length = 0;
await save(page, title.replace("Another title", "Yet another title"));
if (before.equals(await page.screenshot({ clip }))) problem("the pixels are the same after a save");
if (asked.length >= total) problem("all", total, "pages were sent for one that changed");

// A click leads to the line.
await page.locator(".area").nth(4).click();
await until(page, "the place", () => /real\.yaml:\d+ – opened in sh/.test(document.querySelector("#place").textContent));
for (let wait = 0; wait < 100 && !existsSync(join(folder, "opened")); wait += 1) await sleep(20);
const opened = existsSync(join(folder, "opened")) ? readFileSync(join(folder, "opened"), "utf8") : "";
if (!opened.includes(`${piece} `)) problem("the editor was told", JSON.stringify(opened));
await page.keyboard.press("Tab");
await page.locator('.area[tabindex="0"]').focus();
await page.keyboard.press("ArrowDown");
await page.keyboard.press("Enter");

// The other views, in the light and in the dark.
for (const colorScheme of ["light", "dark"]) {
  await page.emulateMedia({ colorScheme });
  for (const view of ["pages", "phone", "cover", "problems"]) {
    await page.click(`#tab-${view}`);
    if (view === "phone") await page.frameLocator("#frame").locator("h1").waitFor();
    if (view === "cover") await page.locator("#cover img").waitFor();
    await check(page, `${view} (${colorScheme})`);
  }
}
await page.click("#tab-phone");
// A frame that was just shown has no height to scroll over yet.
await until(page, "a frame to scroll", () => {
  const { scrollingElement } = document.querySelector("#frame").contentDocument;
  scrollingElement.scrollTop = 700;
  return scrollingElement.scrollTop === 700;
});
writeFileSync(piece, title.replace("Another title", "A title on the phone"));
await page.frameLocator("#frame").locator("h1", { hasText: "A title on the phone" }).waitFor().catch(() => problem("the phone did not follow"));
if ((await page.evaluate(() => document.querySelector("#frame").contentDocument.scrollingElement.scrollTop)) !== 700) problem("the phone's scroll did not stay");
await page.click("#tab-pages");

// Break, and mend.
const keys = () => page.evaluate(() => [...document.querySelectorAll(".page svg")].map((svg) => svg.innerHTML.length).join());
await sleep(200);
const whole = await keys();
writeFileSync(piece, text.replace(/^title: /m, "titel: "));
await until(page, "the fault", () => document.querySelector("#standing").textContent.includes("titel"));
if ((await keys()) !== whole) problem("a fault changed the pages");
await check(page, "broken");
await page.click("#standing button");
await page.locator("#problems .error mark", { hasText: "titel" }).first().waitFor().catch(() => problem("the fault is not among the problems"));
await page.click("#tab-pages");
await save(page, text);
await until(page, "the mending", () => document.querySelector("#standing").textContent === "");

// Written beside and renamed, as most editors save.
const atomic = async (content) => { writeFileSync(`${piece}.tmp`, content); renameSync(`${piece}.tmp`, piece); };
await atomic(text.replace(/^title: .*$/m, "title: Saved at once"));
await until(page, "an atomic save", () => document.querySelector("#title").textContent === "Saved at once");

// A second reader sees what the first one sees.
const second = await visit({ colorScheme: "dark" });
await second.goto(page.url());
await until(second, "the second browser", () => document.querySelector("#title").textContent === "Saved at once");

// A hundred saves at once, every other of them cut short.
for (let at = 1; at <= 100; at += 1) {
  writeFileSync(piece, at % 2 && at < 99 ? "" : text.replace(/^title: .*$/m, `title: Save ${at}`));
  if (at % 10 === 0) await sleep(5);
}
for (const reader of [page, second]) await until(reader, "the last of 100 saves", () => document.querySelector("#title").textContent === "Save 100");
await until(page, "the end of the faults", () => document.querySelector("#standing").textContent === "");

// Renamed, edited there, deleted, and back.
await sleep(500);
renameSync(piece, join(source, "renamed.yaml"));
piece = join(source, "renamed.yaml");
await until(page, "the rename", () => document.querySelector("#file").textContent.endsWith("renamed.yaml"));
writeFileSync(piece, text.replace(/^title: .*$/m, "title: Renamed"));
await until(page, "an edit of the renamed file", () => document.querySelector("#title").textContent === "Renamed");
unlinkSync(piece);
await until(page, "the deletion", () => document.querySelector("#standing").textContent.includes("gone"));
if ((await page.locator(".page").count()) === 0) problem("the last pages are gone with the file");
writeFileSync(piece, text);
await until(page, "the return", () => document.querySelector("#standing").textContent === "");

// A page on another origin gets nothing and does nothing.
rmSync(join(folder, "opened"), { force: true });
const token = await page.getAttribute('meta[name="flashpoint-token"]', "content");
const stranger = createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<!DOCTYPE html><title>Elsewhere</title>"));
await new Promise((done) => stranger.listen(0, "127.0.0.1", done));
const outside = await (await browser.newContext()).newPage();
const got = [];
outside.on("response", (answer) => answer.url().startsWith(base) && got.push([answer.status(), answer.url()]));
await outside.goto(`http://localhost:${stranger.address().port}/`);
const id = new URL(page.url()).hash.split("/")[1];
const read = await outside.evaluate(async ({ base, id, token }) => {
  const tries = {
    read: () => fetch(base).then((answer) => answer.text()),
    blind: () => fetch(base, { mode: "no-cors" }).then((answer) => answer.text()).then((text) => text || Promise.reject()),
    open: () => fetch(`${base}open`, { method: "POST", headers: { "X-Flashpoint-Token": token }, body: JSON.stringify({ piece: id, version: 1, block: "p0.0" }) }),
    form: () => fetch(`${base}open`, { method: "POST", mode: "no-cors", body: JSON.stringify({ piece: id, version: 1, block: "p0.0" }) }).then((answer) => answer.text()).then((text) => text || Promise.reject()),
    script: () => new Promise((done, fail) => { const script = document.createElement("script"); script.src = `${base}desk.js`; script.onload = done; script.onerror = fail; document.head.append(script); }),
    image: () => new Promise((done, fail) => { const image = new Image(); image.onload = done; image.onerror = fail; image.src = `${base}icon.svg`; }),
    events: () => new Promise((done, fail) => { const events = new EventSource(`${base}events`); events.onmessage = done; events.onerror = fail; }),
    frame: () => new Promise((done, fail) => { const frame = document.createElement("iframe"); frame.src = base; frame.onload = () => { try { done(frame.contentDocument.title); } catch { fail(); } }; document.body.append(frame); setTimeout(fail, 2000); }).then((title) => title || Promise.reject()),
  };
  const read = [];
  for (const [name, attempt] of Object.entries(tries)) await attempt().then(() => read.push(name), () => {});
  return read;
}, { base, id, token });
for (const name of read) problem("a page on another origin may", name);
for (const [status, url] of got) if (status < 400) problem("a page on another origin got", status, url);
if (existsSync(join(folder, "opened"))) problem("a page on another origin opened the editor");
stranger.close();

// The end.
closing = true;
child.kill("SIGTERM");
const code = await ended;
if (code !== 0) problem("it ended with", code);
if (said.trim().split("\n").length !== 1) problem("it said", JSON.stringify(said));
await until(page, "the word of the end", () => document.querySelector("#standing").textContent.includes("has ended"));
await browser.close();
rmSync(folder, { recursive: true });

times.sort((a, b) => a - b);
const median = times[Math.floor(times.length / 2)];
if (median > limit) problem(`the median from save to pixels is ${median} ms, more than ${limit}`);
console.log(`preview: from save to pixels ${times[0]} to ${times.at(-1)} ms, median ${median}; drove ${total} pages and 51 pieces`);
process.exit(problems ? 1 : 0);
