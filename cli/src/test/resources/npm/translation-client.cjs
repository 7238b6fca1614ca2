// What a program does that uses one official client and knows nothing of the provider behind it.
// node translation-client.cjs NODE_MODULES_PARENT RELAY chat|responses|messages|gemini MODEL...
// Prints one JSON object: for each model and each way what the client understood.
const { createRequire } = require("node:module");
const load = createRequire(process.argv[2] + "/");
const [relay, name, ...models] = process.argv.slice(3);

const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const SCHEMA = {
  type: "object",
  properties: { n: { type: "integer" } },
  required: ["n"],
  additionalProperties: false,
};
const TOOL = {
  name: "get_weather",
  description: "Tells the weather.",
  parameters: {
    type: "object",
    properties: { city: { type: "string" }, unit: { type: "string" } },
    required: ["city"],
  },
};
const result = (call) => `sunny in ${call.arguments.city}`;

// Each client: ask(model, stream, turns) where a turn is a text, a picture, an answer of the client's
// own, or results of tools; tells the text, the thought, the calls, the count and the answer itself.
const clients = {
  chat() {
    const { OpenAI } = load("openai");
    const client = new OpenAI({ baseURL: relay + "/v1", apiKey: "unused", maxRetries: 0 });
    const message = (turn) => {
      if (turn.answer) return [turn.answer];
      if (turn.results) {
        return turn.results.map((r) => ({ role: "tool", tool_call_id: r.call.id, content: r.text }));
      }
      const url = { url: "data:image/png;base64," + PICTURE };
      return [
        {
          role: "user",
          content: turn.picture
            ? [{ type: "text", text: turn.text }, { type: "image_url", image_url: url }]
            : turn.text,
        },
      ];
    };
    return async (model, stream, turns, wish) => {
      const request = { model, messages: turns.flatMap(message) };
      if (wish.tools) request.tools = [{ type: "function", function: TOOL }];
      if (wish.thinks) request.reasoning_effort = "low";
      if (wish.schema) {
        const json_schema = { name: "count", schema: SCHEMA, strict: true };
        request.response_format = { type: "json_schema", json_schema };
      }
      // The stream helper keeps only the last piece of a field that is not OpenAI's.
      let thought = "";
      const answer = stream
        ? await client.chat.completions
            .stream({ ...request, stream_options: { include_usage: true } })
            .on("chunk", (chunk) => (thought += chunk.choices[0]?.delta.reasoning_content ?? ""))
            .finalChatCompletion()
        : await client.chat.completions.create(request);
      const said = answer.choices[0].message;
      return {
        text: said.content ?? "",
        thought: stream ? thought : (said.reasoning_content ?? ""),
        calls: (said.tool_calls ?? []).map((call) => ({
          id: call.id,
          name: call.function.name,
          arguments: JSON.parse(call.function.arguments),
        })),
        count: [answer.usage?.prompt_tokens, answer.usage?.completion_tokens],
        end: answer.choices[0].finish_reason,
        turns: [{ answer: said }],
      };
    };
  },

  responses() {
    const { OpenAI } = load("openai");
    const client = new OpenAI({ baseURL: relay + "/v1", apiKey: "unused", maxRetries: 0 });
    const items = (turn) => {
      if (turn.answer) return turn.answer;
      if (turn.results) {
        return turn.results.map((r) => ({
          type: "function_call_output",
          call_id: r.call.id,
          output: r.text,
        }));
      }
      const image = { type: "input_image", detail: "auto", image_url: "data:image/png;base64," + PICTURE };
      return [
        {
          role: "user",
          content: turn.picture ? [{ type: "input_text", text: turn.text }, image] : turn.text,
        },
      ];
    };
    return async (model, stream, turns, wish) => {
      const request = { model, input: turns.flatMap(items), include: ["reasoning.encrypted_content"] };
      if (wish.byId) {
        request.previous_response_id = wish.byId;
        request.input = items(turns.at(-1));
      } else if (!wish.kept) {
        request.store = false;
      }
      if (wish.tools) request.tools = [{ type: "function", ...TOOL, strict: false }];
      if (wish.thinks) request.reasoning = { effort: "low", summary: "auto" };
      if (wish.schema) {
        request.text = { format: { type: "json_schema", name: "count", schema: SCHEMA, strict: true } };
      }
      const answer = stream
        ? await client.responses.stream(request).finalResponse()
        : await client.responses.create(request);
      const thoughts = answer.output.filter((item) => item.type === "reasoning");
      return {
        text: answer.output_text,
        thought: thoughts
          .flatMap((item) => [...(item.summary ?? []), ...(item.content ?? [])])
          .map((piece) => piece.text)
          .join(""),
        calls: answer.output
          .filter((item) => item.type === "function_call")
          .map((item) => ({ id: item.call_id, name: item.name, arguments: JSON.parse(item.arguments) })),
        count: [answer.usage?.input_tokens, answer.usage?.output_tokens],
        end: answer.status,
        id: answer.id,
        // What the stream helper parsed is its own; an answer goes back as the API has it.
        turns: [{ answer: answer.output.map(({ parsed_arguments, ...item }) => item).map(plain) }],
      };
    };
  },

  messages() {
    const { Anthropic } = load("@anthropic-ai/sdk");
    const client = new Anthropic({ baseURL: relay, apiKey: "unused", maxRetries: 0 });
    const message = (turn) => {
      if (turn.answer) return { role: "assistant", content: turn.answer };
      if (turn.results) {
        const content = turn.results.map((r) => ({
          type: "tool_result",
          tool_use_id: r.call.id,
          content: r.text,
        }));
        return { role: "user", content };
      }
      const source = { type: "base64", media_type: "image/png", data: PICTURE };
      return {
        role: "user",
        content: turn.picture ? [{ type: "image", source }, { type: "text", text: turn.text }] : turn.text,
      };
    };
    return async (model, stream, turns, wish) => {
      const request = { model, max_tokens: 2048, messages: turns.map(message) };
      if (wish.tools) {
        const { parameters, ...rest } = TOOL;
        request.tools = [{ ...rest, input_schema: parameters }];
      }
      if (wish.thinks) request.thinking = { type: "enabled", budget_tokens: 1024 };
      if (wish.schema) request.output_config = { format: { type: "json_schema", schema: SCHEMA } };
      const answer = stream
        ? await client.messages.stream(request).finalMessage()
        : await client.messages.create(request);
      const of = (type) => answer.content.filter((block) => block.type === type);
      return {
        text: of("text").map((block) => block.text).join(""),
        thought: of("thinking").map((block) => block.thinking).join(""),
        calls: of("tool_use").map((block) => ({ id: block.id, name: block.name, arguments: block.input })),
        count: [answer.usage.input_tokens, answer.usage.output_tokens],
        end: answer.stop_reason,
        turns: [{ answer: answer.content.map(({ parsed_output, ...block }) => block) }],
      };
    };
  },

  gemini() {
    const { GoogleGenAI } = load("@google/genai");
    const client = new GoogleGenAI({ apiKey: "unused", httpOptions: { baseUrl: relay } });
    const content = (turn) => {
      if (turn.answer) return { role: "model", parts: turn.answer };
      if (turn.results) {
        const parts = turn.results.map((r) => ({
          functionResponse: { id: r.call.id, name: r.call.name, response: { output: r.text } },
        }));
        return { role: "user", parts };
      }
      const inlineData = { mimeType: "image/png", data: PICTURE };
      return { role: "user", parts: turn.picture ? [{ text: turn.text }, { inlineData }] : [{ text: turn.text }] };
    };
    return async (model, stream, turns, wish) => {
      const config = {};
      if (wish.tools) {
        const { parameters, ...rest } = TOOL;
        config.tools = [{ functionDeclarations: [{ ...rest, parametersJsonSchema: parameters }] }];
      }
      if (wish.thinks) config.thinkingConfig = { includeThoughts: true };
      if (wish.schema) {
        config.responseMimeType = "application/json";
        config.responseJsonSchema = SCHEMA;
      }
      const request = { model: model.replaceAll("/", "%2F"), contents: turns.map(content), config };
      const pieces = [];
      if (stream) {
        for await (const piece of await client.models.generateContentStream(request)) pieces.push(piece);
      } else {
        pieces.push(await client.models.generateContent(request));
      }
      const parts = pieces.flatMap((piece) => piece.candidates?.[0]?.content?.parts ?? []);
      const usage = pieces.findLast((piece) => piece.usageMetadata)?.usageMetadata;
      return {
        text: parts.filter((part) => part.text && !part.thought).map((part) => part.text).join(""),
        thought: parts.filter((part) => part.text && part.thought).map((part) => part.text).join(""),
        calls: parts
          .filter((part) => part.functionCall)
          .map(({ functionCall }) => ({
            id: functionCall.id,
            name: functionCall.name,
            arguments: functionCall.args,
          })),
        count: [usage?.promptTokenCount, usage?.candidatesTokenCount],
        end: pieces.findLast((piece) => piece.candidates?.[0]?.finishReason)?.candidates[0].finishReason,
        turns: [{ answer: parts }],
      };
    };
  },
};

function plain(item) {
  if (item.type !== "message") return item;
  return { ...item, content: item.content.map(({ parsed, ...piece }) => piece) };
}

const shown = ({ turns, id, calls, ...rest }) => ({
  ...rest,
  calls: calls.map(({ name, arguments: args }) => ({ name, arguments: args })),
});

async function agent(ask, model, stream) {
  const turns = [{ text: "How is the weather in two cities?" }];
  const wish = { tools: true, thinks: true, kept: name === "responses" };
  const first = await ask(model, stream, turns, wish);
  const results = first.calls.map((call) => ({ call, text: result(call) }));
  const second = await ask(model, stream, [...turns, ...first.turns, { results }], wish);
  // The stand-in for OpenAI keeps no answers; what was translated is kept by the relay.
  const byId = first.id?.startsWith("resp_hal0") ? { ...wish, byId: first.id } : null;
  const again = byId ? await ask(model, stream, [{ results }], byId) : second;
  return { first: shown(first), second: shown(second), again: shown(again) };
}

async function refused(ask, model, stream) {
  try {
    await ask(model, stream, [{ text: "too fast" }], {});
    return null;
  } catch (e) {
    return { status: e.status ?? e.code, message: e.message };
  }
}

async function main() {
  const ask = clients[name]();
  const seen = {};
  for (const model of models) {
    seen[model] = {};
    for (const stream of [true, false]) {
      seen[model][stream ? "streamed" : "whole"] = {
        text: shown(await ask(model, stream, [{ text: "hello" }], {})),
        agent: await agent(ask, model, stream),
        picture: shown(await ask(model, stream, [{ text: "What is in the picture?", picture: true }], {})),
        thinking: shown(await ask(model, stream, [{ text: "think" }], { thinks: true })),
        structured: shown(await ask(model, stream, [{ text: "Count as JSON" }], { schema: true })),
        refused: await refused(ask, model, stream),
      };
    }
  }
  console.log(JSON.stringify(seen));
}

main();
