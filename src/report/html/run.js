// The table of findings: only the rows in sight are in the page. Filters and sorting work on columns of numbers; texts are looked
// through once each, in their dictionaries. Nothing is loaded, and every text goes in as text.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const holder = byId("table");
  if (!holder) return;

  // ---- data ----
  const data = JSON.parse(byId("data").textContent);
  const bytesOf = (text) => {
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let at = 0; at < raw.length; at++) bytes[at] = raw.charCodeAt(at);
    return bytes;
  };
  const kinds = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: Float64Array };
  const column = {};
  for (const [name, { width, bytes }] of Object.entries(data.columns)) column[name] = new kinds[width](bytesOf(bytes).buffer);
  const ids = bytesOf(data.ids);
  const rows = data.rows;
  const idOf = (row) => {
    let text = "";
    for (let at = row * 16; at < row * 16 + 16; at++) text += ids[at].toString(16).padStart(2, "0");
    return text;
  };
  const digits = (text) => Uint8Array.from(text, (digit) => parseInt(digit, 16));
  const idBegins = (row, begin) => {
    for (let at = 0; at < begin.length; at++) if (((ids[row * 16 + (at >> 1)] >> (at & 1 ? 0 : 4)) & 15) !== begin[at]) return false;
    return true;
  };
  const [NEW, OVERDUE, VALID] = [1, 2, 4];
  const numbers = new Intl.NumberFormat("en");
  const number = (n) => numbers.format(n);
  const words = (text) => text.replaceAll("_", " ");
  const levels = ["very_unlikely", "unlikely", "possible", "likely", "very_likely"];
  const levelOf = (score) => (score < 20 ? 0 : score < 40 ? 1 : score < 60 ? 2 : score < 85 ? 3 : 4);
  const ranks = { low: 1, medium: 2, high: 3, prohibited: 4 };
  const dayText = (day) => (day ? new Date(Date.UTC(1900, 0, day)).toISOString().slice(0, 10) : "");
  const numberText = (n) => (n ? number(n - 1) : "");
  const kind = (row) => data.kinds[column.kind[row]];
  const hasDatasets = data.datasets.some(([id]) => id);
  const hasDays = column.day.some((day) => day);

  // Places of dictionary entries in the order of their texts, so that rows are sorted by numbers.
  const orders = {};
  const orderOf = (name, texts) => {
    if (!orders[name]) {
      const order = new Uint32Array(texts.length).map((_, at) => at);
      const places = new Uint32Array(texts.length);
      Array.from(order).sort((a, b) => (texts[a] < texts[b] ? -1 : texts[a] > texts[b] ? 1 : a - b)).forEach((own, at) => (places[own] = at));
      orders[name] = places;
    }
    return orders[name];
  };
  const placeTexts = data.places.map(([path]) => path);
  const entityTexts = data.kinds.map(([entity]) => entity);
  const datasetTexts = data.datasets.map(([id]) => id);
  const ranked = (name, texts, index) => { const order = orderOf(name, texts); return (row) => order[column[index][row]]; };

  // ---- columns that are shown ----
  const shown = [
    { name: "entity", label: "Entity", text: (row) => words(kind(row)[0]), key: () => ranked("entity", entityTexts, "kind") },
    { name: "sensitivity", label: "Sensitivity", text: (row) => kind(row)[2], key: () => { const own = data.kinds.map((k) => ranks[k[2]] || 0); return (row) => own[column.kind[row]]; }, down: true },
    { name: "likelihood", label: "Likelihood", text: (row) => words(levels[levelOf(column.score[row])]), key: () => (row) => column.score[row], down: true },
    { name: "preview", label: "Preview", text: (row) => data.previews[column.preview[row]] || "–", key: () => ranked("preview", data.previews, "preview") },
    { name: "path", label: "Path", text: (row) => placeTexts[column.place[row]], key: () => ranked("path", placeTexts, "place") },
    { name: "record", label: "Record", n: true, text: (row) => numberText(column.record[row]), key: () => (row) => column.record[row] },
    { name: "column", label: "Column", text: (row) => data.names[column.name[row]] || "–", key: () => ranked("name", data.names, "name") },
    data.has.grouped && { name: "count", label: "Findings", n: true, text: (row) => number(column.count[row]), key: () => (row) => column.count[row], down: true },
    hasDatasets && { name: "dataset", label: "Dataset", text: (row) => datasetTexts[column.dataset[row]] || "–", key: () => ranked("dataset", datasetTexts, "dataset") },
    hasDays && { name: "day", label: "Record time", text: (row) => dayText(column.day[row]) || "–", key: () => (row) => column.day[row] },
    (data.has.since || data.has.policy) && { name: "state", label: "State", text: stateText, key: () => (row) => column.flags[row] & (NEW | OVERDUE), down: true },
  ].filter(Boolean);
  function stateText(row) {
    const flags = column.flags[row];
    return [flags & OVERDUE && "overdue", flags & NEW && "new"].filter(Boolean).join(", ");
  }

  // ---- filter, sort, group ----
  const fresh = () => ({ q: "", entity: "", sensitivity: "", level: "", dataset: "", new: "", overdue: "", group: "", sort: "", f: "" });
  let state = fresh();
  const open = new Set();
  let found = new Uint32Array(0);
  let items = [];
  let heads = [];

  const lower = {};
  const matching = (name, texts, needle) => {
    lower[name] ??= texts.map((text) => text.toLowerCase());
    const hits = new Uint8Array(texts.length);
    lower[name].forEach((text, at) => { if (text.includes(needle)) hits[at] = 1; });
    return hits;
  };
  function filter() {
    const needle = state.q.trim().toLowerCase();
    const id = /^[0-9a-f]{6,32}$/.test(needle) && digits(needle);
    const at = needle && { place: matching("place", placeTexts, needle), name: matching("name", data.names, needle), preview: matching("preview", data.previews, needle), kind: matching("kind", data.kinds.map((k) => `${k[0]} ${words(k[0])} ${k[1]} ${k[3]}`), needle) };
    const level = levels.indexOf(state.level);
    const ofKind = Uint8Array.from(data.kinds, (k) => ((!state.entity || k[0] === state.entity) && (!state.sensitivity || k[2] === state.sensitivity) ? 1 : 0));
    const ofSet = Uint8Array.from(datasetTexts, (id) => (!state.dataset || id === (state.dataset === "(none)" ? "" : state.dataset) ? 1 : 0));
    const flags = (state.new && NEW) | (state.overdue && OVERDUE);
    const out = new Uint32Array(rows);
    let count = 0;
    for (let row = 0; row < rows; row++) {
      if (!ofKind[column.kind[row]] || !ofSet[column.dataset[row]] || (column.flags[row] & flags) !== flags) continue;
      if (level > 0 && levelOf(column.score[row]) < level) continue;
      if (at && !(at.place[column.place[row]] || at.name[column.name[row]] || at.preview[column.preview[row]] || at.kind[column.kind[row]] || (id && idBegins(row, id)))) continue;
      out[count++] = row;
    }
    return out.subarray(0, count);
  }
  // Key and row in one number: engines sort those without calling back. Keys are below 2^33, rows below 2^20.
  function sort(found) {
    const name = state.sort.replace(/^-/, "");
    const by = shown.find((own) => own.name === name);
    if (!by) return found;
    const key = by.key();
    const sign = state.sort.startsWith("-") ? -1 : 1;
    const packed = new Float64Array(found.length);
    for (let at = 0; at < found.length; at++) packed[at] = Math.min(key(found[at]), 2 ** 32) * 2 ** 20 + (sign < 0 ? 2 ** 20 - 1 - found[at] : found[at]);
    packed.sort();
    if (sign < 0) packed.reverse();
    const row = (number) => { const low = number % 2 ** 20; return sign < 0 ? 2 ** 20 - 1 - low : low; };
    return Uint32Array.from(packed, row);
  }
  const groupings = {
    path: [(row) => column.place[row], (own) => placeTexts[own]],
    column: [(row) => column.name[row], (own) => data.names[own] || "no column"],
    rule: [(row) => column.kind[row], (own) => `${data.kinds[own][3]} version ${data.kinds[own][4]}`],
    entity: [(row) => entityTexts.indexOf(entityTexts[column.kind[row]]), (own) => words(entityTexts[own])],
    dataset: [(row) => column.dataset[row], (own) => datasetTexts[own] || "no dataset"],
  };
  // What is shown: rows, or heads of groups (numbers below 0) with the rows of those that are open.
  function arrange() {
    heads = [];
    const grouping = groupings[state.group];
    if (!grouping) { items = found; return; }
    const groups = new Map();
    for (const row of found) {
      const own = grouping[0](row);
      let group = groups.get(own);
      if (!group) groups.set(own, (group = { own, text: grouping[1](own), rows: [], count: 0 }));
      group.rows.push(row);
      group.count += column.count[row];
    }
    heads = [...groups.values()].sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
    items = [];
    heads.forEach((group, at) => {
      items.push(-1 - at);
      if (open.has(group.text)) for (const row of group.rows) items.push(row);
    });
  }

  // ---- drawing ----
  const make = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  const grid = byId("grid"), body = byId("body"), head = byId("head");
  const narrow = matchMedia("(max-width: 48rem)");
  const height = () => (narrow.matches ? 76 : 30);
  let at = 0;
  let drawn = "";
  // A row that is drawn anew must not lose the focus to the page.
  let isWithin = false;
  document.addEventListener("focusin", (event) => { isWithin = body.contains(event.target); });
  document.addEventListener("pointerdown", (event) => { isWithin = body.contains(event.target); });
  function draw() {
    const each = height();
    const first = Math.max(0, Math.floor((grid.scrollTop) / each) - 8);
    const last = Math.min(items.length, first + Math.ceil(grid.clientHeight / each) + 20);
    const key = `${first} ${last} ${each}`;
    if (key === drawn) return;
    drawn = key;
    const hadFocus = isWithin && (body.contains(document.activeElement) || document.activeElement === document.body);
    body.style.height = `${items.length * each}px`;
    const lines = [];
    for (let item = first; item < last; item++) lines.push(line(item, each));
    if (items.length && (at < first || at >= last)) lines.push(line(at, each));
    body.replaceChildren(...lines);
    if (hadFocus) focus(false);
  }
  function line(item, each) {
    const own = items[item];
    const attributes = { role: "row", "aria-rowindex": item + 2, tabindex: item === at ? 0 : -1, "data-item": item };
    let element;
    if (own < 0) {
      const group = heads[-1 - own];
      const isOpen = open.has(group.text);
      element = make("div", { ...attributes, class: "group", "aria-expanded": isOpen, "aria-level": 1 },
        make("div", { role: "gridcell", "aria-colspan": shown.length, title: group.text }, make("span", { class: "mark", "aria-hidden": "true" }, isOpen ? "▾" : "▸"), make("span", { class: "what" }, group.text), make("span", { class: "n" }, number(group.count))));
    } else {
      element = make("div", { ...attributes, class: state.f && idOf(own) === state.f ? "chosen" : null });
      for (const { name, n, text } of shown) {
        const said = text(own);
        const tone = name === "sensitivity" ? ` s-${ranks[said] || 0}` : name === "state" && column.flags[own] & OVERDUE ? " bad" : "";
        element.append(make("div", { role: "gridcell", class: `c-${name}${n ? " n" : ""}${tone}`, title: said.length > 16 ? said : null }, said));
      }
    }
    element.style.top = `${item * each}px`;
    element.style.height = `${each}px`;
    return element;
  }
  function focus(scroll) {
    if (!items.length) return;
    at = Math.max(0, Math.min(at, items.length - 1));
    if (scroll) {
      const each = height(), top = at * each, room = grid.clientHeight - head.offsetHeight;
      if (top < grid.scrollTop) grid.scrollTop = top;
      else if (top + each > grid.scrollTop + room) grid.scrollTop = top + each - room;
      drawn = "";
      draw();
    }
    for (const row of body.children) row.tabIndex = Number(row.dataset.item) === at ? 0 : -1;
    body.querySelector(`[data-item="${at}"]`)?.focus({ preventScroll: true });
  }
  function drawHead() {
    head.replaceChildren(...shown.map(({ name, label, n, down }) => {
      const isBy = state.sort.replace(/^-/, "") === name;
      const direction = !isBy ? "none" : state.sort.startsWith("-") ? "descending" : "ascending";
      const button = make("button", { type: "button", "data-sort": name }, label, make("span", { class: "mark", "aria-hidden": "true" }, isBy ? (direction === "ascending" ? " ↑" : " ↓") : ""));
      button.addEventListener("click", () => {
        const start = down ? `-${name}` : name;
        const other = down ? name : `-${name}`;
        change({ sort: state.sort === start ? other : state.sort === other ? "" : start });
        head.querySelector(`[data-sort="${name}"]`).focus();
      });
      return make("div", { role: "columnheader", class: `c-${name}${n ? " n" : ""}`, "aria-sort": direction }, button);
    }));
  }
  const said = byId("said");
  function say() {
    const sum = found.reduce((sum, row) => sum + column.count[row], 0);
    const all = column.count.reduce((sum, count) => sum + count, 0);
    const places = new Set();
    for (const row of found) places.add(column.place[row]);
    const groups = heads.length ? `, ${number(heads.length)} ${heads.length === 1 ? "group" : "groups"}` : "";
    const inRows = data.has.grouped ? ` in ${number(found.length)} rows` : "";
    said.textContent = found.length ? `${number(sum)} of ${number(all)} findings${inRows}, ${number(places.size)} ${places.size === 1 ? "file" : "files"}${groups}` : `None of ${number(all)} findings matches. Clear the filter to see them.`;
  }

  // ---- state, in the address ----
  const filters = byId("filters");
  const address = () => {
    const pairs = Object.entries(state).filter(([, value]) => value);
    return `#${pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
  };
  function parse(hash) {
    const out = fresh();
    let known = 0;
    for (const pair of hash.replace(/^#/, "").split("&")) {
      const cut = pair.indexOf("=");
      if (cut < 1 || !Object.hasOwn(out, pair.slice(0, cut))) continue;
      try { out[pair.slice(0, cut)] = decodeURIComponent(pair.slice(cut + 1)); known++; } catch { /* a cut address says nothing */ }
    }
    return known ? out : null;
  }
  function apply(isNew = true) {
    const began = performance.now();
    if (isNew) { found = sort(filter()); at = 0; grid.scrollTop = 0; }
    arrange();
    grid.setAttribute("aria-rowcount", items.length + 1);
    grid.setAttribute("aria-colcount", shown.length);
    drawHead();
    drawn = "";
    draw();
    say();
    holder.dataset.took = (performance.now() - began).toFixed(1);
  }
  function change(some) {
    state = { ...state, ...some };
    history.replaceState(null, "", address());
    apply();
  }
  function show() {
    for (const input of filters.elements) if (input.name) input.type === "checkbox" ? (input.checked = Boolean(state[input.name])) : (input.value = state[input.name]);
  }
  const options = (name, first, values, text = words) => {
    const select = filters.elements[name];
    select.append(make("option", { value: "" }, first), ...values.map((value) => make("option", { value }, text(value))));
  };
  const unique = (values) => [...new Set(values)].sort();
  options("entity", "all", unique(entityTexts));
  options("sensitivity", "all", unique(data.kinds.map((k) => k[2])).sort((a, b) => (ranks[b] || 0) - (ranks[a] || 0)));
  options("level", "all", levels.slice(1).reverse(), (level) => (level === "very_likely" ? "very likely" : `${words(level)} or more`));
  options("dataset", "all", unique(datasetTexts.map((id) => id || "(none)")), (id) => id);
  byId("dataset-filter").hidden = !hasDatasets;
  byId("new-filter").hidden = !data.has.since;
  byId("overdue-filter").hidden = !data.has.policy;
  if (!hasDatasets) filters.elements.group.querySelector("[value=dataset]").remove();

  let waiting = 0;
  const typed = () => {
    const some = {};
    for (const input of filters.elements) if (input.name) some[input.name] = input.type === "checkbox" ? (input.checked ? "1" : "") : input.value;
    change(some);
  };
  filters.addEventListener("input", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(typed);
  });
  filters.addEventListener("submit", (event) => { event.preventDefault(); at = 0; focus(true); });
  filters.addEventListener("reset", (event) => { event.preventDefault(); open.clear(); state = { ...fresh(), sort: state.sort }; show(); change({}); });

  // ---- a finding ----
  const dialog = byId("finding"), facts = byId("facts"), name = byId("finding-name");
  function tell(row) {
    const [entity, category, sensitivity, rule, version] = kind(row);
    const id = idOf(row);
    const [dataset, owner] = data.datasets[column.dataset[row]];
    const [path, format] = data.places[column.place[row]];
    name.textContent = words(entity);
    const pairs = [
      ["Preview", data.previews[column.preview[row]] || "none: the mask hides all"],
      ["Path", path],
      ["Column", data.names[column.name[row]]],
      ["Record", numberText(column.record[row])],
      ["Line", numberText(column.line[row])],
      ["Format", format],
      ["Likelihood", `${words(levels[levelOf(column.score[row])])}, ${(column.score[row] / 100).toFixed(2)}`],
      ["Check", column.flags[row] & VALID ? "passed" : ""],
      ["Sensitivity", sensitivity],
      ["Category", category],
      ["Rule", `${rule} version ${version}`],
      ["Region", data.regions[column.region[row]]],
      ["Dataset", owner ? `${dataset}, ${owner}` : dataset],
      ["Record time", dayText(column.day[row])],
      ["State", stateText(row)],
      ["Stands for", column.count[row] > 1 ? `${number(column.count[row])} findings` : ""],
      ["Finding", id],
    ].filter(([, text]) => text);
    facts.replaceChildren(...pairs.flatMap(([term, text]) => [make("dt", {}, term), make("dd", {}, text)]),
      make("dt", {}, "Why"), make("dd", {}, make("code", {}, `datatrawl explain ${data.has.run} ${id}`)));
    state.f = id;
    history.replaceState(null, "", address());
    if (!dialog.open) dialog.showModal();
    drawn = "";
    draw();
  }
  dialog.addEventListener("close", () => {
    state.f = "";
    history.replaceState(null, "", address());
    drawn = "";
    draw();
    focus(true);
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  function press(item) {
    const own = items[item];
    if (own === undefined) return;
    at = item;
    if (own >= 0) { tell(own); return; }
    const { text } = heads[-1 - own];
    open.has(text) ? open.delete(text) : open.add(text);
    apply(false);
    focus(true);
  }
  function goTo(id) {
    const whole = /^[0-9a-f]{32}$/.test(id) && digits(id);
    const row = whole ? found.find((row) => idBegins(row, whole)) : undefined;
    if (row === undefined) {
      said.textContent = "The finding of this address is not among the rows of this page.";
      return;
    }
    at = Math.max(0, items.indexOf(row));
    focus(true);
    tell(row);
  }

  // ---- keys, wheels, pages ----
  body.addEventListener("click", (event) => { const row = event.target.closest("[data-item]"); if (row) press(Number(row.dataset.item)); });
  body.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(grid.clientHeight / height()) - 2);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in moves) { at = Math.max(0, Math.min(items.length - 1, at + moves[event.key])); focus(true); }
    else if (event.key === "Enter" || event.key === " ") press(at);
    else if (event.key === "ArrowRight" && items[at] < 0 && !open.has(heads[-1 - items[at]].text)) press(at);
    else if (event.key === "ArrowLeft" && items[at] < 0 && open.has(heads[-1 - items[at]].text)) press(at);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    filters.elements.q.focus();
  });
  let frame = 0;
  grid.addEventListener("scroll", () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(draw); }, { passive: true });
  new ResizeObserver(() => { drawn = ""; draw(); }).observe(grid);
  narrow.addEventListener("change", () => { drawn = ""; draw(); });

  // Paper has the first rows of the filter.
  const PRINTED = 100;
  addEventListener("beforeprint", () => {
    const some = found.subarray(0, PRINTED);
    const cell = (own, row) => make("td", { class: own.n ? "n" : ["path", "preview", "column", "dataset"].includes(own.name) ? "wraps" : null, "data-label": own.label }, own.text(row));
    byId("printed").replaceChildren(
      make("table", {}, make("caption", {}, `${said.textContent}${found.length > PRINTED ? `; the first ${PRINTED} rows` : ""}`),
        make("thead", {}, make("tr", {}, ...shown.map(({ label, n }) => make("th", { scope: "col", class: n ? "n" : null }, label)))),
        make("tbody", {}, ...Array.from(some, (row) => make("tr", {}, ...shown.map((own) => cell(own, row)))))));
  });
  addEventListener("afterprint", () => byId("printed").replaceChildren());

  function follow(isFirst) {
    const asked = parse(location.hash);
    if (!asked && !isFirst) return;
    if (asked) state = { ...asked, sort: asked.sort || (isFirst ? "" : state.sort) };
    if (isFirst && !state.sort) state.sort = "-sensitivity";
    show();
    open.clear();
    apply();
    if (!asked) return;
    byId("findings").scrollIntoView();
    if (state.f) goTo(state.f);
  }
  holder.hidden = false;
  grid.style.setProperty("--columns", shown.length);
  grid.classList.toggle("has-more", shown.length > 7);
  addEventListener("hashchange", () => follow(false));
  follow(true);
})();
