// A place to try a model, over the same /v1 that every client uses.
import {html, nothing} from '../lib/lit-html.js';
import {live} from '../lib/directives/live.js';
import {get, refusal} from '../core/api.js';
import {afterDraw, draw} from '../core/draw.js';
import {route} from '../core/router.js';
import {use} from '../core/store.js';
import {count, duration, money} from '../core/format.js';
import {read} from '../core/stream.js';
import {fault} from '../parts/states.js';

const talk = {model: null, text: '', system: '', turns: [], run: null};
let followed = null;

const models = () => use('/v1/models', {on: ['provider.', 'slot.', 'model.', 'config.'], every: 0});

/** The one that was written, else the one that is meant where nobody says. */
function model() {
  if (talk.model !== null) return talk.model;
  const active = use('/api/status', {}).value?.active;
  return active ? `${active.provider}/${active.model}` : models().value?.data?.[0]?.id ?? '';
}

/** From when somebody is in the field on, what stands there is theirs, be it nothing. */
const keep = () => { talk.model ??= model(); };

export function tools() {
  const asked = route.query.get('model');
  if (asked && asked !== followed) talk.model = followed = asked;
  const listed = models().value?.data ?? [];
  return html`<input class="model-choice" list="chat-models" aria-label="Model" placeholder="PROVIDER/MODEL, or a slot" spellcheck="false" autocomplete="off" .value=${live(model())} @focus=${keep} @input=${event => { talk.model = event.target.value; draw(); }}>
    <datalist id="chat-models">${listed.slice(0, 1000).map(each => html`<option value=${nameOf(each)}></option>`)}</datalist>
    <button type="button" ?disabled=${!talk.turns.length} @click=${clear}>Clear</button>`;
}

/** The name that leads to just this model. */
const nameOf = ({id, _hal0}) => (_hal0?.provider && _hal0.model && !_hal0.slot ? `${_hal0.provider}/${_hal0.model}` : id);

function clear() {
  talk.run?.abort();
  talk.turns = [];
  draw();
}

export const view = () => html`<div class="chat">
  <div class="turns" tabindex="0" role="log" aria-label="Conversation">${talk.turns.length ? talk.turns.map(turn) : html`<div class="empty"><h2>Try a model</h2><p>What you ask goes the way that every client’s request goes, and is counted as such. Nothing of it is kept in this page.</p></div>`}</div>
  <form class="ask" @submit=${send}>
    <textarea rows="3" aria-label="Message" placeholder="Ask something" .value=${live(talk.text)} @input=${event => { talk.text = event.target.value; draw(); }}
      @keydown=${event => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event); }}></textarea>
    ${talk.run ? html`<button type="button" class="danger" @click=${() => talk.run.abort()}>Stop</button>` : html`<button class="primary" ?disabled=${!talk.text.trim() || !model().trim()}>Send</button>`}
  </form></div>`;

const turn = each => html`<article class="turn ${each.role}">
  <h2>${each.role === 'user' ? 'You' : each.model}</h2>
  ${each.thinking ? html`<details><summary>Thinking</summary><p class="said minor">${each.thinking}</p></details>` : nothing}
  ${blocks(each.text)}
  ${each.error ? fault(each.error) : nothing}
  ${each.role === 'assistant' ? html`<p class="minor facts-line">${facts(each)}</p>` : nothing}
</article>`;

/** Code between fences stands apart; all else is text as it came. */
const blocks = text => text.split('```').map((piece, index) => (index % 2
  ? html`<pre class="command">${piece.replace(/^\w*\n/, '')}</pre>`
  : piece.trim() ? html`<p class="said">${piece.trim()}</p>` : nothing));

function facts(each) {
  if (each.running) return each.text || each.thinking ? 'answering…' : 'waiting…';
  const {row} = each;
  if (!row) return each.stopped ? 'stopped' : '';
  return html`${each.stopped ? 'stopped · ' : ''}${row.local ? 'local' : row.cost_usd == null ? 'no price' : money(row.cost_usd)} · ${count(row.input_tokens)} in, ${count(row.output_tokens)} out · first token ${duration(row.first_token_ms)} · ${duration(row.latency_ms)}
    ${row.provider ? html` · ${row.provider}/${row.model}` : nothing} · <a href="/requests?id=${encodeURIComponent(each.id)}">request</a>`;
}

async function send(event) {
  event.preventDefault();
  const text = talk.text.trim();
  if (!text || talk.run || !model().trim()) return;
  const answer = {role: 'assistant', model: model().trim(), text: '', thinking: '', running: true};
  talk.turns.push({role: 'user', text}, answer);
  talk.text = '';
  talk.run = new AbortController();
  draw();
  try {
    await ask(answer, talk.run.signal);
  } catch (error) {
    if (talk.run.signal.aborted) answer.stopped = true;
    else answer.error = error.code ? error : {code: 'stream.broken', message: 'The answer broke off.'};
  }
  talk.run = null;
  answer.running = false;
  draw();
  await account(answer);
}

async function ask(answer, signal) {
  const messages = talk.turns.filter(each => each !== answer && each.text).map(({role, text}) => ({role, content: text}));
  const reply = await fetch('/v1/chat/completions', {
    method: 'POST', signal, headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({model: answer.model, messages, stream: true, stream_options: {include_usage: true}}),
  });
  answer.id = reply.headers.get('X-Request-ID');
  if (!reply.ok) throw await refusal(reply, '/v1');
  await read(reply, ({name, data}) => {
    if (name === ':' || !data || data === '[DONE]') return;
    const chunk = JSON.parse(data);
    if (chunk.error) answer.error = {code: chunk.error.code ?? 'upstream.failed', message: chunk.error.message};
    const delta = chunk.choices?.[0]?.delta ?? {};
    answer.text += delta.content ?? '';
    answer.thinking += delta.reasoning_content ?? delta.reasoning ?? '';
    draw();
  });
}

/** What it cost stands in the ledger, a moment after the answer ended. */
async function account(answer) {
  for (let tries = 0; answer.id && tries < 10 && !answer.row; tries++) {
    const [found] = await get(`/api/requests?id=${encodeURIComponent(answer.id)}`).catch(() => []);
    answer.row = found?.row;
    if (!answer.row) await new Promise(resume => setTimeout(resume, 150));
  }
  draw();
}

afterDraw(() => {
  const box = document.querySelector('.turns');
  if (box && talk.run) box.scrollTop = box.scrollHeight;
});
