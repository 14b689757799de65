// The Rate page: shows the step that the server names, and sends back what was done. The server decides
// everything; what is kept here is lost with a reload, and nothing is lost by that.
(() => {
  "use strict";
  const PATIENCE = 20000; // ms without an answer
  const SLACK = 0.3; // s by which a media's time may run ahead of the clock
  const OWED = 5; // s of music at most that a busy browser may show late
  const BIN = 0.05; // s; what was played is kept in pieces of this length
  const CHOICES = ["left_much", "left_some", "same", "right_some", "right_much"];

  function make(tag, attributes = {}, ...children) {
    const e = document.createElement(tag);
    for (const [k, v] of Object.entries(attributes)) {
      if (k === "text") e.textContent = v;
      else if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
      else if (v === true) e.setAttribute(k, "");
      else if (v !== false && v != null) e.setAttribute(k, v);
    }
    e.append(...children.flat().filter(Boolean));
    return e;
  }

  const uuid4 = () => {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    const h = Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
    return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join("-");
  };

  const fill = (text, words) => text.replace(/\{([a-z]+)\}/g, (all, word) => (word in words ? words[word] : all));

  /** What this browser keeps under a name: random, made when it is first asked for. */
  function kept(name) {
    try {
      const id = localStorage.getItem(name);
      if (/^[0-9a-f-]{36}$/.test(id ?? "")) return id;
      const made = uuid4();
      localStorage.setItem(name, made);
      return made;
    } catch {
      return uuid4(); // no storage: another one with every load
    }
  }

  const phone = () => matchMedia("(pointer: coarse)").matches && Math.min(screen.width, screen.height) < 1100;

  /** How much of a clip was played, told by the music's own time: pictures may be few on a slow machine. */
  class Seen {
    constructor(now) {
      Object.assign(this, { last: 0, at: now, ran: false, hidden: false, credit: 0, seconds: 0, silent: 0, bins: new Set() });
    }

    /** The music is at `time` (s), and the clock at `now` (ms). Where somebody sought, nothing was watched. */
    follow(time, now, { paused, hidden, silent }) {
      const before = { ...this }, ahead = time - this.last;
      Object.assign(this, { last: time, at: now, ran: !paused, hidden });
      if (!(this.ran || before.ran) || hidden || before.hidden) { this.credit = 0; return; }
      // A busy browser tells the same time twice and makes up for it later: what the clock went on and the
      // music has not yet shown is owed.
      this.credit = Math.min(before.credit + (now - before.at) / 1000, OWED);
      if (ahead <= 0) { if (ahead < 0) this.credit = 0; return; }
      if (ahead > this.credit + SLACK) { this.credit = 0; return; } // further than the clock went
      this.credit = Math.max(0, this.credit - ahead);
      this.seconds += ahead;
      if (silent) this.silent += ahead;
      for (let bin = Math.round(before.last / BIN); bin < Math.round(time / BIN); bin++) this.bins.add(bin);
    }
  }
  window.DanceSeen = Seen;

  class Page {
    constructor(root, props, server) {
      this.root = root;
      this.server = server;
      const script = props.value.script.url;
      this.files = script.slice(0, script.indexOf("/file=") + 6);
      this.query = Object.fromEntries(new URLSearchParams(location.search));
      this.texts = {};
      this.head = make("div", { class: "ra-head" });
      this.body = make("div", { class: "ra-body" });
      this.foot = make("div", { class: "ra-foot" }); // pages hide footers: Gradio's
      this.said = make("p", { class: "ra-said", role: "alert" });
      root.replaceChildren(this.head, this.body, this.foot);
      document.addEventListener("keydown", (e) => this.key?.(e));
      document.addEventListener("visibilitychange", () => { if (this.seen && this.player) this.follow(); });
      this.enter();
    }

    t(key, words = {}) {
      return fill(this.texts[key] ?? "", words);
    }

    /** Ask the server; undefined where it did not answer in time. */
    async ask(sent) {
      const late = new Promise((done) => setTimeout(done, PATIENCE));
      try {
        return await Promise.race([this.server.ask({ study: this.query.study ?? "", token: this.token ?? null, ...sent }), late]);
      } catch {
        return undefined;
      }
    }

    async enter() {
      this.wished = navigator.languages?.join(",") ?? navigator.language ?? "";
      this.secret = kept(`dance-secret-${this.query.study ?? ""}`);
      const step = this.query.preview ? await this.ask({ do: "preview", key: this.query.preview, wished: this.query.lang ?? this.wished })
        : await this.ask({ do: "enter", query: this.query, guest: kept("dance-rater"), secret: this.secret, wished: this.wished });
      if (!step || step.refused) return this.lost();
      this.texts = step.texts;
      this.token = step.token;
      this.maxComment = step.max_comment;
      this.title = step.title ?? "";
      this.playerTexts = step.player ?? {};
      if (step.lang) this.root.lang = document.documentElement.lang = step.lang;
      if (this.title) document.title = this.title;
      if (step.stage_light === "light" || step.stage_light === "dark") document.body.classList.toggle("dark", step.stage_light === "dark");
      this.show(step);
    }

    lost() {
      this.said.textContent = "The server did not answer.";
      this.body.replaceChildren(this.said, make("button", { type: "button", class: "ra-go", text: "↻", "aria-label": "Reload",
        onclick: () => location.reload() }));
    }

    /** Do something; show what comes next, or why not. True if it was taken. */
    async act(sent) {
      const step = await this.ask(sent);
      if (!step) return this.say(this.t("silence"));
      if (step.refused) {
        if (step.now) this.show(step.now);
        this.say(step.text, step.refused);
        return false;
      }
      this.show(step);
      return true;
    }

    say(text, refused = "") {
      this.said.textContent = text;
      this.said.dataset.refused = refused;
      this.said.hidden = !text;
      if (text) this.said.scrollIntoView({ block: "nearest" });
      return false;
    }

    show(step) {
      clearInterval(this.timer);
      this.key = null;
      this.said = make("p", { class: "ra-said", role: "alert", hidden: true });
      this.root.dataset.step = step.step;
      const show = { consent: "consent", headphones: "headphones", trial: "trial", closing: "closing", thanks: "thanks", deleted: "deleted" }[step.step];
      if (step.step !== "trial") this.stopStage();
      this.header(step);
      if (show) this[show](step);
      else this.ended(step);
      const shown = step.step === "trial" && this.stage?.isConnected;
      this.footer(step);
      if (step.preview) this.previewBar(step);
      this.root.dataset.ready = step.trial ?? step.sound ?? step.step;
      const heading = this.body.querySelector("h2");
      if (heading && this.entered) {
        heading.setAttribute("tabindex", "-1");
        heading.focus({ preventScroll: shown });
        if (shown) window.scrollTo({ top: 0, behavior: "instant" });
      }
      this.entered = true;
    }

    header(step) {
      const parts = [make("h1", { text: this.title })];
      if (step.step === "trial" && !step.practice) {
        const text = this.t("progress", { n: step.number, total: step.total });
        const bar = make("div", { class: "ra-bar" });
        bar.style.width = `${(100 * (step.number - 1)) / step.total}%`;
        parts.push(make("div", { class: "ra-progress" },
          make("div", { class: "ra-track", role: "progressbar", "aria-label": text, "aria-valuemin": 0, "aria-valuemax": step.total,
            "aria-valuenow": step.number - 1 }, bar), make("span", { text })));
      }
      this.head.replaceChildren(...parts);
    }

    card(title, ...parts) {
      this.body.replaceChildren(make("section", { class: "ra-card" }, make("h2", { text: title }), ...parts));
    }

    // ---- steps ---------------------------------------------------------------------------------------------

    consent(step) {
      const box = make("input", { type: "checkbox", id: "ra-agree" });
      const go = make("button", { type: "submit", class: "ra-go", text: this.t("begin") });
      const form = make("form", {}, make("label", { class: "ra-tick ra-agree", for: "ra-agree" }, box, make("span", { text: this.t("consent_yes") })),
        this.said, go);
      form.addEventListener("submit", async (e) => {
        e.preventDefault();
        if (!box.checked) return this.say(this.t("refused_consent"));
        await this.once(go, { do: "consent", agreed: true, device: phone() ? "phone" : "computer" });
      });
      const words = step.consent.split(/\n\s*\n/).map((text) => make("p", { text: text.trim() }));
      this.card(this.t("consent_title"), make("p", { class: "ra-about", text: step.about }), make("div", { class: "ra-consent" }, words), form);
    }

    headphones(step) {
      const sound = new Audio(this.link(step.file));
      const tones = [1, 2, 3].map((n) => make("button", { type: "button", class: "ra-choice", disabled: true, text: this.t("headphones_tone", { n }),
        onclick: (e) => this.once(e.target, { do: "tone", sound: step.sound, tone: n }) }));
      const play = make("button", { type: "button", class: "ra-go", text: this.t("headphones_play"), onclick: () => {
        if (sound.error) sound.load();
        sound.currentTime = 0;
        sound.play().catch(() => this.say(this.t("silence")));
      } });
      sound.addEventListener("ended", () => tones.forEach((b) => { b.disabled = false; }));
      sound.addEventListener("error", () => this.say(this.t("silence")));
      const again = step.again ? make("p", { class: "ra-note", text: this.t("headphones_again") }) : null;
      this.card(this.t("headphones_title"), again, make("p", { text: this.t("headphones_about") }),
        make("p", { class: "ra-about", text: this.t("headphones_progress", { n: step.number, total: step.total }) }), play,
        make("fieldset", { class: "ra-question" }, make("legend", { text: this.t("headphones_question") }),
          make("div", { class: "ra-three" }, tones)), this.said);
      this.key = (e) => {
        const n = Number(e.key);
        if (n >= 1 && n <= 3 && !tones[n - 1].disabled) tones[n - 1].click();
      };
    }

    trial(step) {
      this.answer = { trial: step.trial, submission: uuid4(), values: {} };
      const form = make("form", { class: "ra-form" });
      const questions = step.pair ? [this.pairQuestion(step)] : this.scales(step);
      const extra = step.practice ? [] : [this.reasons(step), this.comment(step)];
      this.send = make("button", { type: "submit", class: "ra-go" });
      const hint = make("p", { class: "ra-keys", text: this.t("keys") });
      form.append(...questions, ...extra.filter(Boolean), this.said, make("div", { class: "ra-sendrow" }, this.send, hint));
      form.addEventListener("submit", (e) => { e.preventDefault(); this.submit(step); });
      const intro = step.practice ? make("div", { class: "ra-note ra-practice" }, make("strong", { text: this.t("practice_title") }),
        make("span", { text: this.t("practice_about") })) : null;
      const muted = step.muted ? make("p", { class: "ra-note", text: this.t("muted") }) : null;
      this.off = make("p", { class: "ra-note ra-off", role: "status", hidden: true, text: this.t("sound_off") });
      this.body.replaceChildren(...[intro, this.stageBox(step), muted, this.off,
        make("section", { class: "ra-card" }, make("h2", { text: step.ask, id: "ra-ask" }), form)].filter(Boolean));
      this.stageShow(step);
      this.root.dataset.muted = String(step.muted);
      this.seen = new Seen(performance.now());
      this.filled = null;
      this.timer = setInterval(() => this.watchMore(step), 100);
      this.watchMore(step);
      this.key = (e) => this.trialKey(e, step);
    }

    pairQuestion(step) {
      const inputs = CHOICES.map((key, i) => this.radio("preference", i - 2, this.t(key), i + 1));
      return make("fieldset", { class: "ra-question ra-five", "aria-labelledby": "ra-ask" }, make("div", { class: "ra-points" }, inputs));
    }

    scales(step) {
      return step.scales.map(([key, title]) => make("fieldset", { class: "ra-question ra-scale" }, make("legend", { text: title }),
        make("div", { class: "ra-points" }, [1, 2, 3, 4, 5].map((n) => this.radio(key, n, String(n), n, `${title}: ${n}`)))));
    }

    radio(question, value, text, key, label = null) {
      const id = `ra-${question}-${key}`;
      const input = make("input", { type: "radio", name: `ra-${question}`, id, value, "aria-label": label,
        onchange: () => { this.answer.values[question] = value; this.say(""); } });
      return make("div", { class: "ra-point" }, input, make("label", { for: id, text }));
    }

    reasons(step) {
      if (!step.reasons.length) return null;
      this.ticks = step.reasons.map(([key, text]) => {
        const box = make("input", { type: "checkbox", id: `ra-r-${key}`, value: key });
        return make("label", { class: "ra-tick", for: `ra-r-${key}` }, box, make("span", { text }));
      });
      return make("fieldset", { class: "ra-question" }, make("legend", { text: this.t("reasons") }), make("div", { class: "ra-ticks" }, this.ticks));
    }

    comment(step) {
      if (!step.comment) return null;
      return make("textarea", { class: "ra-comment", rows: 2, maxlength: this.maxComment, placeholder: this.t("comment"), "aria-label": this.t("comment") });
    }

    /** How much of the clip was played; the button opens when it is enough. */
    watchMore(step) {
      const w = this.watched(step), missing = step.need - w.covered;
      const enough = missing <= 0.01;
      const text = enough ? this.t(step.practice ? "next" : "send") : this.t("watch_first", { seconds: Math.ceil(missing) });
      if (this.send.textContent !== text) this.send.textContent = text;
      const silent = !step.muted && this.soundOff();
      if (this.off.hidden === silent) this.off.hidden = !silent;
      this.send.setAttribute("aria-disabled", String(!enough || this.sending === true));
      this.enough = enough;
    }

    async submit(step) {
      if (this.sending || step.preview) return;
      const w = this.watched(step);
      if (!this.enough) return this.say(this.t("refused_early", { seconds: Math.ceil(step.need - w.covered) }), "early");
      const questions = step.pair ? ["preference"] : step.scales.map(([key]) => key);
      const open = questions.find((q) => !(q in this.answer.values));
      if (open) {
        this.body.querySelector(`[name="ra-${open}"]`).focus();
        return this.say(this.t("refused_incomplete"), "incomplete");
      }
      this.sending = true;
      this.player.pause();
      this.watchMore(step);
      const reasons = [...this.body.querySelectorAll(".ra-ticks input:checked")].map((i) => i.value);
      await this.act({ do: "answer", ...this.answer, reasons, comment: this.body.querySelector(".ra-comment")?.value ?? "",
        covered: w.covered, watched: w.seconds, replays: w.replays, muted: !step.muted && this.seen.silent > this.seen.seconds / 2 });
      this.sending = false;
    }

    trialKey(e, step) {
      if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("textarea, .ra-sure, [data-player]")) return;
      const n = Number(e.key);
      if (n >= 1 && n <= 5) {
        // Digits in a row fill the scales one after another. Whoever goes to a scale by hand answers that one.
        const within = e.target === this.filled ? null : e.target.closest("fieldset.ra-scale");
        const first = [...this.body.querySelectorAll("fieldset.ra-scale, fieldset.ra-five")].find((f) => !f.querySelector("input:checked"));
        const field = within ?? first ?? this.body.querySelector("fieldset.ra-five");
        const input = field?.querySelectorAll("input")[n - 1];
        if (input) {
          input.click();
          input.focus();
          this.filled = within ? null : input;
        }
      } else if (e.key === " " && !e.target.closest("button, input, a")) {
        this.player.toggle();
      } else if (e.key === "Enter" && !e.target.closest("button, a, input")) {
        this.submit(step);
      } else return;
      e.preventDefault();
    }

    thanks(step) {
      const parts = [make("p", { text: this.t("thanks_about") })];
      this.card(this.t("thanks_title"), ...parts, ...this.way(step), this.said);
    }

    /** The code of an end, and the way back to the platform. */
    way(step) {
      const parts = [];
      if (step.code) parts.push(make("p", { class: "ra-about", text: this.t("thanks_code") }), make("p", { class: "ra-code", text: step.code }));
      if (step.url) parts.push(make("a", { class: "ra-go", href: step.url, text: this.t("thanks_link"), rel: "noreferrer" }));
      return parts;
    }

    closing(step) {
      const fields = step.questions.map(({ key, ask, kind, options }) => {
        const id = `ra-c-${key}`, label = make("label", { for: id, text: ask });
        const field = kind === "choice" ? make("select", { id, name: key }, make("option", { value: "", text: this.t("closing_none") }),
          options.map((text) => make("option", { value: text, text })))
          : make("input", { id, name: key, type: "text", inputmode: kind === "number" ? "decimal" : "text", maxlength: this.maxComment, autocomplete: "off" });
        return make("p", { class: "ra-closing" }, label, field);
      });
      const go = make("button", { type: "submit", class: "ra-go", text: this.t("next") });
      const form = make("form", {}, fields, this.said, go);
      form.addEventListener("submit", (e) => {
        e.preventDefault();
        this.once(go, { do: "closing", answers: Object.fromEntries(new FormData(form)) });
      });
      this.card(this.t("closing_title"), make("p", { class: "ra-about", text: this.t("closing_about") }), form);
    }

    /** For researchers: any trial of any place. Nothing here is sent or kept. */
    previewBar(step) {
      const go = async (place, number) => {
        const next = await this.ask({ do: "preview", key: this.query.preview, place, number, wished: this.query.lang ?? this.wished });
        if (next?.step === "trial") this.show(next);
      };
      const button = (text, label, on, place, number) => make("button", { type: "button", class: "ra-plain", text, "aria-label": label, disabled: !on,
        onclick: () => go(place, number) });
      const { place, places, number, total, first } = step;
      this.head.append(make("div", { class: "ra-preview" }, make("strong", { text: `Preview: place ${place} of ${places}, trial ${number} of ${total}` }),
        button("◀◀", "Place before", place > 1, place - 1, number), button("◀", "Trial before", number > first, place, number - 1),
        button("▶", "Next trial", number < total, place, number + 1), button("▶▶", "Next place", place < places, place + 1, number)));
    }

    deleted(step) {
      this.token = null;
      this.card(this.t("deleted_title"), make("p", { text: this.t("deleted_about", { rows: step.rows }) }));
    }

    ended(step) {
      const text = step.text ?? (step.step === "screened" ? this.t("headphones_failed") : this.t(`${step.step}_about`));
      const title = this.texts[`${step.step}_title`] ?? this.t("thanks_title");
      this.card(title, make("p", { text }), ...this.way(step), this.said);
    }

    // ---- delete my data ------------------------------------------------------------------------------------

    footer(step) {
      const mine = ["headphones", "trial", "closing", "thanks", "expired", "screened"].includes(step.step) && !step.preview;
      if (!mine) return this.foot.replaceChildren();
      const open = make("button", { type: "button", class: "ra-delete", text: this.t("delete"), onclick: () => { sure.hidden = false; no.focus(); } });
      const no = make("button", { type: "button", class: "ra-plain", text: this.t("delete_no"), onclick: () => { sure.hidden = true; open.focus(); } });
      const yes = make("button", { type: "button", class: "ra-plain ra-danger", text: this.t("delete_yes"),
        onclick: () => this.once(yes, { do: "delete", sure: true, secret: this.secret }) });
      const sure = make("div", { class: "ra-sure", role: "alertdialog", "aria-label": this.t("delete"), hidden: true },
        make("p", { text: this.t("delete_sure") }), make("div", { class: "ra-row" }, no, yes));
      sure.addEventListener("keydown", (e) => { if (e.key === "Escape") no.click(); });
      this.foot.replaceChildren(open, sure);
    }

    /** A press that can't be made twice while it is on its way. */
    async once(button, sent) {
      if (button.dataset.busy) return;
      button.dataset.busy = "1";
      await this.act(sent);
      delete button.dataset.busy;
    }

    // ---- the stage: the player, in its blind form ----------------------------------------------------------

    stageBox(step) {
      const label = step.pair ? this.t("stage_pair") : this.t("stage_single");
      if (!this.stage) this.stage = make("div", { class: "ra-stage" }, make("div", { class: "dp", "data-player": true }));
      this.stage.setAttribute("role", "group");
      this.stage.setAttribute("aria-label", label);
      this.stage.classList.toggle("ra-one", !step.pair);
      return this.stage;
    }

    stageShow(step) {
      const value = this.links(step.stage);
      if (!this.player) {
        const props = { value };
        window.DanceCore.player(this.stage, props, () => {}, () => {}); // set() below stands in for `watch`
        this.player = window.__player;
        this.translate();
        this.player.audio.addEventListener("ratechange", () => { if (this.player.audio.playbackRate !== 1) this.player.setSpeed(1); });
      } else this.player.set(value);
    }

    stopStage() {
      this.player?.pause?.();
    }

    follow() {
      const audio = this.player.audio;
      this.seen.follow(audio.currentTime, performance.now(), { paused: audio.paused, hidden: document.hidden, silent: this.soundOff() });
    }

    soundOff() {
      const audio = this.player?.audio;
      return Boolean(audio && (audio.muted || audio.volume === 0));
    }

    /** The player's own words in the study's language, whenever it writes any. */
    translate() {
      const said = Object.entries(this.playerTexts);
      if (said.every(([ours, theirs]) => ours === theirs)) return;
      const turn = (text) => said.find(([ours]) => text === ours)?.[1];
      const put = (e) => {
        for (const name of ["aria-label", "title"]) {
          const text = turn(e.getAttribute(name));
          if (text && text !== e.getAttribute(name)) e.setAttribute(name, text);
        }
        const alone = e.childNodes.length === 1 && e.firstChild.nodeType === Node.TEXT_NODE ? this.playerSays(e.textContent) : null;
        if (alone && alone !== e.textContent) e.textContent = alone;
      };
      const all = (of) => [of, ...of.querySelectorAll("*")].forEach(put);
      const region = this.stage.querySelector("[role=region]");
      region?.setAttribute("aria-label", this.t("player_region"));
      all(this.stage);
      new MutationObserver((changes) => changes.forEach(({ type, target, addedNodes }) => {
        if (type === "childList") [...addedNodes].forEach((n) => { if (n.nodeType === Node.ELEMENT_NODE) all(n); });
        put(target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement);
      })).observe(this.stage, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["aria-label", "title"] });
    }

    /** A sentence of the player in the study's language; those with a time in them say the same without it. */
    playerSays(text) {
      if (text.startsWith("The music ")) return this.t("player_music");
      return this.playerTexts[text];
    }

    watched(step) {
      this.follow();
      const covered = Math.min(this.seen.bins.size * BIN, step.seconds), w = window.DanceCore.watched(step.name);
      return { covered: Math.round(covered * 100) / 100, seconds: Math.round(this.seen.seconds * 100) / 100, replays: w.replays };
    }

    link(file) {
      return new URL(this.files + file.path, location.href).href;
    }

    /** A value whose files have addresses. */
    links(value) {
      if (Array.isArray(value)) return value.map((v) => this.links(v));
      if (!value || typeof value !== "object") return value;
      const made = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.links(v)]));
      if (typeof value.path === "string") made.url = this.link(value);
      return made;
    }
  }

  window.DanceRate = (element, props, server) => {
    const root = element.querySelector("[data-rate]");
    const begin = () => { root.__page = new Page(root, props, server); };
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = props.value.sheet.url;
    sheet.onload = sheet.onerror = begin; // nothing is shown before it has its looks
    document.head.append(sheet);
  };
})();
