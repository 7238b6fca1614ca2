// Drives every page of a relay in one browser: node dashboard.cjs ADDRESS CHROMIUM SLOT.
// It writes "stop" and "start" where it wants the relay to be so, and goes on when a line comes back.
// What it finds is told as one line of JSON at the end.
const http = require('node:http');
const readline = require('node:readline');
const {chromium} = require('playwright-core');
const axe = require('axe-core');

const [address, executablePath, slot] = process.argv.slice(2);
const SECRET = 'sk-browser-0123456789abcdef';
const PAGES = ['', 'slots', 'providers', 'models', 'chat', 'requests', 'usage', 'logs', 'keys', 'approvals', 'tools', 'memory', 'settings'];

// While the relay is away, or refuses what it has to refuse, its calls fail: no fault of the page.
let refusing = false;
const told = {steps: [], faults: [], figures: {}};

/** Fails the run with what was expected. */
function check(holds, what) {
  if (!holds) throw new Error('expected: ' + what);
}

const step = async (name, work) => {
  const start = Date.now();
  await work();
  told.steps.push(name);
  told.figures[name] = Date.now() - start;
};

/** A provider that wants this key and streams slowly enough to be watched. */
function provider() {
  const server = http.createServer((request, answer) => {
    if (request.headers.authorization !== `Bearer ${SECRET}`) {
      answer.writeHead(401, {'Content-Type': 'application/json'}).end('{"error":{"message":"wrong key"}}');
    } else if (request.method === 'GET') {
      answer.writeHead(200, {'Content-Type': 'application/json'}).end('{"object":"list","data":[{"id":"m1","object":"model"}]}');
    } else {
      request.resume().on('end', () => {
        answer.writeHead(200, {'Content-Type': 'text/event-stream'});
        const chunk = (delta, more) => answer.write(`data: ${JSON.stringify({id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm1', choices: [{index: 0, delta, finish_reason: null}], ...more})}\n\n`);
        chunk({role: 'assistant', content: 'Hello '});
        chunk({content: '<img src=x onerror=alert(1)>'});
        answer.write('data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}\n\n');
        answer.end('data: [DONE]\n\n');
      });
    }
  });
  return new Promise(ready => server.listen(0, '127.0.0.1', () => ready(server)));
}

function watch(page, context) {
  context.on('request', request => {
    if (new URL(request.url()).origin !== address) told.faults.push('a third party was asked: ' + request.url());
  });
  context.on('response', async response => {
    if (!(response.headers()['content-type'] ?? '').includes('json')) return;
    const text = await response.text().catch(() => '');
    if (text.includes(SECRET)) told.faults.push('the key can be read at ' + response.url());
  });
  page.on('console', message => {
    if (message.type() === 'error' && !(refusing && /ERR_|Failed to load/.test(message.text()))) told.faults.push('console: ' + message.text() + ' ' + message.location().url);
  });
  page.on('pageerror', error => told.faults.push('thrown: ' + error.stack));
  page.on('dialog', dialog => {
    told.faults.push('a dialog of the browser: ' + dialog.message());
    dialog.dismiss();
  });
}

const api = path => fetch(address + path).then(answer => answer.json());

const chat = model => fetch(address + '/v1/chat/completions', {method: 'POST', body: JSON.stringify({model, stream: true, messages: [{role: 'user', content: 'hi'}]})}).then(answer => answer.text());

/** Serious faults of accessibility, and whether the page is wider than the screen. */
async function inspect(page, where) {
  const result = await page.evaluate(async () => (await window.axe.run(document, {resultTypes: ['violations']})).violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html, any}) => html.slice(0, 120) + ' ' + (any[0]?.message ?? '')).join(' | ')}`));
  result.forEach(fault => told.faults.push(`${where}: ${fault}`));
  const wide = await page.evaluate(() => {
    const main = document.querySelector('main');
    return document.scrollingElement.scrollWidth > innerWidth || main.scrollWidth > main.clientWidth;
  });
  if (wide) told.faults.push(`${where}: it is wider than the screen`);
}

async function everyPage(page, where) {
  for (const name of PAGES) {
    await page.evaluate(path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }, '/' + name);
    await page.locator('h1').filter({hasNotText: 'Nothing here'}).waitFor();
    await page.waitForFunction(() => !document.querySelector('.page .skeleton'));
    await inspect(page, `/${name} ${where}`);
  }
}

(async () => {
  const upstream = await provider();
  const browser = await chromium.launch({executablePath, args: ['--no-sandbox']});
  const context = await browser.newContext({viewport: {width: 1280, height: 800}, colorScheme: 'light', reducedMotion: 'reduce'});
  // The page's policy lets no script in: this one comes by the debugger's own way.
  await context.addInitScript(axe.source);
  const page = await context.newPage();
  watch(page, context);
  const dialog = page.locator('dialog[open]').last();
  const named = (role, name) => page.getByRole(role, {name, exact: true});

  await step('load', async () => {
    await page.goto(address + '/');
    await page.locator('.foot').getByText('Live').waitFor();
    await named('heading', 'Overview').waitFor();
    const [timing] = await page.evaluate(() => performance.getEntriesByType('navigation').map(({domInteractive, loadEventEnd}) => ({domInteractive, loadEventEnd})));
    told.figures.interactive = Math.round(timing.loadEventEnd);
    told.figures.firstLoad = await page.evaluate(() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')).filter(({name}) => !name.includes('/api/')).reduce((sum, {transferSize}) => sum + transferSize, 0));
  });

  await step('add a provider with its key, and test it', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('button', {name: 'Add provider'}).first().click();
    await dialog.getByLabel('Which').selectOption('');
    await dialog.getByLabel('Name').fill('workshop');
    await dialog.getByLabel('Address').fill(`http://127.0.0.1:${upstream.address().port}/v1`);
    await dialog.getByLabel('Key', {exact: false}).last().fill('sk-wrong');
    await dialog.getByRole('button', {name: 'Add'}).click();
    await page.locator('dialog.sheet').getByText('failing').waitFor();
    await dialog.getByRole('button', {name: 'Replace key'}).click();
    await dialog.getByLabel('Value of').fill(SECRET);
    await dialog.getByRole('button', {name: 'Set key'}).click();
    await page.locator('dialog.sheet').getByText('It answered 200').waitFor();
    await page.locator('dialog.sheet').getByText('answers', {exact: true}).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({state: 'detached'});
  });

  await step('an event reaches the page', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await named('heading', 'Requests').waitFor();
    await chat('workshop/m1');
    await page.getByText('workshop/m1').first().waitFor();
    await page.waitForTimeout(1200);
    const rows = page.locator('tbody tr');
    const before = await rows.count();
    const seen = page.waitForFunction(count => document.querySelectorAll('tbody tr').length > count && Date.now(), before, {polling: 5});
    await chat('workshop/m1');
    const asked = Date.now();
    told.figures.eventMs = Math.max(0, await (await seen).jsonValue() - asked);
    await page.locator('tbody a').first().click();
    await dialog.getByText('Answered by').waitFor();
    await page.keyboard.press('Escape');
  });

  await step('chat, and what it cost', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByLabel('Model').fill('workshop/m1');
    await page.getByLabel('Message').fill('Say hello');
    await page.keyboard.press('Enter');
    await page.getByText('Hello <img src=x onerror=alert(1)>').waitFor();
    await page.locator('.facts-line').getByText('7 in, 3 out').waitFor();
  });

  await step('load a slot and unload it', async () => {
    await page.keyboard.press('Escape');
    await page.locator('.pages').getByText('Slots').click();
    await named('button', 'Load ' + slot).click();
    await page.getByText('ready', {exact: true}).waitFor({timeout: 20_000});
    await named('link', slot).click();
    await page.locator('.lines-box p').first().waitFor();
    await inspect(page, '/slots with its sheet');
    await dialog.getByRole('button', {name: 'Unload'}).click();
    await dialog.getByText('offline', {exact: true}).waitFor({timeout: 20_000});
    await page.keyboard.press('Escape');
  });

  await step('approve a waiting call', async () => {
    const call = (session, body) => fetch(address + '/mcp/admin', {method: 'POST', body: JSON.stringify({jsonrpc: '2.0', ...body}), headers: {'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...(session ? {'Mcp-Session-Id': session} : {})}});
    const begun = await call(null, {id: 1, method: 'initialize', params: {protocolVersion: '2025-06-18', capabilities: {}, clientInfo: {name: 'test', version: '1'}}});
    const session = begun.headers.get('Mcp-Session-Id');
    await call(session, {method: 'notifications/initialized'});
    const answer = await call(session, {id: 2, method: 'tools/call', params: {name: 'provider_remove', arguments: {provider: 'workshop'}}});
    const text = await answer.text();
    check(text.includes('pending_approval'), 'a gated call waits, not ' + text.slice(0, 400));
    await page.locator('.side .badge').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await inspect(page, '/approvals with one');
    await page.getByRole('button', {name: /^Approve/}).click();
    await page.getByText('Nothing waits for you').waitFor();
    await page.getByText('done', {exact: true}).waitFor();
    const left = await api('/api/upstreams');
    check(!left.some(({name}) => name === 'workshop'), 'the approved call was done');
  });

  await step('remember something and forget it', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('y');
    await page.getByRole('button', {name: 'Add'}).first().click();
    await dialog.getByLabel('What').fill('The build runs on Temurin.');
    await dialog.getByRole('button', {name: 'Remember'}).click();
    await page.locator('.note').getByText('The build runs on Temurin.').waitFor();
    await inspect(page, '/memory with one');
    await page.getByRole('button', {name: /^Forget note/}).click();
    await dialog.getByRole('button', {name: 'Forget'}).click();
    await page.locator('.note').waitFor({state: 'detached'});
  });

  await step('change a setting', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press(',');
    await named('button', 'Change budget.day_usd').click();
    refusing = true;
    await dialog.getByLabel('Value').fill('-1');
    await dialog.getByRole('button', {name: 'Save'}).click();
    await dialog.locator('.fault, .fault-box').first().waitFor();
    refusing = false;
    await dialog.getByLabel('Value').fill('2.5');
    await dialog.getByRole('button', {name: 'Save'}).click();
    await page.getByRole('row', {name: /budget\.day_usd/}).getByText('2.5').waitFor();
  });

  await step('every page, wide and light', () => everyPage(page, 'light'));
  await step('every page, on a phone and dark', async () => {
    await page.emulateMedia({colorScheme: 'dark', reducedMotion: 'reduce'});
    await page.setViewportSize({width: 375, height: 812});
    await everyPage(page, 'phone, dark');
    await page.getByRole('button', {name: 'Pages'}).click();
    await inspect(page, 'the menu of a phone');
    await page.locator('.pages').getByText('Keys').click();
    await page.setViewportSize({width: 1280, height: 800});
  });

  await step('the relay is started anew under the page', async () => {
    const lines = readline.createInterface({input: process.stdin});
    const next = lines[Symbol.asyncIterator]();
    refusing = true;
    process.stdout.write('stop\n');
    await next.next();
    await page.locator('.outage').waitFor();
    process.stdout.write('start\n');
    await next.next();
    await page.locator('.foot').getByText('Live').waitFor();
    await page.locator('.outage').waitFor({state: 'detached'});
    refusing = false;
    lines.close();
  });

  await step('issue a key, and be signed in with it', async () => {
    await named('heading', 'Keys').waitFor();
    await page.getByRole('button', {name: 'Create the admin key'}).click();
    await dialog.getByRole('button', {name: 'Create'}).click();
    const key = await page.locator('.secret code').textContent();
    check(/^\S{20,}$/.test(key), 'a key that can be copied');
    await dialog.getByRole('button', {name: 'Done'}).click();
    check((await fetch(address + '/api/upstreams')).status === 401, 'others need a key now');
    await page.reload();
    await page.getByText('owner').waitFor();
    await page.getByRole('button', {name: 'Sign out'}).click();
    refusing = true;
    await page.getByLabel('Admin key').fill('wrong');
    await page.getByRole('button', {name: 'Sign in'}).click();
    await page.getByRole('alert').waitFor();
    await inspect(page, 'the page of who is not known');
    await page.getByLabel('Admin key').fill(key);
    await page.getByRole('button', {name: 'Sign in'}).click();
    await page.getByText('owner').waitFor();
    check(!(await page.evaluate(() => document.cookie)), 'no script reads the cookie');
  });

  await browser.close();
  upstream.close();
})().then(
  () => 0,
  error => {
    told.faults.push(String(error.stack ?? error));
    return 1;
  }).then(code => {
  process.stdout.write(JSON.stringify(told) + '\n', () => process.exit(code));
});
