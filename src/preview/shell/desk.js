// The page of the preview. It asks for what changed, draws it, and keeps the place where its reader is.

const $ = (id) => document.getElementById(id);
const meta = (name) => document.querySelector(`meta[name="flashpoint-${name}"]`).content;
const SVG = "http://www.w3.org/2000/svg";
const VIEWS = ["pages", "phone", "cover", "problems"];

const only = meta("only");
const memory = new Map(); // where each view was scrolled to
let shown = null; // the piece that is read: { id, version, event, ... }
let view = "pages";

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const number = (count) => count.toLocaleString("en");
const counted = (count, thing) => `${number(count)} ${thing}${count === 1 ? "" : "s"}`;

// What comes from the program -------------------------------------------------

let stream = null;
let streamOf = null;

function listen(path, receive) {
  stream?.close();
  streamOf = { path, receive };
  if (document.hidden) return;
  stream = new EventSource(path);
  stream.addEventListener("message", ({ data }) => { connected(); receive(JSON.parse(data)); });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => document.hidden || listen(path, receive), 1000);
    lost = true;
    standing();
  });
}

let lost = false;
function connected() {
  if (!lost) return;
  lost = false;
  standing();
}

// A browser opens few connections to one host: pages that nobody sees leave theirs to others.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else if (!stream && streamOf) {
    listen(streamOf.path, streamOf.receive);
  }
});

async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

// Outlines of glyphs, shared by all pages.
const outlines = [];
let asking = null;
async function outlined(count) {
  while (outlines.length < count) {
    asking ??= get(`outlines/${outlines.length}`).then((answer) => answer.json()).then(({ from, paths }) => {
      paths.forEach((path, index) => { outlines[from + index] = path; });
      if (paths.length === 0) throw new Error("outlines are missing");
    }).finally(() => { asking = null; });
    await asking;
  }
}

// Pages -----------------------------------------------------------------------

const slots = [];
const nearby = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) target.page.near = isIntersecting;
  drawNear();
}, { rootMargin: "800px" });

function slotAt(index) {
  if (!slots[index]) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("role", "group");
    const box = element("div", { className: "page" }, svg);
    const slot = { index, box, svg, key: null, wanted: null, near: index < 2 };
    box.page = slot;
    slots[index] = slot;
    $("pages").append(box);
    nearby.observe(box);
  }
  return slots[index];
}

function layOut({ pages, width, height }) {
  pages.forEach(([key, label], index) => {
    const slot = slotAt(index);
    slot.wanted = key;
    slot.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    slot.svg.setAttribute("aria-label", `Page ${label}, ${index + 1} of ${pages.length}`);
  });
  for (const slot of slots.splice(pages.length)) {
    nearby.unobserve(slot.box);
    slot.box.remove();
  }
  size();
}

// A page larger than the window may be scrolled; one of its usual size shrinks to fit.
function size() {
  if (!shown?.event) return;
  const percent = Number($("zoom").value);
  const width = `${shown.event.width * (4 / 3) * (percent / 100)}px`;
  for (const { box } of slots) box.style.width = percent > 100 ? width : `min(${width}, 100%)`;
}

// Draws the pages that are to be seen and are not what is wanted, all at the same moment.
async function drawNear() {
  const piece = shown;
  if (!piece?.event || view !== "pages") return;
  const due = slots.filter((slot) => slot.near && slot.wanted !== slot.key);
  const wanted = due.map((slot) => slot.wanted);
  if (due.length > 0) {
    const pages = due.map((slot) => get(`pages/${piece.id}/${slot.wanted}`).then((answer) => answer.json()));
    let drawings;
    try {
      [drawings] = await Promise.all([Promise.all(pages), outlined(piece.event.outlines)]);
    } catch {
      return; // The piece changed meanwhile: what it is now is on its way.
    }
    if (piece !== shown) return;
    due.forEach((slot, index) => {
      if (slots[slot.index] !== slot || slot.wanted !== wanted[index]) return;
      draw(slot, drawings[index]);
      slot.key = wanted[index];
    });
  }
  told(piece);
}

// Says, once they are to be seen, which version the pages show.
function told(piece) {
  const { version } = piece.event;
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { document.documentElement.dataset.shown = `${piece.id} ${version} ${Date.now()}`; };
    port2.postMessage(null);
  });
}

function draw(slot, { items, areas }) {
  const focused = slot.svg.contains(document.activeElement) ? document.activeElement.dataset.area : null;
  const parts = [];
  for (const item of items) {
    if (item.row) {
      const path = [];
      for (let at = 0; at < item.row.length; at += 2) path.push("M", item.row[at + 1], " 0", outlines[item.row[at]]);
      const raised = item.raised ?? [];
      for (let at = 0; at < raised.length; at += 3) path.push("M", raised[at + 1], " ", raised[at + 2], outlines[raised[at]]);
      const [across, down, x, y] = item.at;
      parts.push(`<path transform="matrix(${across} 0 0 ${down} ${x} ${y})" fill="${item.colour}" d="${path.join("")}"/>`);
    } else if (item.rule) {
      const [x, y, width, height] = item.rule;
      parts.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${item.colour}"/>`);
    } else {
      const [x, y, width, height] = item.place;
      parts.push(`<image href="images/${shown.id}/${item.image}?${slot.wanted}" x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none"/>`);
    }
  }
  // Numbers and colours of the program's own; words are put in as text below.
  slot.svg.innerHTML = `<g aria-hidden="true">${parts.join("")}</g>`;
  areas.forEach(({ place: [x, y, width, height], words }, index) => {
    const area = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x, y, width, height, class: "area", role: "button", tabindex: -1, "aria-label": words })) area.setAttribute(name, value);
    area.dataset.area = index;
    slot.svg.append(area);
  });
  if (focused !== null) slot.svg.querySelector(`[data-area="${focused}"]`)?.focus({ preventScroll: true });
  if (!$("pages").querySelector('.area[tabindex="0"]')) $("pages").querySelector(".area")?.setAttribute("tabindex", 0);
}

// One of the paragraphs is in the order of the Tab key; arrows lead from one to the next.
$("pages").addEventListener("keydown", (event) => {
  const area = event.target.closest(".area");
  if (!area) return;
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(area);
  } else if (step) {
    event.preventDefault();
    const all = [...$("pages").querySelectorAll(".area")];
    const next = all[all.indexOf(area) + step];
    if (!next) return;
    area.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  }
});
$("pages").addEventListener("click", (event) => {
  const area = event.target.closest(".area");
  if (area) choose(area);
});

function choose(area) {
  for (const held of $("pages").querySelectorAll(".held")) held.classList.remove("held");
  area.classList.add("held");
  const slot = area.closest(".page").page;
  open(`p${slot.index}.${area.dataset.area}`);
}

// Asks for the place of a block, and opens it where the program was told of an editor.
async function open(block) {
  const { id, event } = shown;
  const answer = await fetch("open", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Flashpoint-Token": meta("token") },
    body: JSON.stringify({ piece: id, version: event.version, block }),
  }).catch(() => null);
  if (!answer?.ok) {
    $("place").textContent = "The piece changed meanwhile; try once more.";
    return;
  }
  const { file, line, editor, fault } = await answer.json();
  const end = fault ? ` – ${editor} could not be started: ${fault}` : editor ? ` – opened in ${editor}` : "";
  $("place").textContent = `${file}:${line}${end}`;
}

// Phone -----------------------------------------------------------------------

let phone = null; // the text that the frame holds: { id, text, begins }

async function showPhone() {
  const piece = shown;
  const { text } = piece.event;
  if (view !== "phone" || text === null || (phone?.id === piece.id && phone.text === text)) return;
  let page, begins;
  try {
    [page, begins] = await Promise.all([
      get(`phone/${piece.id}`).then((answer) => answer.text()),
      get(`texts/${piece.id}`).then((answer) => answer.json()),
    ]);
  } catch {
    return;
  }
  if (piece !== shown) return;
  const frame = $("frame");
  if (phone?.id !== piece.id) {
    frame.src = `phone/${piece.id}`;
    await new Promise((done) => frame.addEventListener("load", done, { once: true }));
    frame.contentDocument.addEventListener("click", chooseInPhone);
  } else {
    // The frame stays, and with it the place where its reader is.
    // What it reads is read as its own, styles included.
    const fresh = new frame.contentWindow.DOMParser().parseFromString(page, "text/html");
    const old = frame.contentDocument;
    for (const name of ["lang", "dir"]) old.documentElement.setAttribute(name, fresh.documentElement.getAttribute(name));
    const [now, before] = [fresh.querySelector("style"), old.querySelector("style")];
    if (now.textContent !== before.textContent) before.textContent = now.textContent;
    old.body.replaceChildren(...fresh.body.childNodes);
  }
  phone = { id: piece.id, text, begins };
  told(piece);
}

function chooseInPhone(event) {
  const link = event.target.closest("a[href]");
  if (link && !link.getAttribute("href").startsWith("#")) event.preventDefault();
  const block = event.target.closest("p, h1, h2, h3, h4, li, th, td, figcaption, caption, blockquote");
  if (!block || !phone) return;
  const copy = block.cloneNode(true);
  for (const mark of copy.querySelectorAll('[role="doc-noteref"], [role="doc-backlink"]')) mark.remove();
  const words = copy.textContent.replace(/\s+/g, " ").trim();
  const text = phone.begins.findIndex((begins) => begins.trim() && words.startsWith(begins.trim()));
  if (text >= 0) open(`t${text}`);
}

// Cover, problems, standing ---------------------------------------------------

function showCover() {
  const { id, event } = shown;
  if (view !== "cover" || event.text === null) return;
  const source = `covers/${id}/${event.text}`;
  const image = $("cover").querySelector("img");
  if (image?.getAttribute("src") === source) return told(shown);
  const piece = shown;
  const next = element("img", { src: source, alt: event.cover ?? "" });
  // The old one stays until the new one is whole.
  next.decode().then(() => { if (piece === shown) { $("cover").replaceChildren(next); told(piece); } }, () => {});
}

// What stands between backticks is to be written so, in whatever direction it runs.
function spoken(text) {
  const parts = [];
  let read = 0;
  for (const found of text.matchAll(/`(`|[^`]+)`/g)) {
    parts.push(text.slice(read, found.index), element("code", { dir: "auto" }, found[1]));
    read = found.index + found[0].length;
  }
  parts.push(text.slice(read));
  return parts.filter((part) => part !== "");
}

// The lines behind the first one of a hint are lines to write, with their indentation.
function hints(hint) {
  const [first, ...lines] = hint.split("\n");
  const said = [element("p", {}, ...spoken(first))];
  if (lines.length) said.push(element("pre", { tabIndex: 0, role: "group", "aria-label": "The lines to write" }, element("code", { dir: "auto" }, lines.join("\n"))));
  return said;
}

function problem({ severity, code, message, hint, file, line }, index, opens) {
  const place = line ? `${file}:${line.number}` : file;
  const item = element("li", { className: severity });
  item.append(element("p", {}, element("span", { className: "grave" }, `${severity}: `), ...spoken(message), " ", element("span", { className: "code" }, code)));
  const button = opens ? element("button", { className: "link", type: "button" }, place) : element("span", {}, place);
  if (opens) button.addEventListener("click", () => open(`f${index}`));
  item.append(element("p", {}, button));
  if (line) item.append(element("pre", { tabIndex: 0, role: "group", "aria-label": "The line" }, element("code", {}, line.before, element("mark", {}, line.marked || "\u00a0"), line.after)));
  if (hint) item.append(...hints(hint));
  return item;
}

function showProblems() {
  const { problems } = shown.event;
  const of = (kind) => problems.filter(({ severity }) => severity === kind).length;
  $("tab-problems").textContent = problems.length ? `Problems (${problems.length})` : "Problems";
  const list = problems.map((one, index) => problem(one, index, true));
  const counts = [counted(of("error"), "error"), counted(of("warning"), "warning")];
  if (of("note")) counts.push(counted(of("note"), "note"));
  const text = problems.length ? counts.join(", ") : "Nothing is wrong.";
  $("problems").replaceChildren(element("p", {}, text), element("ol", { className: "found" }, ...list));
}

function standing() {
  const box = $("standing");
  const event = shown?.event;
  const lines = [];
  if (lost) lines.push(element("p", {}, "The preview has ended. Started again, it prints a new address."));
  if (event?.standing === "gone") lines.push(element("p", {}, "The file is gone. These are its last pages."));
  if (event?.standing === "broken") {
    const first = event.problems.find(({ severity }) => severity === "error");
    const at = first?.line ? `line ${first.line.number}: ` : "";
    const show = element("button", { className: "link", type: "button" }, "Show the problems");
    show.addEventListener("click", () => { location.hash = `#/${shown.id}/problems`; $("tab-problems").focus(); });
    const kept = event.pages.length ? " What is shown is the last version that was whole." : "";
    const way = view === "problems" ? [] : [show];
    lines.push(element("p", {}, at, ...spoken(first?.message ?? "it cannot be shown"), `.${kept} `, ...way));
  }
  // What is the same is not said again.
  if (box.textContent !== lines.map((line) => line.textContent).join("")) box.replaceChildren(...lines);
}

function showFacts() {
  const { statistics, title, file, language, direction } = shown.event;
  $("title").textContent = title ?? file;
  if (language) $("title").lang = language;
  $("title").dir = direction ?? "ltr";
  $("file").textContent = title ? file : "";
  document.title = `${title ?? file} – preview`;
  $("lengths").hidden = !statistics;
  if (!statistics) return;
  const { words, minutes, pages, parts } = statistics;
  const facts = [counted(words, "word"), `${minutes} min`];
  if (pages !== null) facts.push(counted(pages, "page"));
  $("facts").textContent = facts.join(" · ");
  $("parts").replaceChildren(...parts.map((part) => element("tr", {},
    element("td", { dir: "auto" }, part.name ?? "Introduction"),
    element("td", {}, number(part.words)),
    element("td", {}, number(part.minutes)))));
}

function receive(event) {
  if (!shown) return;
  shown.event = event;
  layOut(event);
  showFacts();
  showProblems();
  standing();
  showView();
}

function showView() {
  if (!shown?.event) return;
  if (view === "pages") drawNear();
  if (view === "phone") showPhone();
  if (view === "cover") showCover();
  if (view === "problems") told(shown);
}

// The list --------------------------------------------------------------------

const entries = new Map();
let matching = null; // the ids that the search found; null where nothing is searched for

function receiveList({ entries: changed, order, troubles, listed }) {
  for (const entry of changed) entries.set(entry.id, { ...entries.get(entry.id), ...entry, fresh: true });
  const known = new Set(order);
  for (const [id, entry] of entries) {
    if (known.has(id)) continue;
    entry.item?.remove();
    entries.delete(id);
  }
  $("troubles").replaceChildren(element("ol", { className: "found" }, ...troubles.map((one, index) => problem(one, index, false))));
  for (const entry of entries.values()) if (entry.fresh) card(entry);
  arrange(listed);
  if (changed.length && matching) find();
  document.documentElement.dataset.listed = `${listed} ${entries.size}`;
}

function card(entry) {
  entry.fresh = false;
  entry.item ??= element("li");
  const title = element("a", { href: `#/${entry.id}/pages` }, entry.title ?? entry.file);
  if (entry.language) title.lang = entry.language;
  const told = [element("h2", { dir: "auto" }, title)];
  if (entry.names) told.push(element("p", { dir: "auto" }, entry.names.join(", ")));
  if (entry.series) told.push(element("p", { dir: "auto" }, `${entry.series} · ${entry.printed_date}`));
  // Without a title the file stands in its place.
  if (entry.title) told.push(element("p", {}, entry.file));
  if (entry.errors) told.push(element("p", { className: "error" }, counted(entry.errors, "error")));
  if (entry.warnings) told.push(element("p", {}, counted(entry.warnings, "warning")));
  const cover = entry.cover
    ? element("img", { src: `thumbnails/${entry.id}/${entry.cover}`, alt: "", loading: "lazy", width: 80, height: 128 })
    : element("div", { className: "blank" });
  entry.item.replaceChildren(cover, element("div", {}, ...told));
}

function arrange(listed) {
  const by = (entry) => `${entry.date ?? "9999"}`;
  const sorted = [...entries.values()].sort((a, b) => by(b).localeCompare(by(a)) || a.file.localeCompare(b.file));
  let visible = 0;
  let last = null;
  for (const entry of sorted) {
    entry.item.hidden = matching !== null && !matching.has(entry.id);
    visible += entry.item.hidden ? 0 : 1;
    // Only what stands elsewhere is moved, so that focus and scroll stay.
    const next = last ? last.nextSibling : $("pieces").firstChild;
    if (next !== entry.item) $("pieces").insertBefore(entry.item, next);
    last = entry.item;
  }
  const all = counted(entries.size, "piece");
  $("found").textContent = matching === null ? (listed === false ? `${all}, reading …` : all) : `${number(visible)} of ${all}`;
}

async function find() {
  const words = $("words").value.trim();
  if (!words) {
    matching = null;
  } else {
    const found = await get(`search/${encodeURIComponent(words)}`).then((answer) => answer.json()).catch(() => null);
    if (!found || words !== $("words").value.trim()) return;
    matching = new Set(found);
  }
  arrange();
}
$("words").addEventListener("input", find);
$("search").addEventListener("submit", (event) => event.preventDefault());

// Where we are ----------------------------------------------------------------

function route() {
  if (location.hash && !location.hash.startsWith("#/")) return; // the link that skips
  const [, id, asked] = location.hash.split("/");
  if (!id && only) return location.replace(`#/${only}/pages`);
  if (!id) return showList();
  memory.set(`${shown?.id}/${view}`, window.scrollY);
  view = VIEWS.includes(asked) ? asked : "pages";
  $("list").hidden = true;
  $("bar").hidden = false;
  $("back").hidden = Boolean(only);
  for (const name of VIEWS) {
    $(name).hidden = name !== view;
    const tab = $(`tab-${name}`);
    tab.setAttribute("aria-selected", name === view);
    tab.tabIndex = name === view ? 0 : -1;
  }
  $("zoom-label").hidden = view !== "pages";
  $("place").textContent = "";
  if (shown?.id !== id) {
    for (const slot of slots.splice(0)) slot.box.remove();
    $("cover").replaceChildren();
    shown = { id, event: null };
    listen(`events/${id}`, receive);
    $("title").focus({ preventScroll: true });
  }
  standing();
  showView();
  window.scrollTo(0, memory.get(`${id}/${view}`) ?? 0);
}

function showList() {
  memory.set(`${shown?.id}/${view}`, window.scrollY);
  shown = null;
  for (const name of [...VIEWS, "bar", "back", "lengths"]) $(name).hidden = true;
  $("list").hidden = false;
  $("title").textContent = "Pieces";
  $("title").lang = "en";
  $("title").dir = "ltr";
  $("file").textContent = "";
  $("place").textContent = "";
  document.title = "Pieces – preview";
  standing();
  entries.forEach((entry) => entry.item?.remove());
  entries.clear();
  listen("events", receiveList);
}

const tabs = VIEWS.map((name) => $(`tab-${name}`));
tabs.forEach((tab, index) => {
  const go = (to) => { location.hash = `#/${shown.id}/${VIEWS[to]}`; tabs[to].focus(); };
  tab.addEventListener("click", () => go(index));
  tab.addEventListener("keydown", ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step) go((index + step + tabs.length) % tabs.length);
    if (key === "Home") go(0);
    if (key === "End") go(tabs.length - 1);
  });
});
$("zoom").addEventListener("change", size);
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); $("main").focus(); });
window.addEventListener("hashchange", route);
route();
