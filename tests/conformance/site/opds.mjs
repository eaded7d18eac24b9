// Reads an OPDS catalogue with the library of a reading app (r2-opds-js, of Thorium Reader), as that app walks it: from the
// root through every feed that it leads to and every next page. Prints for each feed a line of JSON: its address, the kind
// of the link that led there, and what the library made of it; files that a publication leads to with their hashes.
// Argument: the address of the root.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { DOMParser } = require("@xmldom/xmldom");
const { XML } = require("r2-utils-js/dist/es8-es2017/src/_utils/xml-js-mapper");
const { OPDS } = require("r2-opds-js/dist/es8-es2017/src/opds/opds1/opds");
const { convertOpds1ToOpds2 } = require("r2-opds-js/dist/es8-es2017/src/opds/converter");
const { initGlobalConverters_GENERIC, initGlobalConverters_OPDS } = require("r2-opds-js/dist/es8-es2017/src/opds/init-globals");
initGlobalConverters_OPDS();
initGlobalConverters_GENERIC();

const root = process.argv[2];
const names = (people) => (people ?? []).map(({ Name }) => Name);
const linksOf = (links, feed) =>
  (links ?? []).map(({ Rel, Href, TypeLink }) => ({ rel: Rel?.[0], href: new URL(Href, feed).href, type: TypeLink }));

async function hash(link) {
  const answer = await fetch(link.href);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { ...link, status: answer.status, sha256: createHash("sha256").update(bytes).digest("hex") };
}

async function publication({ Metadata, Images, Links }, feed) {
  return {
    identifier: Metadata.Identifier,
    title: Metadata.Title,
    language: Metadata.Language,
    authors: names(Metadata.Author),
    publisher: names(Metadata.Publisher),
    published: Metadata.PublicationDate,
    modified: Metadata.Modified,
    subjects: names(Metadata.Subject),
    description: Metadata.Description ?? null,
    images: await Promise.all(linksOf(Images, feed).map(hash)),
    links: await Promise.all(linksOf(Links, feed).map(hash)),
  };
}

const waiting = [{ address: root, kind: null }];
const seen = new Set([root]);
while (waiting.length) {
  const { address, kind } = waiting.shift();
  const answer = await fetch(address);
  const document = new DOMParser().parseFromString(await answer.text(), "application/xml");
  const feed = convertOpds1ToOpds2(XML.deserialize(document, OPDS));
  const links = linksOf(feed.Links, address);
  const navigation = (feed.Navigation ?? []).map((link) => ({ title: link.Title, ...linksOf([link], address)[0] }));
  const publications = [];
  for (const each of feed.Publications ?? []) publications.push(await publication(each, address));
  const { Title: title, Modified: modified, Author: people } = feed.Metadata;
  console.log(JSON.stringify({ address, kind, status: answer.status, title, modified, authors: names(people), links, navigation, publications }));
  for (const link of [...navigation, ...links.filter(({ rel }) => rel === "next")]) {
    if (seen.has(link.href)) continue;
    seen.add(link.href);
    waiting.push({ address: link.href, kind: link.type });
  }
}
