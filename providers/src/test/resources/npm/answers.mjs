// Gives a recorded answer to an official client and prints what it made of it.
// node answers.mjs FOLDER_WITH_NODE_MODULES openai|anthropic stream|whole STATUS FILE
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, protocol, mode, status, file] = process.argv.slice(2);
const require = createRequire(join(folder, 'package.json'));
const type = mode === 'stream' ? 'text/event-stream' : 'application/json';
const fetch = async () =>
  new Response(readFileSync(file), { status: Number(status), headers: { 'content-type': type } });
const options = { apiKey: 'k', fetch, maxRetries: 0 };
const messages = [{ role: 'user', content: 'hi' }];

async function openai() {
  const { chat } = new (require('openai').OpenAI)(options);
  const request = { model: 'm', messages };
  return mode === 'stream'
    ? chat.completions.stream(request).finalChatCompletion()
    : chat.completions.create(request);
}

async function anthropic() {
  const client = new (require('@anthropic-ai/sdk').Anthropic)(options);
  const request = { model: 'm', max_tokens: 9, messages };
  return mode === 'stream' ? client.messages.stream(request).finalMessage() : client.messages.create(request);
}

try {
  console.log(JSON.stringify(await (protocol === 'openai' ? openai() : anthropic())));
} catch (e) {
  console.log(JSON.stringify({ failure: e.constructor.name, status: e.status, error: e.error }));
}
