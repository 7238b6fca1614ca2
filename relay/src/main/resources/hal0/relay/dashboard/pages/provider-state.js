// What is known of a provider here and now: only what it did, never what it might.
import {part, post} from '../core/api.js';
import {draw} from '../core/draw.js';
import {listen} from '../core/events.js';
import {refresh} from '../core/store.js';

const tests = new Map();
const answered = new Set();

listen(event => {
  if (event.type === 'request.finished' && event.data.outcome === 'answered') answered.add(event.data.provider);
  if (event.type === 'link.live' && event.fresh) answered.clear();
});

/** The last test made from this page: its answer and whether it is still `running`. */
export const testOf = name => tests.get(name);

export async function runTest(name) {
  tests.set(name, {running: true});
  draw();
  try {
    const told = await post(`/api/upstreams/${part(name)}/test`);
    tests.set(name, {...told, running: false});
  } catch (error) {
    tests.set(name, {ok: false, error: error.message, running: false});
  }
  draw();
  await refresh('/api/upstreams');
}

/** `{tone, word}`: good only for what has answered. */
export function standing(each) {
  const test = tests.get(each.name);
  if (!each.enabled) return {tone: 'off', word: 'disabled'};
  if (test?.running) return {tone: 'busy', word: 'testing'};
  if (!each.auth_configured) return {tone: 'off', word: 'no key'};
  if (each.breaker === 'open') return {tone: 'bad', word: 'breaker open'};
  if (each.breaker === 'half-open') return {tone: 'busy', word: 'on trial'};
  if (each.last_error || test?.ok === false) return {tone: 'bad', word: 'failing'};
  if (test?.ok || answered.has(each.name) || (each.last_answer_at && !(each.last_failure_at > each.last_answer_at))) return {tone: 'good', word: 'answers'};
  if (each.last_failure_at) return {tone: 'off', word: 'last request failed'};
  return {tone: 'off', word: 'not asked yet'};
}
