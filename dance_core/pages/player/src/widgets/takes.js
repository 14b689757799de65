// All dances as a table: search, filter, sort; a press opens one, "Beside" puts a second one next to it.
import { make } from "../dom.js";

const STEP = 60; // rows that are put on the page at once

export function takes(element, props, trigger, watch) {
  const root = element.querySelector("[data-takes]");
  const search = make("input", { type: "search", class: "tk-search", placeholder: "Search", "aria-label": "Search the dances", oninput: () => show(true) });
  const filters = make("div", { class: "tk-filters" }), said = make("span", { class: "tk-said", role: "status" });
  const head = make("tr"), body = make("tbody");
  const frame = make("div", { class: "tk-frame", tabindex: "0" }, make("table", {}, make("thead", {}, head), body));
  root.replaceChildren(make("div", { class: "tk-bar" }, search, filters, said), frame);
  const state = { sort: "severe", down: true, filters: {}, rows: [], put: 0 };

  frame.addEventListener("scroll", () => { if (frame.scrollTop + frame.clientHeight > frame.scrollHeight - 300) more(); });

  const number = (v) => typeof v === "number";
  const textOf = (v) => (v === null || v === undefined ? "–" : number(v) ? (Number.isInteger(v) ? String(v) : v.toFixed(2)) : v);

  function compare(a, b) {
    const x = a[state.sort], y = b[state.sort], sign = state.down ? -1 : 1;
    if (x === y) return 0;
    if (x === null || x === undefined) return 1; // what is not known comes last, either way
    if (y === null || y === undefined) return -1;
    return number(x) && number(y) ? sign * (x - y) : sign * String(x).localeCompare(String(y));
  }

  function show(first = false) {
    const { columns = [], rows = [], open, beside } = props.value ?? {};
    root.hidden = !columns.length;
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    state.rows = rows.filter((r) => Object.entries(state.filters).every(([k, v]) => !v || textOf(r[k]) === v)
      && words.every((w) => columns.some((c) => String(r[c.key] ?? "").toLowerCase().includes(w)))).sort(compare);
    head.replaceChildren(...columns.map((c) => {
      const on = state.sort === c.key;
      return make("th", { scope: "col", class: c.number ? "tk-number" : "", "aria-sort": on ? (state.down ? "descending" : "ascending") : "none" },
        make("button", { type: "button", title: c.about ?? "", onclick: () => { state.down = on ? !state.down : Boolean(c.number); state.sort = c.key; show(true); } },
          c.title, make("i", { text: on ? (state.down ? " ↓" : " ↑") : "" })));
    }), make("th", {}));
    said.textContent = `${state.rows.length} of ${rows.length}${beside ? "; two on the stage" : ""}`;
    const wanted = Math.max(STEP, first ? 0 : state.put);
    body.replaceChildren();
    state.put = 0;
    while (state.put < Math.min(wanted, state.rows.length)) more(open, beside);
    if (first) frame.scrollTop = 0;
  }

  function more(open = props.value?.open, beside = props.value?.beside) {
    const { columns = [] } = props.value ?? {};
    const next = state.rows.slice(state.put, state.put + STEP);
    state.put += next.length;
    body.append(...next.map((r) => make("tr", { "data-id": r.id, class: r.id === open || r.id === beside ? "tk-open" : "" },
      ...columns.map((c, k) => make("td", { class: `${c.number ? "tk-number" : ""}${c.key === "severe" && r[c.key] > 0 ? " tk-bad" : ""}` },
        k ? textOf(r[c.key]) : make("button", { type: "button", class: "tk-name", onclick: () => choose(r.id, false) }, textOf(r[c.key])))),
      make("td", {}, make("button", { type: "button", class: "tk-beside", title: "Put it beside the dance on the stage", disabled: !open || r.id === open,
        onclick: () => choose(r.id, true), text: "Beside" })))));
  }

  function choose(id, beside) {
    for (const tr of body.children) tr.classList.toggle("tk-open", tr.dataset.id === id || (beside && tr.dataset.id === props.value.open));
    trigger("select", { id, beside });
  }

  let filtered = "";
  function choices() {
    const { columns = [], rows = [] } = props.value ?? {};
    const able = columns.filter((c) => c.filter).map((c) => [c, [...new Set(rows.map((r) => textOf(r[c.key])))].sort()]).filter(([, all]) => all.length > 1);
    const key = JSON.stringify(able.map(([c, all]) => [c.key, all]));
    if (key === filtered) return;
    filtered = key;
    filters.replaceChildren(...able.map(([c, all]) => {
      const select = make("select", { "aria-label": c.title, onchange: () => { state.filters[c.key] = select.value; show(true); } },
        make("option", { value: "", text: `${c.title}: all` }), ...all.map((v) => make("option", { value: v, text: v, selected: state.filters[c.key] === v })));
      return select;
    }));
  }
  let shown = "";
  const renew = () => { // what is the same stays: a row must not change under the finger
    const { columns, rows, open, beside } = props.value ?? {}, key = JSON.stringify([columns, rows, open, beside]);
    if (key === shown) return;
    shown = key;
    choices();
    show();
  };
  renew();
  watch("value", renew);
}
