// Reads answers with the official client, which checks that every event fits those before it.
// node openai-responses-client.cjs NODE_MODULES_PARENT; prints one JSON object.
const { createRequire } = require("node:module");
const { OpenAI } = createRequire(process.argv[2] + "/")("openai");

async function failed(client) {
  try {
    await client.responses.stream({ model: "fails", input: "hi" }).finalResponse();
    return null;
  } catch (e) {
    return { type: e.constructor.name, message: e.message };
  }
}

async function main() {
  const client = new OpenAI({ maxRetries: 0 });
  const stream = client.responses.stream({ model: "m", input: "hi" });
  const snapshots = [];
  stream.on("response.output_text.delta", (e) => snapshots.push(e.snapshot));
  stream.on("response.function_call_arguments.delta", (e) => snapshots.push(e.snapshot));
  const streamed = await stream.finalResponse();
  const whole = await client.responses.create({ model: "m", input: "hi" });
  // What the client has of an answer is what it sends back.
  const back = await client.responses.create({ model: "echo", input: [...whole.output, { role: "user", content: "go on" }] });
  const count = await client.responses.inputTokens.count({ model: "m", input: "hi" });
  console.log(JSON.stringify({ snapshots, streamed, whole, back: back.output_text, count, failed: await failed(client) }));
}

main();
