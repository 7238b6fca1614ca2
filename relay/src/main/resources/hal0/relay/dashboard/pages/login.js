// Who is not known yet shows a key; the relay answers with a cookie that no script can read.
import {html} from '../lib/lit-html.js';
import {post} from '../core/api.js';
import {newForm} from '../parts/form.js';
import {toasts} from '../parts/toast.js';

const FIELDS = [{name: 'key', label: 'Admin key', type: 'password', required: true, hint: 'One of scope admin; hal0 keys create NAME --scope admin makes one.'}];
let form = null;

export function login(done) {
  form ??= newForm(FIELDS, {}, async ({key}) => {
    await post('/api/login', {key});
    form = null;
    done();
  });
  return html`<main class="login"><div class="brand"><span class="eye" aria-hidden="true"></span>hal0</div>
    <h1>Sign in</h1>${form.view({submit: 'Sign in'})}</main>${toasts()}`;
}
