"""The provider of scripts/tour: OpenAI's Chat Completions, told what to say by what the user said last.

usage: model.py PORT

It streams at the pace of a fast model, calls tools as a model would, and counts tokens, cached ones too.
"""

import http.server
import json
import sys
import time

TASK = [
    {"calls": [("read", {"path": "calc.py"}), ("read", {"path": "test_calc.py"})]},
    {
        "text": "The mean divides by one too few. I put that right and run the test.\n",
        "calls": [("edit", {"path": "calc.py", "old": "/ (len(values) - 1)", "new": "/ len(values)"})],
    },
    {"calls": [("shell", {"command": "python3 test_calc.py"})]},
    {
        "text": "The mean is right now, and the test passes.\n\n"
        "| file | what changed |\n|---|---|\n| `calc.py:2` | divides by `len(values)`, not by one less |\n\n"
        "```python\ndef mean(values):\n    return sum(values) / len(values)\n```\n"
    },
]  # fmt: skip
CHAT = [
    {
        "text": "## A relay, in short\n\nA **relay** stands between your programs and the providers. It\n\n"
        "1. speaks each program's own protocol,\n2. sends every request where you want it, and\n"
        "3. counts what it cost.\n\n```bash\ncurl http://127.0.0.1:8080/v1/models\n```\n"
    }
]


def script(messages):
    last = max(i for i, each in enumerate(messages) if each["role"] == "user")
    said = json.dumps(messages[last]["content"])
    step = sum(each["role"] == "assistant" for each in messages[last:])
    steps = TASK if "mean" in said else CHAT
    return steps[min(step, len(steps) - 1)]


class Model(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        models = [{"id": name, "object": "model", "owned_by": "openai"} for name in ("gpt-5", "gpt-5-mini", "gpt-5-nano")]
        body = json.dumps({"object": "list", "data": models}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        said = script(request["messages"])
        words = 0
        for piece in said.get("text", "").replace(" ", "\0 ").split("\0"):
            self.event(request, {"delta": {"content": piece}})
            words += 1
            time.sleep(0.02)
        for i, (name, arguments) in enumerate(said.get("calls", [])):
            function = {"name": name, "arguments": json.dumps(arguments)}
            call = {"index": i, "id": f"call_{time.time_ns()}_{i}", "type": "function", "function": function}
            self.event(request, {"delta": {"tool_calls": [call]}})
            words += 20
        self.event(request, {"delta": {}, "finish_reason": "tool_calls" if said.get("calls") else "stop"})
        tokens = len(json.dumps(request["messages"])) // 4 + 1500
        cached = tokens * 3 // 4 // 128 * 128 if len(request["messages"]) > 3 else 0
        usage = {
            "prompt_tokens": tokens,
            "completion_tokens": words,
            "total_tokens": tokens + words,
            "prompt_tokens_details": {"cached_tokens": cached},
        }
        self.event(request, None, usage)
        self.wfile.write(b"data: [DONE]\n\n")

    def event(self, request, choice, usage=None):
        choices = [] if choice is None else [{"index": 0, "finish_reason": None, **choice}]
        body = {"id": "chatcmpl-tour", "object": "chat.completion.chunk", "created": 1, "model": request["model"], "choices": choices}
        if usage:
            body["usage"] = usage
        self.wfile.write(b"data: " + json.dumps(body).encode() + b"\n\n")
        self.wfile.flush()


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Model).serve_forever()
