// What the page sees: window.DanceCore.<component>(element, props, trigger, watch, server).
import { Track, decodePiece, makePose } from "./kinematics.js";
import { Player } from "./player.js";
import { beats } from "./widgets/beats.js";
import { charts } from "./widgets/charts.js";
import { compare } from "./widgets/compare.js";
import { downloads } from "./widgets/downloads.js";
import { facts } from "./widgets/facts.js";
import { faults } from "./widgets/faults.js";
import { notice } from "./widgets/notice.js";
import { photo } from "./widgets/photo.js";
import { poses } from "./widgets/poses.js";
import { rating } from "./widgets/rating.js";
import { takes } from "./widgets/takes.js";
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
function begin(gone) {
  const p = window.__player;
  p?.set({ patch: true, status: { kind: "working", text: "Asking the server …" } });
  if (p) keepAsking(p, gone);
  return [SKIP, { __type__: "update", value: { text: "", nonce: nonce() } },
    { __type__: "update", interactive: false, value: "Dancing …" }, { __type__: "update", visible: true }];
}

/** Says `gone` where a dance is being made when the server has not answered twice; Gradio tries on for itself. */
async function keepAsking(p, gone) {
  for (let missed = 0; missed < 2; missed = (await reachable()) ? 0 : missed + 1) {
    await new Promise((done) => setTimeout(done, 4000));
    if (p.status?.kind !== "working") return;
  }
  if (p.status?.kind === "working") p.set({ patch: true, status: { kind: "error", text: gone } });
}

const nonce = () => Math.random().toString(36);

/** Whether the server answers at all: what it says does not matter. */
async function reachable() {
  try {
    await fetch(document.baseURI, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(5000) });
    return true;
  } catch {
    return false;
  }
}

/**
 * When the server said nothing more about a dance: `full` if it still answers, else `gone`, unless the
 * visitor cancelled it or the reason is on the page already. Returns updates for [player, notice, go, cancel].
 */
async function lost(full, gone) {
  await new Promise((done) => setTimeout(done, 900));
  const p = window.__player;
  if (p?.status?.kind !== "working") return [SKIP, SKIP, SKIP, SKIP];
  const sentence = (await reachable()) ? full : gone;
  p.set({ patch: true, finished: true, status: { kind: "error", text: sentence } });
  return [SKIP, { __type__: "update", value: { kind: "error", text: sentence, nonce: nonce() } },
    { __type__: "update", interactive: true, value: "Dance" }, { __type__: "update", visible: false }];
}

window.DanceCore = { player, begin, lost, beats, charts, compare, downloads, facts, faults, notice, photo, poses, rating, takes, watched, kinematics: { Track, decodePiece, makePose } };
