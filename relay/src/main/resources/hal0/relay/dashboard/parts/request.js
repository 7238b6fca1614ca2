// A request in a list.
import {html, nothing} from '../lib/lit-html.js';
import {state} from './states.js';

const TONES = {answered: 'good', failed: 'bad', cancelled: 'off'};

/** What became of it; one without a row is still being answered. */
export function outcome(request) {
  if (!request.row) return state('running', 'busy');
  return state(request.row.outcome, TONES[request.row.outcome] ?? 'off');
}

/** What was asked for, and what answered where that is another. */
export function target(request) {
  const answered = request.row?.provider ? `${request.row.provider}/${request.row.model}` : '';
  const asked = request.requested_model || '–';
  return html`<span class="model">${asked}</span>${answered && answered !== asked ? html` <span class="minor">→ ${answered}</span>` : nothing}`;
}
