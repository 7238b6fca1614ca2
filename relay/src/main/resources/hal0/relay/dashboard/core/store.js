// What the relay told, by the path it was asked at. A page names what it uses while it is drawn;
// that is fetched, kept fresh by events and by time, and forgotten once nothing shows it.
import {get} from './api.js';
import {afterDraw, draw} from './draw.js';
import {link, listen} from './events.js';

const AGAIN_MS = 900;
const entries = new Map();
let frame = 0;

/**
 * What is known of `path`: `{value, error, loading, at}`.
 *
 * `on` are the beginnings of event types after which it is asked for again, `every` the
 * milliseconds after which it is asked for anyway (0: never).
 */
export function use(path, {on = [], every = 0} = {}) {
  let entry = entries.get(path);
  if (!entry) {
    entry = {path, value: undefined, error: null, loading: false, at: 0, due: 0, used: 0};
    entries.set(path, entry);
  }
  entry.on = on;
  entry.every = every;
  entry.used = frame;
  if (!entry.at && !entry.error && !entry.loading) fetchEntry(entry);
  return entry;
}

/** Asks again for everything shown whose path begins so; waits for it. */
export function refresh(prefix = '') {
  return Promise.all(
    [...entries.values()].filter(entry => entry.path.startsWith(prefix)).map(fetchEntry));
}

/** Forgets everything, such as when somebody else signs in. */
export function forget() {
  entries.clear();
}

/** Whether what is shown may no longer be so. */
export const isStale = entry => link.state === 'lost' || entry.error?.status === 0;

async function fetchEntry(entry) {
  if (entry.loading) {
    entry.again = true;
    return entry.running;
  }
  entry.loading = true;
  entry.running = (async () => {
    try {
      entry.value = await get(entry.path);
      entry.error = null;
      entry.at = Date.now();
    } catch (error) {
      entry.error = error;
    } finally {
      entry.loading = false;
      entry.due = Date.now() + AGAIN_MS;
      if (entry.again) {
        entry.again = false;
        soon(entry);
      }
      draw();
    }
  })();
  return entry.running;
}

// The first of a burst of events is followed at once, the others together a moment later.
function soon(entry) {
  const wait = entry.due - Date.now();
  if (wait <= 0) fetchEntry(entry);
  else if (!entry.timer) {
    entry.timer = setTimeout(() => {
      entry.timer = 0;
      if (entries.has(entry.path)) fetchEntry(entry);
    }, wait);
  }
}

listen(event => {
  for (const entry of entries.values()) {
    if (event.type === 'link.live' ? entry.at || entry.error : entry.on.some(t => event.type.startsWith(t))) {
      soon(entry);
    }
  }
});

setInterval(() => {
  if (document.hidden || link.state === 'lost') return;
  const now = Date.now();
  for (const entry of entries.values()) {
    if (entry.every && now - Math.max(entry.at, entry.due - AGAIN_MS) >= entry.every) fetchEntry(entry);
  }
}, 500);

afterDraw(() => {
  for (const [path, entry] of entries) {
    if (entry.used !== frame) {
      clearTimeout(entry.timer);
      entries.delete(path);
    }
  }
  frame++;
});
