// What a program does that uses the official client, with only its environment pointing at a relay.
// node openai-client.cjs NODE_MODULES_PARENT MODEL; prints one JSON object.
const { createRequire } = require("node:module");
const { OpenAI } = createRequire(process.argv[2] + "/")("openai");
const model = process.argv[3];

async function streamed(client, request) {
  const seen = { text: "", pieces: 0, tools: [], finish: null, usage: null };
  const stream = await client.chat.completions.create({ model, stream: true, ...request });
  for await (const chunk of stream) {
    seen.usage = chunk.usage ?? seen.usage;
    const choice = chunk.choices[0];
    if (!choice) continue;
    seen.finish = choice.finish_reason ?? seen.finish;
    if (choice.delta.content) {
      seen.text += choice.delta.content;
      seen.pieces++;
    }
    for (const call of choice.delta.tool_calls ?? []) {
      const tool = (seen.tools[call.index] ??= { name: "", arguments: "" });
      tool.name += call.function?.name ?? "";
      tool.arguments += call.function?.arguments ?? "";
    }
  }
  return seen;
}

async function refused(client) {
  try {
    await client.chat.completions.create({ model: "nobody/has-this", messages: [] });
    return null;
  } catch (e) {
    return { status: e.status, type: e.constructor.name, message: e.message };
  }
}

async function main() {
  const client = new OpenAI({ maxRetries: 0 });
  const hello = { messages: [{ role: "user", content: "hello" }] };
  const weather = {
    messages: [{ role: "user", content: "weather" }],
    tools: [{ type: "function", function: { name: "get_weather", parameters: { type: "object" } } }],
  };
  const whole = await client.chat.completions.create({ model, ...hello });
  const models = [];
  for await (const listed of client.models.list()) models.push(listed.id);
  console.log(
    JSON.stringify({
      text: await streamed(client, { ...hello, stream_options: { include_usage: true } }),
      plain: await streamed(client, hello),
      tool: await streamed(client, weather),
      whole: { text: whole.choices[0].message.content, usage: whole.usage },
      models,
      refused: await refused(client),
    }),
  );
}

main();
