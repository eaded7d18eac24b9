// Lighthouse over the front page, the first piece and the search of a site, as a phone and as a desktop: at least 95 for performance,
// 100 for all else. Argument: the folder of the site. Pages are served as hosts do, compressed and with the time they may be kept.
import { createServer } from "node:http";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import * as chromeLauncher from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const [folder] = process.argv.slice(2);
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
  ".txt": "text/plain; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp",
  ".woff2": "font/woff2", ".xml": "application/xml", ".webmanifest": "application/manifest+json",
};
const PACKED = new Set([".html", ".css", ".js", ".json", ".txt", ".svg", ".xml", ".webmanifest"]);

const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
  const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
  if (!file.startsWith(folder) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  const type = extname(file);
  const headers = { "content-type": TYPES[type] ?? "application/octet-stream", "cache-control": "public, max-age=31536000" };
  let body = readFileSync(file);
  if (PACKED.has(type)) {
    headers["content-encoding"] = "gzip";
    body = gzipSync(body);
  }
  response.writeHead(200, headers).end(body);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}/`;
const chrome = await chromeLauncher.launch({ chromePath: "/usr/bin/chromium", chromeFlags: ["--headless=new", "--no-sandbox"] });
const piece = readdirSync(join(folder, "pieces")).filter((name) => name.endsWith(".html")).sort()[0];
const pages = process.argv.length > 3 ? process.argv.slice(3) : ["index.html", `pieces/${piece}`, "search.html"];
let failed = 0;
for (const name of pages) {
  for (const form of ["phone", "desktop"]) {
    const options = { port: chrome.port, output: "json", logLevel: "error", skipAboutBlank: true };
    // What a busy machine gives by chance is no fault of the page: of three runs the middle one counts.
    const runs = [];
    for (let run = 0; run < 3; run += 1) {
      const { lhr } = await lighthouse(base + name, options, form === "desktop" ? desktopConfig : undefined);
      runs.push(lhr);
    }
    runs.sort((one, other) => one.categories.performance.score - other.categories.performance.score);
    const lhr = runs[1];
    const scores = Object.values(lhr.categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]);
    console.log(`lighthouse: ${name} (${form}): ${scores.map(([id, score]) => `${id} ${score}`).join(", ")}`);
    for (const [id, score] of scores) {
      if (score >= (id === "performance" ? 95 : 100)) continue;
      failed += 1;
      for (const { id: audit, weight } of lhr.categories[id].auditRefs) {
        const { score: got, title, displayValue, details } = lhr.audits[audit];
        const items = Array.isArray(details?.items) ? details.items : [];
        const nodes = items.slice(0, 3).map((item) => item.node?.snippet ?? item.source?.url ?? item.description ?? item.url ?? "");
        if (weight && got !== null && got < 1) console.log(`  ${audit}: ${title} ${displayValue ?? ""} ${nodes.join(" ")}`);
      }
    }
  }
}
await chrome.kill();
server.close();
process.exit(failed ? 1 : 0);
