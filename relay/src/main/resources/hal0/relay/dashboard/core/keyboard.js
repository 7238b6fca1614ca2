// Keys that work wherever no text is being written.
import {go} from './router.js';

let leader = 0;

/** `pages` are `{path, key}`; `keys` maps other keys to what they do. */
export function bind(pages, keys) {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]') || isWriting(event.target)) return;
    const wasLeader = Date.now() - leader < 1500;
    leader = 0;
    const page = wasLeader && pages.find(({key}) => key === event.key);
    if (page) {
      go(page.path);
    } else if (event.key === 'g') {
      leader = Date.now();
      return;
    } else if (event.key === '/') {
      const filter = document.querySelector('input[type=search]');
      if (!filter) return;
      filter.focus();
      filter.select();
    } else if (event.key === 'j' || event.key === 'k') {
      step(event.key === 'j' ? 1 : -1);
    } else if (keys[event.key]) {
      keys[event.key]();
    } else {
      return;
    }
    event.preventDefault();
  });
}

function isWriting(target) {
  return target.matches?.('input, textarea, select, [contenteditable]') ?? false;
}

function step(by) {
  const rows = [...document.querySelectorAll('[data-row]')];
  const at = rows.indexOf(document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
}
