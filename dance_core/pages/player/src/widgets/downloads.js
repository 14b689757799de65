// Files of the finished dance: links to those that are there, buttons for those that are made when asked for.
import { icon, make } from "../dom.js";

const ICONS = { glb: "cube", mp4: "film" };

export function downloads(element, props, trigger, watch) {
  const root = element.querySelector("[data-downloads]");
  let stopped = ""; // the kind that was given up: news of its making may still be under way from the server
  const ask = (kind) => { stopped = ""; trigger("select", { kind }); };
  const stop = (kind) => { stopped = kind; trigger("stop"); show(); };
  const entry = (f) => {
    const sign = () => icon(ICONS[f.kind] ?? "save"), label = make("span", { text: f.label });
    if (f.file) return make("a", { href: f.file.url, download: f.name, title: f.note, "data-kind": f.kind }, sign(), label);
    if (f.progress === null || f.progress === undefined || f.kind === stopped) {
      return make("button", { type: "button", title: f.note, "data-kind": f.kind, onclick: () => ask(f.kind) }, sign(), label);
    }
    const percent = Math.round(f.progress * 100), fill = make("i", { class: "dl-fill" });
    fill.style.width = `${percent}%`;
    return make("div", { class: "dl-making", "data-kind": f.kind, role: "progressbar", "aria-label": f.label, "aria-valuemin": 0,
      "aria-valuemax": 100, "aria-valuenow": percent }, fill, sign(), make("span", { text: `${f.label} … ${percent} %` }),
    make("button", { type: "button", class: "dl-stop", "aria-label": "Cancel", title: "Cancel", onclick: () => stop(f.kind) }, icon("stop")));
  };
  const show = () => {
    const files = props.value?.files ?? [], problem = files.map((f) => f.problem).filter(Boolean);
    root.hidden = !files.length;
    root.replaceChildren(...files.map(entry), problem.length ? make("p", { class: "dl-problem", role: "alert", text: problem.join(" ") }) : "");
    const ready = files.find((f) => f.kind === props.value?.save && f.file);
    if (ready) root.querySelector(`a[data-kind="${ready.kind}"]`)?.click();
  };
  show();
  watch("value", show);
}
