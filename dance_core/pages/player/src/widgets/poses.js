// The gallery of reference poses: a radio group of pictures.
import { make } from "../dom.js";

export function poses(element, props, trigger, watch) {
  const root = element.querySelector("[data-poses]");
  const list = make("div", { class: "pp-list", role: "radiogroup", "aria-label": "First pose of the dance" });
  root.replaceChildren(list);
  const choose = (name, focus) => {
    if (props.value.selected !== name) {
      props.value = { ...props.value, selected: name };
      show();
      trigger("select", { name });
    }
    if (focus) list.querySelector("[aria-checked=true]")?.focus();
  };
  list.addEventListener("keydown", (e) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    if (!step) return;
    e.preventDefault();
    const all = props.value.poses, i = all.findIndex((p) => p.name === props.value.selected);
    choose(all[(i + step + all.length) % all.length].name, true);
  });
  let drawn = "", seen = "";
  function show() {
    const { poses: all = [], selected } = props.value ?? {};
    const key = JSON.stringify(all);
    if (key !== drawn) {
      drawn = key;
      list.replaceChildren(...all.map((p) => make("button", {
        type: "button", class: "pp-pose", role: "radio", "data-name": p.name, title: p.title, onclick: () => choose(p.name),
      }, make("img", { src: p.image.url, alt: "", loading: "lazy", width: 96, height: 120 }), make("span", { text: p.title }))));
    }
    for (const b of list.children) {
      const on = b.dataset.name === selected;
      b.setAttribute("aria-checked", String(on));
      b.tabIndex = on ? 0 : -1;
      if (on && key !== seen) { // a pose of one's own, or one further down: the list alone scrolls, never the page
        seen = key;
        const low = b.offsetTop - list.offsetTop;
        if (low < list.scrollTop || low + b.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = low - 8;
      }
    }
  }
  show();
  watch("value", show);
}
