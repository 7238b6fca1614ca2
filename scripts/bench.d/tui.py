"""Drives hal0 in a pseudo-terminal of 120x40 for scripts/bench tui and prints what it took.

Arguments are the command that starts hal0 and an empty folder. The model is a process of its own, so that
what is measured does not wait for what measures.
"""

import fcntl
import http.server
import json
import multiprocessing
import os
import pathlib
import pty
import random
import re
import select
import signal
import struct
import sys
import termios
import time

COLUMNS, ROWS = 120, 40
DELTAS = int(os.environ.get("DELTAS", 5200))
SECONDS = float(os.environ.get("STREAM_SECONDS", 6))
LINES = int(os.environ.get("LINES", 100_000))
STARTS = int(os.environ.get("ROUNDS", 5))
SIZE = 38_000
WORDS = """the relay keeps a list of routes and asks each of them in turn until one answers so that a model which
is away does not stop the work and what it cost is written down beside what was saved by the cache of it""".split()
# None of these is in the text, so one that comes was typed.
LETTERS = "ßþðæøåéüöñçàèìòùâêîô"
END = "§¶§¶§¶"


def document():
    """Markdown as models write it."""
    dice = random.Random(7)

    def words(count):
        return " ".join(dice.choice(WORDS) for _ in range(count))

    parts = []
    while sum(map(len, parts)) < SIZE:
        parts.append(f"## {words(4).capitalize()}\n\n{words(45)} **{words(2)}** and `{words(1)}` {words(30)}.\n\n")
        parts.append("".join(f"- **{words(1)}**: {words(dice.randint(6, 24))}\n" for _ in range(5)) + "\n")
        code = "".join(f"    int {dice.choice(WORDS)}{i} = {dice.choice(WORDS)}({i}); // {words(4)}\n" for i in range(9))
        parts.append(f"```java\nvoid {dice.choice(WORDS)}() {{\n{code}}}\n```\n\n")
        rows = "".join(f"| {words(2)} | {dice.randint(1, 999)} | {words(5)} |\n" for _ in range(6))
        parts.append(f"| name | count | what it is |\n|---|---:|---|\n{rows}\n> {words(20)}\n\n")
    return "".join(parts)[:SIZE]


def pieces():
    text, dice, at, out = document(), random.Random(5), 0, []
    while len(out) < DELTAS - 1 and at < len(text):
        most = len(text) - at
        take = min(most, max(1, round(dice.uniform(0.4, 1.6) * most / (DELTAS - len(out)))))
        out.append(text[at : at + take])
        at += take
    return out + [text[at:]]


class Model(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        body = b'{"object":"list","data":[{"id":"m","object":"model"}]}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        task = [json.dumps(m["content"]) for m in body["messages"] if m["role"] == "user"][-1]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        if "many lines" in task:
            dice = random.Random(3)
            for at in range(0, LINES, 50):
                lines = (f"line {at + i} {' '.join(dice.choice(WORDS) for _ in range(8))}\n" for i in range(50))
                self.say("".join(lines))
        else:
            started = time.monotonic()
            for at, each in enumerate(self.server.pieces):
                wait = started + at * SECONDS / DELTAS - time.monotonic()
                if wait > 0:
                    time.sleep(wait)
                self.say(each)
        self.say(f"\n\n{END}\n")
        usage = {"prompt_tokens": 100, "completion_tokens": DELTAS, "total_tokens": DELTAS + 100}
        self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def say(self, text):
        self.event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]})

    def event(self, event):
        event |= {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        self.wfile.write(b"data: " + json.dumps(event).encode() + b"\n\n")


def serve(told):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
    server.pieces = pieces()
    told.send(server.server_port)
    server.serve_forever()


class Screen:
    """hal0 in a terminal: what it writes is read at once and counted."""

    def __init__(self, command, home):
        self.written = 0
        self.tail = b""
        self.keep = None
        self.started = time.monotonic()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.chdir(home / "work")
            keep = ("PATH", "TUNING", "APPDIR", "HOME", "JAVA_HOME", "HAL0_JAVA_HOME", "HAL0_JAVA_OPTS", "TMPDIR", "USER")
            environment = {name: os.environ[name] for name in keep if name in os.environ}
            environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "HAL0_HOME": str(home)}
            # The size must be there before the program asks.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(command[0], command, environment)

    def read(self, seconds):
        """What came within so many seconds; waits for the first of it only."""
        if not select.select([self.master], [], [], max(0, seconds))[0]:
            return b""
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            raise SystemExit("bench: hal0 ended; its last words:\n" + self.tail.decode(errors="replace"))
        self.written += len(data)
        self.tail = (self.tail + data)[-20_000:]
        if self.keep is not None:
            self.keep.append(data)
        return data

    def until(self, text, seconds):
        wanted, deadline = text.encode(), time.monotonic() + seconds
        self.tail = b""
        while wanted not in self.tail:
            if time.monotonic() > deadline:
                raise SystemExit(f"bench: hal0 never showed {text!r}; it showed:\n" + self.tail.decode(errors="replace"))
            self.read(deadline - time.monotonic())

    def quiet(self, seconds, most=30):
        deadline = time.monotonic() + most
        while time.monotonic() < deadline and self.read(seconds):
            pass

    def rest(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.read(until - time.monotonic())

    def type(self, text):
        os.write(self.master, text.encode())

    def resize(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def tasks(self):
        return pathlib.Path("/proc", str(self.pid), "task").iterdir()

    def cpu(self):
        """Seconds of processor time, of threads that have ended too."""
        fields = pathlib.Path("/proc", str(self.pid), "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wakeups(self):
        found = {}
        for task in self.tasks():
            status = (task / "status").read_text()
            name = re.search(r"Name:\s+(.*)", status).group(1)
            found[task.name, name] = int(re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", status).group(1))
        return found

    def memory(self):
        """MB of its own, shared pages by share."""
        rollup = pathlib.Path("/proc", str(self.pid), "smaps_rollup").read_text()
        return int(re.search(r"\nPss:\s+(\d+)", rollup).group(1)) / 1024

    def close(self):
        os.kill(self.pid, signal.SIGTERM)
        try:
            while True:
                os.read(self.master, 1 << 16)
        except OSError:
            os.close(self.master)
        os.waitpid(self.pid, 0)


def row(what, value, unit, target):
    if target is None:
        print(f"{what:<44} {value:>8} {unit}", flush=True)
    else:
        print(f"{what:<44} {value:>8} {unit:<4} target {target:>6}  {'ok' if float(value) <= target else 'MISSED'}", flush=True)


def starts(command, home):
    taken = []
    for _ in range(STARTS):
        screen = Screen(command, home)
        screen.until("Ask anything", 60)
        taken.append(time.monotonic() - screen.started)
        screen.quiet(0.5)
        screen.close()
    row("start: prompt shown, median", f"{sorted(taken)[len(taken) // 2]:.2f}", "s", 0.6)


def stream(command, home):
    screen = Screen(command, home)
    if os.environ.get("KEEP"):
        screen.keep = []
    screen.until("Ask anything", 60)
    screen.rest(3)
    start_cpu, start_bytes = screen.cpu(), screen.written
    row("start: processor time", f"{start_cpu:.2f}", "s", None)
    row("start: written", f"{start_bytes / 1000:.1f}", "KB", None)
    row("at rest: memory", f"{screen.memory():.0f}", "MB", None)
    screen.type("stream\r")
    screen.until(END, SECONDS + 30)
    screen.quiet(1)
    row("stream: processor time, start and stream", f"{screen.cpu():.2f}", "s", 2.0)
    row("stream: processor time of the stream", f"{screen.cpu() - start_cpu:.2f}", "s", None)
    row("stream: written", f"{(screen.written - start_bytes) / 1000:.1f}", "KB", 60)
    row("stream: memory", f"{screen.memory():.0f}", "MB", 160)
    if screen.keep is not None:
        pathlib.Path(os.environ["KEEP"]).write_bytes(b"".join(screen.keep))
        screen.keep = None
    before = screen.written
    for step in range(20):
        screen.resize(COLUMNS - 2 * step - 2, ROWS - step // 2)
        screen.rest(0.033)
    screen.quiet(1)
    row("resize: 20 steps of 33 ms, written", f"{(screen.written - before) / 1000:.1f}", "KB", 7)
    idle(screen)
    screen.close()


def idle(screen):
    screen.rest(5)
    cpu, before = screen.cpu(), screen.wakeups()
    written = screen.written
    screen.rest(10)
    after = screen.wakeups()
    woken = {who: count - before.get(who, 0) for who, count in after.items()}
    row("at rest: processor time in 10 s", f"{screen.cpu() - cpu:.2f}", "s", 0.01)
    row("at rest: wake-ups in 10 s", str(sum(woken.values())), "", None)
    for (_, name), count in sorted(woken.items(), key=lambda each: -each[1])[:4]:
        if count:
            row(f"    {name}", str(count), "", None)
    row("at rest: written in 10 s", str(screen.written - written), "B", 0)


def keys(command, home):
    screen = Screen(command, home)
    screen.until("Ask anything", 60)
    screen.rest(3)
    empty = screen.memory()
    screen.type("many lines\r")
    screen.until(END, 120)
    screen.quiet(2)
    row(f"{LINES} lines: memory above rest", f"{screen.memory() - empty:.0f}", "MB", 150)
    screen.type("stream\r")
    screen.rest(0.5)
    taken = []
    until = time.monotonic() + SECONDS - 1
    while time.monotonic() < until:
        letter = LETTERS[len(taken) % len(LETTERS)]
        wanted, seen = letter.encode(), b""
        at = time.monotonic()
        screen.type(letter)
        while wanted not in seen and time.monotonic() - at < 2:
            seen += screen.read(0.1)
        taken.append((time.monotonic() - at) * 1000)
        if len(taken) % 100 == 0:
            screen.type("\x15")
        screen.rest(0.017)
    taken.sort()
    row(f"{LINES} lines: key to screen, median of {len(taken)}", f"{taken[len(taken) // 2]:.1f}", "ms", None)
    row(f"{LINES} lines: key to screen, p99", f"{taken[int(len(taken) * 0.99)]:.1f}", "ms", 16)
    row(f"{LINES} lines: key to screen, longest", f"{taken[-1]:.1f}", "ms", None)
    screen.quiet(2)
    row(f"{LINES} lines: memory above rest, after", f"{screen.memory() - empty:.0f}", "MB", 150)
    screen.close()


def main():
    *command, folder = sys.argv[1:]
    home = pathlib.Path(folder)
    (home / "work").mkdir(parents=True)
    here, there = multiprocessing.Pipe()
    model = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    model.start()
    (home / "config.toml").write_text(
        f"""[active]
provider = "p"
model = "m"
[providers.p]
base_url = "http://127.0.0.1:{here.recv()}/v1"
auth_style = "none"
input_price_per_1m_tokens = 1.0
output_price_per_1m_tokens = 2.0
[relay]
port = 0
"""
    )
    parts = {"start": starts, "stream": stream, "keys": keys}
    for name in os.environ.get("PARTS", "start stream keys").split():
        parts[name](command, home)
    model.terminate()


if __name__ == "__main__":
    main()
