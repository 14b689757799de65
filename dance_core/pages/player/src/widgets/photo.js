// A photo whose pose the dance begins with. Its bytes go to the server's memory and to no disk.
import { icon, make } from "../dom.js";

const LONGEST = 1600, PLAIN = 1_500_000; // pixels of a side, bytes: what is larger is made smaller here first

export function photo(element, props, trigger) {
  const root = element.querySelector("[data-photo]");
  const file = make("input", { type: "file", accept: "image/*", class: "ph-file", id: "photo-file", tabindex: "-1", "aria-hidden": "true",
    onchange: () => { if (file.files[0]) take(file.files[0]); } });
  const button = make("button", { type: "button", class: "ph-button", title: "Begin as somebody stands in a photo. It is read in memory and not kept.", onclick: () => file.click() }, icon("photo"), make("span", { text: "From a photo" }));
  const mirrored = make("input", { type: "checkbox", class: "ph-mirrored", onchange: () => { if (chosen) send(); } });
  const turn = make("label", { class: "ph-turn" }, mirrored, make("span", { text: "mirrored" }));
  const word = make("p", { class: "ph-word", role: "status", "aria-live": "polite" });
  root.replaceChildren(make("div", { class: "ph-row" }, button, turn, file), word);
  root.addEventListener("dragover", (e) => e.preventDefault());
  root.addEventListener("drop", (e) => {
    e.preventDefault();
    if (e.dataTransfer.files[0]) take(e.dataTransfer.files[0]);
  });
  let chosen = null, asked = 0; // the photo as it is sent; the number of the last question
  const say = (text, bad = false) => {
    word.textContent = text;
    word.classList.toggle("ph-bad", bad);
  };

  async function take(what) {
    file.value = ""; // the same photo can be chosen again
    chosen = await smaller(what);
    await send();
  }

  async function send() {
    const mine = ++asked;
    say("Reading the photo …");
    button.disabled = true;
    let answer;
    try {
      const url = new URL("photo", document.baseURI);
      if (mirrored.checked) url.searchParams.set("mirrored", "1");
      const got = await fetch(url, { method: "POST", body: chosen, headers: { "content-type": "application/octet-stream" } });
      answer = got.ok ? await got.json() : { error: await got.text() };
    } catch {
      answer = { error: "The server does not answer." };
    }
    button.disabled = false;
    if (mine !== asked) return;
    say(answer.error ?? "", Boolean(answer.error));
    if (answer.token) trigger("select", { token: answer.token });
  }
}

/** The photo as it is, or, if it has many bytes, a smaller one: a phone's photo takes long to send. */
async function smaller(what) {
  if (what.size <= PLAIN) return what;
  try {
    const picture = await createImageBitmap(what, { imageOrientation: "from-image" });
    const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height)), canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    const c = canvas.getContext("2d");
    c.imageSmoothingQuality = "high";
    c.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return (await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92))) ?? what;
  } catch {
    return what; // a kind that this browser can't read: the server may
  }
}
