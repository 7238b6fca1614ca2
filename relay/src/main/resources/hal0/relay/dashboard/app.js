// Where the page begins: who is asking, then the shell around the pages.
import * as events from './core/events.js';
import {get, whenSignedOut} from './core/api.js';
import {show} from './core/draw.js';
import {read} from './core/router.js';
import {forget} from './core/store.js';
import * as theme from './core/theme.js';
import {begin, shell} from './shell.js';

async function start() {
  let session;
  try {
    session = await get('/api/session');
  } catch {
    // No answer, or none of its kind: the shell says what is the matter, and goes on trying.
    session = {login_needed: false, signed_in: false};
  }
  if (session.login_needed && !session.signed_in) await signIn();
  else enter(session);
}

let asking = false;

async function signIn() {
  if (asking) return;
  asking = true;
  events.disconnect();
  forget();
  const {login} = await import('./pages/login.js');
  show(() => login(() => {
    asking = false;
    start();
  }));
}

function enter(session) {
  begin(session);
  read();
  show(shell);
  events.retryNow();
}

theme.apply();
whenSignedOut(signIn);
start();
