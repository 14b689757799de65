// What a visitor chose, kept by the browser from visit to visit, and what was found out, kept for this visit. Browsers
// may refuse: then nothing is kept.
const PREFIX = "dance-core.";

const read = (store, name, otherwise) => {
  try {
    const text = store().getItem(PREFIX + name);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
};

const write = (store, name, value) => {
  try {
    store().setItem(PREFIX + name, JSON.stringify(value));
  } catch { /* private windows, full stores */ }
};

export const recall = (name, otherwise) => read(() => localStorage, name, otherwise);
export const remember = (name, value) => write(() => localStorage, name, value);
/** For this visit: until the tab is closed. */
export const recallBriefly = (name, otherwise = null) => read(() => sessionStorage, name, otherwise);
export const rememberBriefly = (name, value) => write(() => sessionStorage, name, value);
