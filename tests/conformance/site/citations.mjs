// Reads citation files with Citation.js, each with the readers of its own format, as a reference manager would.
// Prints for each reading a line of JSON: the file's path, the reader, what it said, and the works as CSL-JSON.
// Arguments: the folder of the site, then paths in it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Cite, logger } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-ris";

const READERS = { bib: ["@bibtex/text", "@biblatex/text"], ris: ["@ris/file"], json: ["@csl/list+object"] };
const [site, ...paths] = process.argv.slice(2);
let said = [];
logger.level = "unmapped";
logger._console = { log: (...words) => said.push(words.join(" ")) };

for (const path of paths) {
  const text = readFileSync(join(site, path), "utf8");
  for (const reader of READERS[path.split(".").pop()]) {
    said = [];
    let works = [];
    try {
      const cite = new Cite(path.endsWith(".json") ? JSON.parse(text) : text, { forceType: reader, generateGraph: false });
      works = cite.data;
      if (!cite.format("bibliography", { template: "apa" }).trim()) said.push("no line for a bibliography");
    } catch (error) {
      said.push(String(error));
    }
    console.log(JSON.stringify({ path, reader, said, works }));
  }
}
