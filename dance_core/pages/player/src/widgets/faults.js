// The faults of the dance on the stage, the worst first. A press goes there and plays it slowly, over and over.
import { clockText, make } from "../dom.js";

export function faults(element, props, trigger, watch) {
  const root = element.querySelector("[data-faults]");
  const chips = make("div", { class: "fl-chips", role: "group", "aria-label": "Kinds of fault" });
  const list = make("ol", { class: "fl-list" });
  const none = make("p", { class: "fl-none" });
  root.replaceChildren(chips, none, list);
  let kind = "", shownFor = null;

  function press(f, k) {
    window.__player?.study(f.start, f.stop);
    for (const li of list.children) li.classList.toggle("fl-on", li.dataset.k === String(k));
    trigger("select", { start: f.start, stop: f.stop, kind: f.kind, joint: f.joint, pane: f.pane ?? 0 });
  }

  function show() {
    const value = props.value ?? {}, all = value.faults ?? [];
    root.hidden = !value.take;
    if (shownFor !== value.take) kind = "";
    shownFor = value.take;
    const kinds = new Map();
    for (const f of all) kinds.set(f.kind, { title: f.title, count: (kinds.get(f.kind)?.count ?? 0) + 1 });
    const chip = (key, text) => make("button", { type: "button", class: "fl-chip", "aria-pressed": String(kind === key), text,
      onclick: () => { kind = kind === key ? "" : key; show(); } });
    chips.replaceChildren(chip("", `All ${all.length}`), ...[...kinds].map(([key, k]) => chip(key, `${k.title} ${k.count}`)));
    chips.hidden = !all.length;
    none.hidden = all.length > 0;
    none.textContent = value.take ? "No fault was found in this dance." : "";
    list.replaceChildren(...all.map((f, k) => [f, k]).filter(([f]) => !kind || f.kind === kind).map(([f, k]) => make("li", { "data-k": k },
      make("button", { type: "button", class: `fl-item${f.severity >= 0.5 ? " fl-severe" : ""}`, onclick: () => press(f, k) },
        make("span", { class: "fl-when", text: `${clockText(f.start)} – ${clockText(f.stop)}` }),
        make("span", { class: "fl-kind", text: f.title + (value.two ? (f.pane ? " · right" : " · left") : "") }),
        make("span", { class: "fl-bar", "aria-label": `severity ${f.severity.toFixed(2)}`, style: `--s:${f.severity}` }),
        make("span", { class: "fl-text", text: f.sentence })))));
  }
  show();
  watch("value", show);
}
