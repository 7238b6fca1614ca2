// Which page is shown, by the address.
import {draw} from './draw.js';

/** `page` is the first part of the path, `query` what follows the question mark. */
export const route = {page: '', query: new URLSearchParams()};

export function read() {
  route.page = decodeURIComponent(location.pathname.split('/')[1] ?? '');
  route.query = new URLSearchParams(location.search);
  draw();
}

export function go(address, {replace = false} = {}) {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  read();
}

/** The address of this page with those parameters changed; null takes one away. */
export function here(changes) {
  const query = new URLSearchParams(route.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value == null || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return '/' + route.page + (text ? '?' + text : '');
}

window.addEventListener('popstate', read);

document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href^="/"]');
  if (!link || link.hasAttribute('download') || link.target || event.defaultPrevented) return;
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.pathname.startsWith('/api/')) return;
  event.preventDefault();
  go(link.pathname + link.search);
});
