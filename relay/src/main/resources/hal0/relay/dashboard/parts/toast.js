// What came of what was done, said for a few seconds and to screen readers.
import {html} from '../lib/lit-html.js';
import {repeat} from '../lib/directives/repeat.js';
import {draw} from '../core/draw.js';

const shown = [];
let ids = 0;

export function toast(text, tone = 'good') {
  const own = {id: ++ids, text, tone};
  shown.push(own);
  setTimeout(() => {
    shown.splice(shown.indexOf(own), 1);
    draw();
  }, tone === 'bad' ? 9000 : 4500);
  draw();
}

/** Runs what a button starts; its failure is a toast, and what was meant to be said otherwise. */
export async function attempt(work, said) {
  try {
    const result = await work();
    if (said) toast(said);
    return result;
  } catch (error) {
    toast(`${error.message} (${error.code ?? error.name})`, 'bad');
    return undefined;
  }
}

export const toasts = () => html`<div class="toasts" role="status" aria-live="polite">${repeat(shown, own => own.id, own => html`<p class="toast ${own.tone}">${own.text}</p>`)}</div>`;
