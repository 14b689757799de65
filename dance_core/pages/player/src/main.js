// What the page sees: window.DanceCore.<component>(element, props, trigger, watch, server).
import { Track, decodePiece, makePose } from "./kinematics.js";
import { Player } from "./player.js";
import { compare } from "./widgets/compare.js";
import { downloads } from "./widgets/downloads.js";
import { facts } from "./widgets/facts.js";
import { notice } from "./widgets/notice.js";
import { poses } from "./widgets/poses.js";
import { rating } from "./widgets/rating.js";
import { watched } from "./watched.js";

function player(element, props, trigger, watch) {
  const root = element.querySelector("[data-player]");
  const p = new Player(root, (event, data) => {
    if (event !== "select") props.value = { ...props.value, watched: data }; // what the page reads with the form
    trigger(event, data);
  });
  p.set(props.value);
  watch("value", () => p.set(props.value));
  root.dataset.ready = "1";
  window.__player = root.__player = p;
}

const SKIP = { __type__: "update" };

/** The button was pressed: says so before the server does. Returns updates for [player, notice, go, cancel]. */
function begin() {
  window.__player?.set({ patch: true, status: { kind: "working", text: "Waiting for a free place …" } });
  return [SKIP, { __type__: "update", value: { text: "", nonce: nonce() } },
    { __type__: "update", interactive: false, value: "Dancing …" }, { __type__: "update", visible: true }];
}

const nonce = () => Math.random().toString(36);

/**
 * When the server said nothing more about a dance (queue full, connection lost): says so, unless the
 * visitor cancelled it or the reason is on the page already. Returns updates for [player, notice, go, cancel].
 */
async function lost(sentence) {
  await new Promise((done) => setTimeout(done, 900));
  const p = window.__player;
  if (p?.status?.kind !== "working") return [SKIP, SKIP, SKIP, SKIP];
  p.set({ patch: true, finished: true, status: { kind: "error", text: sentence } });
  return [SKIP, { __type__: "update", value: { kind: "error", text: sentence, nonce: nonce() } },
    { __type__: "update", interactive: true, value: "Dance" }, { __type__: "update", visible: false }];
}

window.DanceCore = { player, begin, lost, compare, downloads, facts, notice, poses, rating, watched, kinematics: { Track, decodePiece, makePose } };
