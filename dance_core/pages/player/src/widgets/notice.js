// One sentence under the button: what went wrong, or what was done.
export function notice(element, props, trigger, watch) {
  const root = element.querySelector("[data-notice]");
  const show = () => {
    const { kind = "", text = "" } = props.value ?? {};
    root.hidden = !text;
    root.className = `nt nt-${kind}`;
    root.setAttribute("role", kind === "error" ? "alert" : "status");
    if (root.textContent !== text) root.textContent = text;
  };
  show();
  watch("value", show);
}
