// What stands in place of data that is not there: being fetched, failed, or none at all.
import {html, nothing} from '../lib/lit-html.js';
import {ago, time} from '../core/format.js';
import {refresh, isStale} from '../core/store.js';

/** What `entry` holds, drawn by `view`; until it is there, its place is kept. */
export function ready(entry, view, {lines = 4} = {}) {
  if (entry.value === undefined || entry.value === null) {
    return entry.error ? missing(entry) : skeleton(lines);
  }
  const old = isStale(entry)
    ? html`<p class="stale" role="status">Not known since ${time(new Date(entry.at))}: this is what was true then.</p>`
    : entry.error ? fault(entry.error, () => refresh(entry.path)) : nothing;
  return html`${old}${view(entry.value)}`;
}

function missing(entry) {
  if (entry.error.status === 404) {
    return empty({title: 'Not available', text: `This relay has no ${entry.path.split('?')[0]}.`});
  }
  return fault(entry.error, () => refresh(entry.path));
}

export const skeleton = lines => html`<div class="skeleton" aria-hidden="true">${Array.from({length: lines}, () => html`<span></span>`)}</div><span class="sr" role="status">Loading</span>`;

/** An error with its code, its cause, and what can be done. */
export function fault(error, retry) {
  return html`<div class="fault-box" role="alert">
    <p>${error.message} <code>${error.code}</code></p>
    ${(error.details?.fields ?? []).map(({loc, msg}) => html`<p><code>${loc}</code> ${msg}</p>`)}
    ${error.details?.hint ? html`<p>${error.details.hint}</p>` : nothing}
    ${retry ? html`<button type="button" class="quiet" @click=${retry}>Try again</button>` : nothing}
  </div>`;
}

/** Nothing yet, and what to do about it. */
export const empty = ({title, text, action}) => html`<div class="empty"><h2>${title}</h2><p>${text}</p>${action ?? nothing}</div>`;

const TONES = {
  ready: 'good', serving: 'good', closed: 'good', ok: 'good', answered: 'good', done: 'good', live: 'good', enabled: 'good',
  loading: 'busy', starting: 'busy', warming: 'busy', pulling: 'busy', resolving: 'busy', checking: 'busy', downloading: 'busy',
  'half-open': 'busy', waiting: 'busy', running: 'busy', unloading: 'busy', stopping: 'busy', partial: 'busy',
  error: 'bad', failed: 'bad', open: 'bad', refused: 'bad', denied: 'bad', lost: 'bad', missing: 'bad',
};

/** A dot and a word; never the colour alone. */
export function state(word, tone = TONES[word] ?? 'off', label = word) {
  return html`<span class="state ${tone}"><i aria-hidden="true"></i>${label}</span>`;
}

export const since = when => html`<time datetime=${new Date(when).toISOString()} title=${new Date(when).toLocaleString()}>${ago(when)}</time>`;
