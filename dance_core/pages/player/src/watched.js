// How each dance was really watched on this page: while it played and its picture could be seen.
const BIN = 0.5; // s
const AGAIN = 2; // s that must have played before a new beginning counts as a replay
const records = new Map();

function record(take) {
  if (!records.has(take)) records.set(take, { seconds: 0, since: 0, replays: 0, ended: false, bins: new Set(), duration: 0 });
  return records.get(take);
}

/** `dt` more seconds of `take` were watched; `time` is the place in the dance. */
export function addWatched(take, dt, time, duration) {
  const r = record(take);
  r.seconds += dt;
  r.since += dt;
  r.duration = duration;
  r.bins.add(Math.floor(time / BIN));
  if (duration && time > duration - 0.3) r.ended = true;
}

/** The music was set to its beginning. */
export function begunAgain(take) {
  const r = record(take);
  if (r.since >= AGAIN) r.replays++;
  r.since = 0;
}

/** {take, seconds, share, replays, ended}, as component.py's Watched. */
export function watched(take) {
  const r = record(take), bins = Math.max(1, Math.ceil(r.duration / BIN));
  return { take, seconds: Math.round(r.seconds * 100) / 100, share: Math.min(1, Math.round((r.bins.size / bins) * 1000) / 1000),
    replays: r.replays, ended: r.ended };
}
