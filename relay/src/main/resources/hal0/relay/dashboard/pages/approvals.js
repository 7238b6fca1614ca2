// Calls of gated tools: nothing is done until the owner says so.
import {html, nothing} from '../lib/lit-html.js';
import {part, post} from '../core/api.js';
import {draw} from '../core/draw.js';
import {refresh, use} from '../core/store.js';
import {until} from '../core/format.js';
import {empty, ready, since, state} from '../parts/states.js';
import {attempt} from '../parts/toast.js';

const deciding = new Set();
const TONES = {waiting: 'busy', running: 'busy', done: 'good', failed: 'bad', denied: 'off', expired: 'off'};

export const view = () => ready(use('/api/approvals', {on: ['approval.'], every: 30_000}), list => {
  const waiting = list.filter(each => each.state === 'waiting');
  const decided = list.filter(each => each.state !== 'waiting');
  return html`
    ${waiting.length ? html`<ul class="cards" aria-label="Waiting">${waiting.map(card)}</ul>` : empty({
      title: 'Nothing waits for you',
      text: 'When an agent calls a tool that deletes, pulls, or writes keys or settings, the call waits here for an hour.'})}
    ${decided.length ? html`<section><h2>Decided</h2><ul class="cards old">${decided.map(past)}</ul></section>` : nothing}`;
});

function card(each) {
  const busy = deciding.has(each.id);
  return html`<li class="card">
    <header><h2>${each.summary}</h2>${state('waiting', 'busy', `expires ${until(each.expires_at)}`)}</header>
    <p class="minor"><code>${each.tool}</code>, asked by ${each.asker} ${since(each.asked_at)}</p>
    ${argumentsOf(each)}
    <div class="actions">
      <button type="button" class="primary" ?disabled=${busy} aria-label="Approve: ${each.summary}" @click=${() => decide(each, true)}>Approve</button>
      <button type="button" class="danger" ?disabled=${busy} aria-label="Deny: ${each.summary}" @click=${() => decide(each, false)}>Deny</button>
    </div></li>`;
}

function past(each) {
  return html`<li class="card"><header><h2>${each.summary}</h2>${state(each.state, TONES[each.state])}</header>
    <p class="minor"><code>${each.tool}</code>, asked by ${each.asker} ${since(each.asked_at)}${each.decided_by ? html`, decided by ${each.decided_by} ${since(each.decided_at)}` : nothing}</p>
    <details><summary>Arguments${each.outcome ? ' and outcome' : ''}</summary><div>${argumentsOf(each)}${each.outcome ? html`<pre class="command">${pretty(each.outcome)}</pre>` : nothing}</div></details></li>`;
}

const argumentsOf = each => html`<pre class="command">${pretty(each.arguments)}</pre>`;

/** JSON, whether it came as itself or as its text. */
function pretty(value) {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}

async function decide(each, approve) {
  deciding.add(each.id);
  draw();
  await attempt(() => post(`/api/approvals/${part(each.id)}`, {approve}), approve ? 'Approved: it is being done' : 'Denied: nothing is done');
  deciding.delete(each.id);
  await refresh('/api/approvals');
}
