// What stands around every page: where to go, what happens, what is wrong.
import {html, nothing} from './lib/lit-html.js';
import {post} from './core/api.js';
import {afterDraw, draw} from './core/draw.js';
import {link, retryNow} from './core/events.js';
import {bind} from './core/keyboard.js';
import {route} from './core/router.js';
import {use} from './core/store.js';
import * as theme from './core/theme.js';
import {count, time} from './core/format.js';
import {footer} from './footer.js';
import {help} from './help.js';
import {PAGES, GROUPS} from './pages.js';
import {dialogs} from './parts/dialog.js';
import {fault, skeleton} from './parts/states.js';
import {icon} from './parts/icons.js';
import {toasts} from './parts/toast.js';

const loaded = new Map();
let session = {};
let menuOpen = false;
let begun = false;

/** Also when somebody else signs in, or out. */
export function begin(who) {
  session = who;
  if (begun) return;
  begun = true;
  bind(PAGES, {'?': () => help(PAGES), t: toggleTheme});
  afterDraw(named);
  setInterval(draw, 10_000);
}

function toggleTheme() {
  theme.next();
  draw();
}

export function shell() {
  const page = PAGES.find(({id}) => id === route.page);
  const waiting = use('/api/approvals', {on: ['approval.']}).value?.filter(({state}) => state === 'waiting').length ?? 0;
  const module = page && pageModule(page);
  return html`
    <a class="skip" href="#main" @click=${event => { event.preventDefault(); document.getElementById('main').focus(); }}>Skip to the page</a>
    <nav class="side ${menuOpen ? 'open' : ''}" aria-label="Pages" @click=${event => { if (event.target.closest('a')) closeMenu(); }}>
      <a class="brand" href="/"><span class="eye" aria-hidden="true"></span>hal0</a>
      <div class="pages">${GROUPS.map(group => html`<section aria-label=${group.title || 'Start'}>
        ${group.title ? html`<h2>${group.title}</h2>` : nothing}
        ${PAGES.filter(each => each.group === group.id).map(each => navLink(each, page, waiting))}
      </section>`)}</div>
      <div class="side-end">
        <button type="button" class="bare" @click=${toggleTheme} aria-label="Colours: ${theme.theme()}" title="Colours: ${theme.theme()}">${icon({auto: 'auto', light: 'sun', dark: 'moon'}[theme.theme()])}</button>
        <button type="button" class="bare" @click=${() => help(PAGES)} aria-label="Keys" title="Keys: ?"><kbd>?</kbd></button>
        ${session.signed_in ? html`<button type="button" class="quiet" @click=${signOut}>Sign out</button>` : nothing}
      </div>
    </nav>
    ${menuOpen ? html`<div class="scrim" @click=${closeMenu}></div>` : nothing}
    <main id="main" tabindex="-1">
      ${outage()}
      <header class="bar">
        <button type="button" class="bare menu" aria-label="Pages" aria-expanded=${menuOpen} @click=${() => { menuOpen = true; draw(); }}>${icon('more')}${waiting ? html`<b class="badge">${waiting}</b>` : nothing}</button>
        <h1>${page?.title ?? 'Nothing here'}</h1>
        ${module?.tools ? html`<div class="tools">${module.tools()}</div>` : nothing}
      </header>
      <div class="page" id="page-${page?.id || 'overview'}">${content(page, module)}</div>
    </main>
    ${footer()}
    ${dialogs()}
    ${toasts()}`;
}

function navLink(each, page, waiting) {
  const marked = each.id === 'approvals' && waiting;
  return html`<a href=${each.path} aria-current=${each === page ? 'page' : nothing} title="g ${each.key}">
    ${icon(each.icon)}<span>${each.title}</span>${marked ? html`<b class="badge" aria-label="${count(waiting)} waiting">${waiting}</b>` : nothing}</a>`;
}

function closeMenu() {
  menuOpen = false;
  draw();
}

function content(page, module) {
  if (!page) return html`<div class="empty"><h2>There is no such page</h2><p>The address may be of another version of hal0.</p><a class="button" href="/">To the overview</a></div>`;
  if (module?.error) return fault({code: 'page.not_loaded', message: 'This page could not be loaded; the relay may be away, or of another version now.'}, () => location.reload());
  return module ? module.view() : skeleton(6);
}

/** The code of a page is fetched when it is first looked at. */
function pageModule(page) {
  const known = loaded.get(page.id);
  if (known === undefined) {
    loaded.set(page.id, null);
    page.load().then(
      module => loaded.set(page.id, module),
      () => loaded.set(page.id, {error: true})).then(draw);
  }
  return known;
}

function outage() {
  if (link.state !== 'lost') return nothing;
  return html`<div class="outage" role="alert">${icon('warning')}
    <span>The relay has not answered since ${time(new Date(link.since))}. What is shown is what was known then.</span>
    <button type="button" class="quiet" @click=${retryNow}>Try now</button></div>`;
}

async function signOut() {
  try {
    await post('/api/logout');
  } finally {
    location.reload();
  }
}

let title = '';
function named() {
  const page = PAGES.find(({id}) => id === route.page);
  const badge = document.querySelector('.side .badge')?.textContent;
  const next = `${badge ? `(${badge}) ` : ''}${page?.title ?? 'hal0'} · hal0`;
  if (title !== next) document.title = title = next;
}
