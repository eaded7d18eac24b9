// Looks words up as Firefox's viewer does: pdf.js' own text layer and its own search, hyphens at the ends of lines joined by
// its rule. Reads from standard input {"<file>": {"<word>": <how often it stands in the source>}}. A word found more seldom is a
// failure; more often is none, since running heads repeat words.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL(".tools/package.json", import.meta.url));
const load = (part) => import(pathToFileURL(require.resolve(`pdfjs-dist/legacy/${part}`)));
globalThis.pdfjsLib = await load("build/pdf.mjs");
// All that the viewer's module asks of a browser when it is read; its search asks nothing.
const element = { style: { setProperty() {} }, classList: { add() {}, remove() {} } };
globalThis.document ??= { documentElement: element, createElement: () => element, addEventListener() {} };
globalThis.window ??= globalThis;
globalThis.requestAnimationFrame ??= (then) => setTimeout(then);
const { EventBus, PDFFindController } = await load("web/pdf_viewer.mjs");

async function lacking(file, words) {
  const task = pdfjsLib.getDocument({ data: new Uint8Array(await readFile(file)), verbosity: 0 });
  const pdf = await task.promise;
  const eventBus = new EventBus();
  const linkService = { page: 1, pagesCount: pdf.numPages, setDocument() {} };
  const search = new PDFFindController({ linkService, eventBus, updateMatchesCountOnProgress: false });
  search.setDocument(pdf);
  const lost = [];
  for (const [query, wanted] of Object.entries(words)) {
    const found = await count(search, eventBus, query);
    if (found < wanted) lost.push(`${query} (${found} of ${wanted})`);
  }
  await task.destroy();
  return lost;
}

// The number of places on all pages where the viewer finds a word: told once, when the last page was searched.
function count(search, eventBus, query) {
  const found = new Promise((resolve) => {
    const counted = ({ matchesCount }) => {
      eventBus.off("updatefindmatchescount", counted);
      resolve(matchesCount.total);
    };
    eventBus.on("updatefindmatchescount", counted);
  });
  const how = { caseSensitive: true, entireWord: false, matchDiacritics: true, highlightAll: true, findPrevious: false };
  eventBus.dispatch("find", { source: search, type: "find", query, ...how });
  return found;
}

let lost = 0;
for (const [file, words] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const found = await lacking(file, words);
  lost += found.length;
  if (found.length > 0) console.error(`pdf.js does not find in ${file}: ${found.slice(0, 20).join(", ")}`);
}
process.exit(lost === 0 ? 0 : 1);
