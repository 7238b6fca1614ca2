// What agents were told to remember: looked for, added to, put right, forgotten.
import {html, nothing} from '../lib/lit-html.js';
import {del, part, post, put, refusal} from '../core/api.js';
import {draw} from '../core/draw.js';
import {refresh, use} from '../core/store.js';
import {count} from '../core/format.js';
import {confirm} from '../parts/dialog.js';
import {ask} from '../parts/form.js';
import {icon} from '../parts/icons.js';
import {empty, ready, since, state} from '../parts/states.js';
import {attempt, toast} from '../parts/toast.js';

const PAGE = 50;
const look = {text: '', bank: '', before: []};
let typing = 0;
let asked = '';

const query = () => {
  const bank = look.bank ? `&bank=${encodeURIComponent(look.bank)}` : '';
  if (asked) return `/api/memory/search?q=${encodeURIComponent(asked)}${bank}&limit=${PAGE}`;
  const last = look.before.at(-1);
  return `/api/memory?limit=${PAGE}${bank}${last ? `&before=${last}` : ''}`;
};

const banks = () => use('/api/memory/banks', {on: ['memory.'], every: 30_000});

export const tools = () => html`
  <select class="choice" aria-label="Bank" @change=${event => { look.bank = event.target.value; look.before = []; draw(); }}>
    <option value="">all banks</option>${(banks().value ?? []).map(each => html`<option value=${each.bank} ?selected=${each.bank === look.bank}>${each.bank} (${count(each.notes)})</option>`)}</select>
  <input type="search" aria-label="Search memory" placeholder="Search memory  /" .value=${look.text} @input=${search}>
  <button type="button" class="primary" @click=${() => write()}>${icon('plus')}Add</button>`;

/** It is looked for when the writing has paused: each search may ask a model. */
function search(event) {
  look.text = event.target.value;
  clearTimeout(typing);
  typing = setTimeout(() => {
    asked = look.text.trim();
    look.before = [];
    draw();
  }, 250);
}

export const view = () => html`
  ${ready(use(query(), {on: ['memory.'], every: 30_000}), notes => html`
    ${notes.length ? html`<ul class="cards">${notes.map(note)}</ul>` : asked || look.bank ? html`<p class="minor">Nothing is remembered of that.</p>` : empty({
      title: 'Nothing is remembered yet',
      text: 'Agents add to it over /mcp/memory, and you can here. What is remembered is found by its words, and by its meaning where a slot or provider embeds.',
      action: html`<button type="button" class="primary" @click=${() => write()}>${icon('plus')}Add the first</button>`})}
    ${asked ? nothing : pager(notes)}`)}
  ${keeping()}`;

const pager = notes => (look.before.length || notes.length === PAGE ? html`<nav class="pager" aria-label="Pages">
  <button type="button" class="quiet" ?disabled=${!look.before.length} @click=${() => { look.before.pop(); draw(); }}>Newer</button>
  <button type="button" class="quiet" ?disabled=${notes.length < PAGE} @click=${() => { look.before.push(notes.at(-1).id); draw(); }}>Older</button></nav>` : nothing);

const note = each => html`<li class="card note">
  <p class="said">${each.text}</p>
  <p class="minor">${each.bank}${each.tags.map(tag => html` · <span class="tag">${tag}</span>`)} · ${each.source || 'unknown'} · ${since(each.told_at)} · ${each.uses ? `used ${count(each.uses)} times` : 'never used'}${each.score == null ? '' : ` · fits ${Number(each.score).toPrecision(2)}`}</p>
  <div class="actions">
    <button type="button" class="quiet" aria-label="Edit note ${each.id}" @click=${() => write(each)}>Edit</button>
    <button type="button" class="quiet" aria-label="Forget note ${each.id}" @click=${() => confirm({
      title: 'Forget this?', text: each.text.slice(0, 200), action: 'Forget',
      run: async () => {
        await del(`/api/memory/${part(each.id)}`);
        toast('Forgotten');
        await refresh('/api/memory');
      }})}>Forget</button></div></li>`;

function write(known) {
  ask({
    title: known ? 'Edit' : 'Remember',
    values: known ? {text: known.text, bank: known.bank, tags: known.tags.join('\n')} : {bank: look.bank},
    fields: [
      {name: 'text', label: 'What', type: 'area', rows: 5, required: true},
      {name: 'bank', label: 'Bank', suggest: (banks().value ?? []).map(({bank}) => bank), placeholder: 'default'},
      {name: 'tags', label: 'Tags', type: 'list', rows: 2, hint: 'One a line.'},
    ],
    submit: known ? 'Save' : 'Remember',
    run: async wish => {
      if (known) await put(`/api/memory/${part(known.id)}`, {tags: [], ...wish});
      else {
        const kept = await post('/api/memory', wish);
        if (kept?.known) toast('That was remembered already');
      }
      await refresh('/api/memory');
    },
  });
}

function keeping() {
  if (!banks().value) return nothing;
  const vectors = use('/api/memory/vectors', {every: 30_000}).value;
  return html`<section class="card"><header><h2>Keeping</h2></header>
    ${vectors ? html`<p>${vectors.problem ? html`${state('by words only', 'busy')} <span class="minor">${vectors.problem}</span>` : vectors.model
      ? state('ready', vectors.waiting ? 'busy' : 'good', `found by meaning with ${vectors.model}${vectors.waiting ? `, ${count(vectors.waiting)} still to come` : ''}`)
      : state('by words only', 'off')}</p>` : nothing}
    <div class="actions">
      <a class="button" href="/api/memory/export${look.bank ? `?bank=${encodeURIComponent(look.bank)}` : ''}" download>Export</a>
      <label class="button">Import<input class="sr" type="file" accept=".jsonl,.json" @change=${load}></label>
      <button type="button" @click=${forget}>Forget what is old</button>
    </div></section>`;
}

async function load(event) {
  const [file] = event.target.files;
  event.target.value = '';
  if (!file) return;
  const done = await attempt(async () => {
    const answer = await fetch('/api/memory/import', {method: 'POST', body: file, headers: {'Content-Type': 'application/x-ndjson'}});
    if (!answer.ok) throw await refusal(answer, '/api/memory/import');
    return answer.json();
  });
  if (done) toast(`${count(done.added)} remembered, ${count(done.known)} known already`);
  await refresh('/api/memory');
}

function forget() {
  ask({
    title: 'Forget what is old',
    values: {older_than: '180d', bank: look.bank},
    fields: [
      {name: 'older_than', label: 'Not told for', required: true, hint: 'An age: 12h, 90d, 26w.'},
      {name: 'bank', label: 'Only of this bank'},
    ],
    submit: 'Forget',
    run: async ({older_than: age, bank}) => {
      const {deleted} = await del(`/api/memory?older_than=${encodeURIComponent(age)}${bank ? `&bank=${encodeURIComponent(bank)}` : ''}`);
      toast(`${count(deleted)} forgotten`);
      await refresh('/api/memory');
    },
  });
}
