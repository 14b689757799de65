// The rating panel. The vote's id is made here and kept until the vote is safe, so that sending it again
// can never count twice; what was answered stays on the screen until then. Votes do not go through
// Gradio's queue: it answers a lost connection by loading the page anew, and the answers would be gone.
import { make } from "../dom.js";
import { watched } from "../watched.js";

const QUESTION = "How was it?";
const PATIENCE = 20000; // ms without an answer
const SILENCE = "The server did not answer, so this may not be saved. Your answer is still here: send it again, it can't count twice.";
const SESSION = uuid4().replaceAll("-", ""); // new with every load of the page

export function rating(element, props, trigger, watch, server) {
  const root = element.querySelector("[data-rating]");
  const panel = new Panel(root, props, server);
  panel.take(props.value);
  watch("value", () => panel.take(props.value));
}

class Panel {
  constructor(root, props, server) {
    this.root = root;
    this.server = server;
    this.scales = props.value?.scales ?? [];
    this.limit = props.value?.max_comment ?? 2000;
    this.rated = null;
    this._build();
  }

  _build() {
    this.groups = this.scales.map((s) => this._scale(s));
    this.comment = make("textarea", { class: "rt-comment", rows: 2, maxlength: this.limit, placeholder: "Anything that you noticed (optional)",
      "aria-label": "Comment" });
    this.sendButton = make("button", { type: "submit", class: "rt-send", text: "Send rating" });
    this.again = make("button", { type: "button", class: "rt-again", text: "Rate this dance again", onclick: () => this._fresh() });
    this.said = make("p", { class: "rt-said", role: "status", "aria-live": "polite" });
    this.form = make("form", { class: "rt-form", novalidate: true },
      make("div", { class: "rt-head" }, this.question = make("h3", { text: QUESTION }),
        make("p", { text: "1 is bad, 5 is excellent. Your answer is kept without your name." })),
      make("div", { class: "rt-scales" }, ...this.groups.map((g) => g.element)), this.comment,
      make("div", { class: "rt-foot" }, this.sendButton, this.again, this.said));
    this.form.addEventListener("submit", (e) => { e.preventDefault(); this._send(); });
    this.root.replaceChildren(this.form);
  }

  _scale({ key, title }) {
    const name = `rt-${key}-${Math.random().toString(36).slice(2)}`;
    const inputs = [1, 2, 3, 4, 5].map((n) => make("input", { type: "radio", name, value: n, id: `${name}-${n}`, "aria-label": `${title}: ${n} of 5` }));
    const element = make("fieldset", { class: "rt-scale", "data-key": key }, make("legend", { text: title }),
      make("div", { class: "rt-points" }, ...inputs.flatMap((input) => [input, make("label", { for: input.id, text: input.value })])));
    return { key, title, element, inputs };
  }

  /** A new value from the server: another dance, or none. */
  take(value) {
    if (!value) return;
    this.question.textContent = value.question || QUESTION;
    if (value.take !== this.rated) {
      this.rated = value.take ?? null;
      this.run = value.run;
      this._fresh();
      for (const g of this.groups) for (const i of g.inputs) i.checked = false;
      this.comment.value = "";
    }
    this.root.hidden = !this.rated;
  }

  /** Ready for a vote of its own, with a new id. */
  _fresh() {
    this.id = uuid4();
    this._lock(false);
    this.again.hidden = true;
    this.sendButton.hidden = false;
    this._say("", "");
  }

  async _send() {
    if (this.sendButton.disabled) return;
    const values = {};
    for (const g of this.groups) {
      const chosen = g.inputs.find((i) => i.checked);
      if (!chosen) {
        this._say("bad", `Please rate “${g.title}” as well: 1 to 5.`, true);
        g.inputs[0].focus();
        return;
      }
      values[g.key] = Number(chosen.value);
    }
    this._lock(true);
    this._say("", "Saving …");
    const id = this.id;
    const answer = await this._ask({ ...values, vote_id: id, take: this.rated, comment: this.comment.value, session: SESSION,
      watched: watched(this.run).seconds });
    if (id !== this.id) return; // another dance came meanwhile
    if (answer?.saved) this._saved(answer.text);
    else this._say("bad", answer?.text ?? SILENCE, true);
  }

  /** The server's {saved, text}; undefined where none came in time. */
  async _ask(vote) {
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    try {
      return await Promise.race([this.server.vote(vote), late]);
    } catch {
      return undefined;
    }
  }

  _saved(text) {
    this._say("good", text);
    this.sendButton.hidden = true;
    this.again.hidden = false;
  }

  _say(kind, text, unlock = false) {
    this.said.className = `rt-said rt-${kind}`;
    this.said.textContent = text;
    if (unlock) this._lock(false);
  }

  _lock(on) {
    this.sendButton.disabled = on;
    this.comment.disabled = on;
    for (const g of this.groups) g.element.disabled = on;
  }
}

/** crypto.randomUUID exists only on https and localhost; random values everywhere. */
function uuid4() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const h = Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}
