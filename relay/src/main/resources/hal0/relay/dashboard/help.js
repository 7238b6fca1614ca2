// The keys, on one sheet.
import {html} from './lib/lit-html.js';
import {dialog} from './parts/dialog.js';

const OTHERS = [['/', 'Filter the list'], ['j  k', 'Next and previous row'], ['Enter', 'Open the row'], ['t', 'Light, dark, as the system'], ['Esc', 'Close what is open'], ['?', 'This']];

export const help = pages => dialog({
  title: 'Keys',
  view: () => html`<dl class="keys">
    ${pages.map(({key, title}) => html`<div><dt><kbd>g</kbd> <kbd>${key}</kbd></dt><dd>${title}</dd></div>`)}
    ${OTHERS.map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}
  </dl>`,
});
