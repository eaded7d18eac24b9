// Opens files in a reading system (foliate-js in Chromium) and reports what a reader would meet.
// node read.mjs TOOLS CHROMIUM SCREENSHOTS NUMBER FILE...   prints one JSON object a file, a line each; the first NUMBER files are looked at
// in all ways, the others in two.
import { createServer } from "node:http";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [tools, chromium, screenshots, number, ...files] = process.argv.slice(2);
const load = createRequire(path.join(path.resolve(tools), "package.json"));
const { chromium: browserType } = load("playwright-core");
const foliate = path.join(path.resolve(tools), "node_modules/foliate-js");

const SIZES = { phone: { width: 390, height: 844 }, tablet: { width: 820, height: 1180 } };
const SCHEMES = ["light", "dark"];
const TYPES = { ".js": "text/javascript", ".epub": "application/epub+zip" };
// What the reading system itself lays under every book.
const READER = `html { color-scheme: light dark } @media (prefers-color-scheme: dark) { a:link { color: lightblue } }`;

const PAGE = `<!doctype html><meta charset="utf-8"><style>
  :root { color-scheme: light dark } html, body { margin: 0; height: 100% } foliate-view { display: block; height: 100% }
</style><script type="module">import "/foliate/view.js"; globalThis.ready = true</script>`;

const server = createServer((request, response) => {
  const url = new URL(request.url, "http://localhost").pathname;
  try {
    if (url === "/") return response.setHeader("Content-Type", "text/html"), response.end(PAGE);
    const file = url.startsWith("/foliate/")
      ? path.join(foliate, path.normalize(url.slice("/foliate".length)))
      : files[Number(path.parse(url).name)];
    response.setHeader("Content-Type", TYPES[path.extname(url)] ?? "application/octet-stream");
    response.end(readFileSync(file));
  } catch {
    response.statusCode = 404;
    response.end();
  }
});

// Everything below runs in the page.
async function open([url, flow, styles]) {
  document.querySelector("foliate-view")?.remove();
  const view = document.createElement("foliate-view");
  document.body.append(view);
  const file = new File([await (await fetch(url)).blob()], "book.epub", { type: "application/epub+zip" });
  await view.open(file);
  view.renderer.setAttribute("flow", flow);
  view.renderer.setAttribute("margin", "24px");
  view.renderer.setStyles(styles);
  globalThis.view = view;
  const flat = (items) => (items ?? []).flatMap((item) => [item, ...flat(item.subitems)]);
  const { book } = view;
  const targets = { contents: flat(book.toc), pages: flat(book.pageList) };
  const lost = [];
  for (const { href, label } of [...targets.contents, ...targets.pages, ...(book.landmarks ?? [])]) {
    const found = book.resolveHref(href);
    const section = found && book.sections[found.index];
    const document_ = section && (await section.createDocument());
    const place = document_ && (found.anchor ? found.anchor(document_) : document_.body);
    if (!place && place !== 0) lost.push(`${label}: ${href}`);
  }
  return {
    sections: book.sections.map((section) => ({ id: section.id, linear: section.linear })),
    contents: targets.contents.length,
    pages: targets.pages.length,
    lost,
  };
}

async function show(index) {
  await view.goTo(index);
  await new Promise((resolve) => setTimeout(resolve, 60));
  const [{ doc }] = view.renderer.getContents();
  await doc.fonts.ready;
  const root = doc.documentElement;
  const images = [...doc.images];
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  return {
    words: doc.body.textContent.trim().length,
    images: images.length,
    broken: images.filter((image) => image.naturalWidth === 0).length,
    wide: root.scrollWidth - root.clientWidth,
    faces: [...doc.fonts].filter((face) => face.status === "loaded").length,
    failed: [...doc.fonts].filter((face) => face.status === "error").map((face) => face.family),
  };
}

// Every reference to a note, as the reading system's own pop-up takes it.
async function notes() {
  const { FootnoteHandler } = await import("/foliate/footnotes.js");
  const { book } = view;
  const problems = [];
  let shown = 0;
  for (const section of book.sections) {
    const document_ = await section.createDocument();
    for (const link of document_.querySelectorAll('[role="doc-noteref"]')) {
      const handler = new FootnoteHandler();
      handler.addEventListener("before-render", ({ detail }) => document.body.append(detail.view));
      const rendered = new Promise((resolve) => handler.addEventListener("render", ({ detail }) => resolve(detail)));
      const href = section.resolveHref(link.getAttribute("href"));
      await handler.handle(book, { detail: { a: link, href }, preventDefault() {} });
      const { view: popup, type, target } = await rendered;
      if (type !== "footnote" || target.id !== href.split("#")[1]) problems.push(`${href} is no footnote`);
      shown += 1;
      popup.remove();
    }
  }
  return { shown, problems };
}

async function read(context, index, file) {
  const report = { file, sections: 0, contents: 0, pages: 0, notes: 0, faces: 0, problems: [] };
  const name = path.parse(file).name;
  const look = async (size, scheme, flow, styles, eye) => {
    const page = await context.newPage();
    await page.setViewportSize(SIZES[size]);
    await page.emulateMedia({ colorScheme: scheme });
    const view = `${size} ${scheme} ${flow}${styles ? " 200 %" : ""}`;
    page.on("pageerror", (error) => report.problems.push(`${view}: ${error.message}`));
    await page.goto(`http://localhost:${server.address().port}/`);
    await page.waitForFunction(() => globalThis.ready);
    const book = await page.evaluate(open, [`/${index}.epub`, flow, READER + styles]);
    Object.assign(report, { sections: book.sections.length, contents: book.contents, pages: book.pages });
    if (eye && size === "phone" && scheme === "light") {
      const { shown, problems } = await page.evaluate(notes);
      report.notes = shown;
      problems.forEach((problem) => report.problems.push(problem));
    }
    book.lost.forEach((lost) => report.problems.push(`leads nowhere: ${lost}`));
    for (const [place, section] of book.sections.entries()) {
      const seen = await page.evaluate(show, place);
      const where = `${view} ${section.id}`;
      report.faces = Math.max(report.faces, seen.faces);
      if (seen.words + seen.images === 0) report.problems.push(`${where}: empty`);
      if (seen.broken) report.problems.push(`${where}: ${seen.broken} broken images`);
      if (flow === "scrolled" && seen.wide > 1) report.problems.push(`${where}: ${seen.wide} px too wide`);
      if (seen.failed.length) report.problems.push(`${where}: faces failed: ${seen.failed}`);
      if (eye && place < 8) {
        await page.screenshot({ path: path.join(screenshots, `${name}-${size}-${scheme}-${place}.png`) });
      }
    }
    await page.close();
  };
  await look("phone", "light", "paginated", "", true);
  if (index < Number(number)) {
    await look("phone", "dark", "paginated", "", true);
    await look("phone", "light", "scrolled", "", false);
    for (const scheme of SCHEMES) await look("tablet", scheme, "paginated", "", true);
    await look("tablet", "light", "scrolled", "", false);
  }
  await look("phone", "light", "scrolled", "html { font-size: 200% }", false);
  return report;
}

mkdirSync(screenshots, { recursive: true });
await new Promise((resolve) => server.listen(0, resolve));
const browser = await browserType.launch({ executablePath: chromium, args: ["--no-sandbox"] });
try {
  // Of one context, which has the reading system at hand from its second page on.
  const context = await browser.newContext();
  const reports = [];
  const queue = files.entries();
  const worker = async () => {
    for (const [index, file] of queue) reports[index] = await read(context, index, file);
  };
  await Promise.all([worker(), worker()]);
  reports.forEach((report) => console.log(JSON.stringify(report)));
} finally {
  await browser.close();
  server.close();
}
