// What is known about the finished dance, as small tiles.
import { make } from "../dom.js";

export function facts(element, props, trigger, watch) {
  const root = element.querySelector("[data-facts]");
  const show = () => {
    const all = props.value?.facts ?? [];
    root.hidden = !all.length;
    root.replaceChildren(...all.map((f) => make("div", { class: `fx-tile ${f.tone ?? ""}` },
      make("dt", { text: f.label }), make("dd", { text: f.value }), f.note ? make("dd", { class: "fx-note", text: f.note }) : null)));
  };
  show();
  watch("value", show);
}
