// Links to the files of the finished dance.
import { icon, make } from "../dom.js";

export function downloads(element, props, trigger, watch) {
  const root = element.querySelector("[data-downloads]");
  const show = () => {
    const files = props.value?.files ?? [];
    root.hidden = !files.length;
    root.replaceChildren(...files.map((f) => make("a", { href: f.file.url, download: f.name }, icon("save"), make("span", { text: f.label }))));
  };
  show();
  watch("value", show);
}
