// Keeps the dance that is on the stage, so that the next one to the same song is shown beside it.
import { make } from "../dom.js";

export function compare(element, props, trigger, watch) {
  const root = element.querySelector("[data-compare]");
  const show = () => {
    const { offered = false, kept = "" } = props.value ?? {};
    root.hidden = !offered && !kept;
    if (kept) {
      root.replaceChildren(
        make("p", {}, make("strong", { text: "Kept: " }), make("span", { class: "cp-kept", text: kept }),
          make("span", { class: "cp-hint", text: " Choose another style, generator, pose or seed and press Dance: both will be on the stage." })),
        make("button", { type: "button", class: "cp-button", text: "Let it go", onclick: () => trigger("clear") }));
    } else {
      root.replaceChildren(make("button", { type: "button", class: "cp-button", text: "Compare with another dance",
        title: "Keeps this dance on the stage, at the left of the next one to the same song", onclick: () => trigger("select") }));
    }
  };
  show();
  watch("value", show);
}
