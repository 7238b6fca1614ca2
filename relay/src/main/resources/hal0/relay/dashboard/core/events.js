// What happens in the relay, as it happens: one stream for the whole page. It comes back by itself
// from where it was, and a relay that was started anew is noticed by its epoch.
import {refusal} from './api.js';
import {read} from './stream.js';
import {draw} from './draw.js';

// The relay says something every 15 s; two of these missed and it is gone, whatever the network says.
const SILENCE_MS = 35_000;
const HIDDEN_MS = 20_000;
const RETRY_MS = [250, 500, 1000, 2000, 5000];

const listeners = new Set();
const recent = [];

/** `state` is `connecting`, `live`, `lost` or `paused`; `since` is when it came into it. */
export const link = {state: 'connecting', since: Date.now(), epoch: '', lastId: ''};

/** `listener` gets each event, and `{type: 'link.live', fresh}` when the stream is there (again). */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The last events, the newest first. */
export const lastEvents = () => recent;

let run = null;
let tries = 0;
let timer = 0;

export function connect() {
  if (run) return;
  clearTimeout(timer);
  run = new AbortController();
  follow(run).finally(() => {
    run = null;
    if (link.state !== 'paused') again();
  });
}

export function disconnect() {
  clearTimeout(timer);
  become('paused');
  run?.abort();
}

/** Tries at once instead of when the next try is due. */
export function retryNow() {
  tries = 0;
  connect();
}

function again() {
  const wait = RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)];
  clearTimeout(timer);
  timer = setTimeout(connect, wait);
}

function become(state) {
  if (link.state === state) return;
  link.state = state;
  link.since = Date.now();
  draw();
}

async function follow(own) {
  let watchdog = 0;
  const alive = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => own.abort(), SILENCE_MS);
  };
  alive();
  try {
    const since = link.lastId ? '?since=' + encodeURIComponent(link.lastId) : '';
    const answer = await fetch('/api/events' + since, {signal: own.signal, cache: 'no-store'});
    if (!answer.ok) throw await refusal(answer, '/api/events');
    await read(answer, event => {
      alive();
      take(event);
    });
  } catch {
    // Why it ended does not matter: it is tried again, and until then everything shown is old.
  } finally {
    clearTimeout(watchdog);
    if (link.state !== 'paused') become('lost');
  }
}

function take({name, id, data}) {
  if (name === ':') return;
  const told = JSON.parse(data);
  if (id) link.lastId = id;
  if (name === 'hello') {
    const fresh = told.epoch !== link.epoch;
    if (!link.lastId || fresh) link.lastId = `${told.epoch}-${told.latest}`;
    link.epoch = told.epoch;
    tries = 0;
    become('live');
    tell({type: 'link.live', fresh});
  } else if (name === 'missed') {
    tell({type: 'link.live', fresh: true});
  } else {
    recent.unshift(told);
    recent.length = Math.min(recent.length, 200);
    tell(told);
  }
}

function tell(event) {
  listeners.forEach(listener => listener(event));
  draw();
}

// A browser keeps six connections to a relay, over all its tabs: those nobody looks at give theirs
// back, and catch up when they are looked at again.
let hidden = 0;
document.addEventListener('visibilitychange', () => {
  clearTimeout(hidden);
  if (document.hidden) hidden = setTimeout(disconnect, HIDDEN_MS);
  else if (link.state === 'paused') retryNow();
});
window.addEventListener('online', retryNow);
