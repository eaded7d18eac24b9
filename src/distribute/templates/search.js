// The search: asks the site for the few parts of its index that may hold the words that somebody looks for, and ranks what has them.
// How texts are folded and cut into terms is told by the tables of the index, so that both sides do the same.
"use strict";
(() => {
  const input = document.getElementById("site-query");
  const status = document.querySelector(".status");
  const list = document.getElementById("site-results");
  const words = input.dataset;
  const WEIGHTS = [14, 10, 5, 2.5, 1]; // Title, names, headings, often in the text, in the text
  const PAGE = 10;
  const EXACT = 0.5; // What a title gains that is asked for whole
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const LETTER = /^[\p{Alphabetic}\p{N}\p{M}]$/u;
  let index = null;
  let parts = new Map();
  let turn = 0;

  class Outdated extends Error {}

  async function part(path, key, read) {
    if (!parts.has(path)) {
      const load = fetch(`search/${path}?${key}`).then(async (answer) => {
        if (!answer.ok) throw new Outdated(path);
        return read(await answer.text());
      });
      parts.set(path, load);
      load.catch(() => parts.delete(path));
    }
    return parts.get(path);
  }

  async function loadIndex(cache) {
    const answer = await fetch(words.index, { cache });
    if (!answer.ok) throw new Error(answer.statusText);
    const read = await answer.json();
    parts = new Map();
    return read;
  }

  const isIn = (ranges, code) => ranges.some(([first, last]) => code >= first && code <= last);

  function folded(text) {
    const { skip, letters, zeros } = index.tables;
    let out = "";
    for (const one of text.toLowerCase().normalize("NFKD")) {
      if (isIn(skip, one.codePointAt(0))) continue;
      for (const letter of one.toLowerCase()) {
        const code = letter.codePointAt(0);
        const zero = zeros.find((zero) => code >= zero && code < zero + 10);
        if (Object.hasOwn(letters, letter)) out += letters[letter];
        else out += zero === undefined ? letter : String(code - zero);
      }
    }
    return out.normalize("NFC");
  }

  // The terms of a question; only a word of a script with spaces may be the beginning of another.
  function termsOf(text) {
    const { unspaced, longest } = index.tables;
    const terms = new Map();
    let run = [];
    let dense = false;
    const end = () => {
      if (run.length && dense) {
        if (run.length === 1) terms.set(run[0], true);
        for (let at = 0; at + 1 < run.length; at += 1) terms.set(run[at] + run[at + 1], false);
      } else if (run.length) {
        const term = run.slice(0, longest).join("");
        terms.set(term, run.length > 1);
      }
      run = [];
    };
    for (const letter of folded(text)) {
      if (!LETTER.test(letter)) {
        end();
        continue;
      }
      const is = isIn(unspaced, letter.codePointAt(0));
      if (is !== dense) end();
      dense = is;
      run.push(letter);
    }
    end();
    return [...terms].slice(0, 12).map(([term, prefix]) => ({ term, prefix }));
  }

  function shardsOf(segment, { term, prefix }) {
    const { shards } = segment;
    const found = [];
    for (let at = 0; at < shards.length && found.length < 4; at += 1) {
      const next = shards[at + 1];
      if (next !== undefined && next <= term) continue;
      if (shards[at] > term && !(prefix && shards[at].startsWith(term))) break;
      found.push(at);
    }
    return found;
  }

  function numbers(text) {
    const found = [];
    let next = 0;
    for (const digit of text) {
      if (digit === "_") {
        next += 63;
      } else {
        next += DIGITS.indexOf(digit);
        found.push(next);
        next += 1;
      }
    }
    return found;
  }

  function lines(key) {
    return (text) => {
      const rows = text.split("\n");
      if (rows.shift() !== key) throw new Outdated(key);
      rows.pop();
      return rows;
    };
  }

  // The weight of a term in each entry of a segment that has it, and how much of a term of its title it is.
  async function hits(segment, asked) {
    const found = new Map();
    const shards = await Promise.all(
      shardsOf(segment, asked).map((shard) => part(`${segment.id}-${shard}.txt`, segment.key, lines(segment.key))),
    );
    for (const rows of shards) {
      for (const row of rows) {
        const space = row.indexOf(" ");
        const term = row.slice(0, space);
        if (term !== asked.term && !(asked.prefix && term.startsWith(asked.term))) continue;
        const share = term === asked.term ? 1 : 0.4 + (0.4 * asked.term.length) / term.length;
        row.slice(space + 1).split("|").forEach((entries, place) => {
          for (const entry of numbers(entries)) {
            const known = found.get(entry) ?? { weight: 0, title: 0 };
            known.weight = Math.max(known.weight, WEIGHTS[place] * share);
            if (place === 0) known.title = Math.max(known.title, share);
            found.set(entry, known);
          }
        });
      }
    }
    return found;
  }

  function yearOf(segment, entry) {
    let left = entry;
    for (const [year, count] of segment.years) {
      if (left < count) return year + (1 - left / count);
      left -= count;
    }
    return 0;
  }

  async function found(kind, asked) {
    const segments = index.segments.filter((segment) => segment.id[0] === kind);
    const total = segments.reduce((sum, segment) => sum + segment.count, 0);
    const all = await Promise.all(
      asked.map((one) => Promise.all(segments.map((segment) => hits(segment, one)))),
    );
    const entries = new Map();
    all.forEach((perSegment) => {
      const having = perSegment.reduce((sum, map) => sum + map.size, 0);
      const rarity = Math.log(1 + total / (1 + having));
      perSegment.forEach((map, at) => {
        for (const [entry, { weight, title }] of map) {
          const name = at * 65536 + entry;
          const known = entries.get(name) ?? { segment: segments[at], entry, score: 0, terms: 0, title: 0 };
          known.score += weight * rarity;
          known.terms += 1;
          known.title += title;
          entries.set(name, known);
        }
      });
    });
    const most = Math.max(0, ...[...entries.values()].map((one) => one.terms));
    // Whoever asks for several words means all of them; where nothing has all, what has most of them is shown.
    const kept = [...entries.values()].filter((one) => one.terms === most);
    if (kind === "n" && most < asked.length) return [];
    for (const one of kept) {
      // Of titles that have the words, the one comes first that has few others.
      const length = Math.max(1, DIGITS.indexOf(one.segment.lengths[one.entry]));
      one.score *= 1 + EXACT * Math.min(1, one.title / length);
      one.year = yearOf(one.segment, one.entry);
    }
    return kept.sort((a, b) => b.score - a.score || b.year - a.year || (a.segment.id < b.segment.id ? -1 : 1));
  }

  const records = (key) => (text) => {
    const [own, rows] = JSON.parse(text);
    if (own !== key) throw new Outdated(key);
    return rows;
  };

  async function recordOf({ segment, entry }) {
    const file = Math.floor(entry / segment.per_file);
    const rows = await part(`${segment.id}-${file}.json`, segment.key, records(segment.key));
    return rows[entry % segment.per_file];
  }

  function element(name, attributes, ...content) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  }

  // A text with the words in it marked that were asked for.
  function marked(text, asked) {
    const made = document.createDocumentFragment();
    for (const word of text.split(/([^\p{Alphabetic}\p{N}\p{M}]+)/u)) {
      const plain = folded(word);
      const is = plain && asked.some(({ term, prefix }) =>
        prefix ? plain.startsWith(term) || (term.length > 1 && isIn(index.tables.unspaced, term.codePointAt(0)) && plain.includes(term)) : plain === term);
      made.append(is ? element("mark", {}, word) : word);
    }
    return made;
  }

  function shown([page, title, names, day, excerpt, lang, direction, series], asked) {
    const item = element("li", { lang, dir: direction });
    if (series) item.append(element("p", { class: "series-line" }, series));
    item.append(element("h2", {}, element("a", { href: page }, marked(title, asked))));
    if (excerpt) item.append(element("p", { class: "abstract" }, marked(excerpt, asked)));
    item.append(element("p", { class: "names-line" }, [names, day].filter(Boolean).join(" · ")));
    return item;
  }

  async function namesFound(asked) {
    const names = await found("n", asked);
    const rows = await Promise.all(names.slice(0, 24).map(recordOf));
    const groups = [[words.contributors, "people/"], [words.topics, "topics/"]];
    return groups.flatMap(([label, folder]) => {
      const some = rows.filter(([page]) => page.startsWith(folder)).slice(0, 8);
      if (!some.length) return [];
      const items = some.map(([page, name]) =>
        element("li", {}, element("a", { href: page }, element("bdi", {}, marked(name, asked)))));
      return [element("section", { class: "found" }, element("h2", {}, label), element("ul", { class: "links" }, ...items))];
    });
  }

  // Of the first results, those come first whose titles have the very words of the question, and of them those that begin so.
  function inOrder(rows, query) {
    const spoken = (text) => [...folded(text)].map((letter) => (LETTER.test(letter) ? letter : " ")).join("").replace(/ +/g, " ").trim();
    const asked = spoken(query);
    const isDense = isIn(index.tables.unspaced, asked.codePointAt(0));
    const place = ([, title]) => {
      const text = spoken(title);
      if (text.startsWith(asked)) return 0;
      return (isDense ? text.includes(asked) : text.includes(` ${asked}`)) ? 1 : 2;
    };
    return rows.map((row) => ({ row, place: place(row) })).sort((a, b) => a.place - b.place).map(({ row }) => row);
  }

  async function look(query, mine) {
    index ??= await loadIndex("default");
    const asked = termsOf(query);
    if (!asked.length) return () => show("", []);
    const [names, pieces] = await Promise.all([namesFound(asked), found("p", asked)]);
    const rows = inOrder(await Promise.all(pieces.slice(0, PAGE).map(recordOf)), query);
    if (mine !== turn) return () => {};
    return () => {
      const results = element("ol", { class: "results" }, ...rows.map((row) => shown(row, asked)));
      const more = element("button", { class: "button", type: "button" }, words.more);
      let next = PAGE;
      more.addEventListener("click", async () => {
        const further = await Promise.all(pieces.slice(next, next + PAGE).map(recordOf));
        const items = further.map((row) => shown(row, asked));
        results.append(...items);
        items[0]?.querySelector("a").focus();
        next += PAGE;
        more.hidden = next >= pieces.length;
      });
      const count = pieces.length + names.reduce((sum, group) => sum + group.querySelectorAll("li").length, 0);
      const said = count ? words.results.replace("{count}", number.format(count)) : words.none;
      const blocks = rows.length ? [...names, results] : names;
      if (pieces.length > PAGE) blocks.push(element("p", { class: "actions" }, more));
      show(said, blocks);
    };
  }

  function show(said, blocks) {
    status.textContent = said;
    list.replaceChildren(...blocks);
    list.removeAttribute("aria-busy");
  }

  async function search(query) {
    const mine = (turn += 1);
    list.setAttribute("aria-busy", "true");
    for (const attempt of [0, 1]) {
      try {
        const done = await look(query, mine);
        if (mine === turn) done();
        return;
      } catch (error) {
        // The site was put anew while this page was open.
        if (!(error instanceof Outdated) || attempt) {
          if (mine === turn) show(words.none, []);
          return;
        }
        index = await loadIndex("reload").catch(() => null);
      }
    }
  }

  let wait = 0;
  const asks = () => new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      const query = input.value.trim();
      history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
      search(query);
    }, 180);
  });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(wait);
    const query = input.value.trim();
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    search(query);
  });
  input.value = asks();
  if (input.value) search(input.value);
  else input.focus();
})();
