// Reads pages as metascraper does, and prints for each a line of JSON. Arguments: files with their addresses, FILE=ADDRESS.
import { readFileSync } from "node:fs";
import metascraper from "metascraper";
import author from "metascraper-author";
import date from "metascraper-date";
import image from "metascraper-image";
import lang from "metascraper-lang";
import title from "metascraper-title";
import url from "metascraper-url";

const read = metascraper([author(), date(), image(), lang(), title(), url()]);
for (const argument of process.argv.slice(2)) {
  const [file, address] = argument.split("=");
  console.log(JSON.stringify(await read({ html: readFileSync(file, "utf8"), url: address })));
}
