"""Times starts for scripts/bench start and prints what they took.

Arguments are the command that starts hal0, Java, an empty folder with Empty.class, and the file for the figures.
The screen and the model are those of scripts/bench tui.
"""

import json
import multiprocessing
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import urllib.request

import tui

ROUNDS = int(os.environ.get("ROUNDS", 10))
# What a start may take: seconds until it has answered, and MB.
TARGETS = {
    "hal0 --version": (0.06, 50),
    "hal0 --help": (0.11, None),
    "hal0 ask": (0.35, None),
    "hal0 (screen ready)": (0.45, 120),
    "hal0 serve (answers)": (0.45, 110),
}
FIGURES = []


def median(values):
    return sorted(values)[len(values) // 2]


def told(what, rounds):
    """One row of the table: rounds are (wall seconds, processor seconds, MB)."""
    wall, cpu, memory = (median(column) for column in zip(*rounds))
    seconds, most = TARGETS.get(what, (None, None))
    missed = [
        f"target {target:g} {unit}: {'ok' if value <= target else 'MISSED'}"
        for value, target, unit in ((wall, seconds, "s"), (memory, most, "MB"))
        if target is not None
    ]
    print(f"{what:<28} {wall:7.3f} s {cpu:7.3f} s cpu {memory:6.0f} MB  {', '.join(missed)}".rstrip(), flush=True)
    FIGURES.append({"what": what, "wall_s": round(wall, 4), "cpu_s": round(cpu, 4), "memory_mb": round(memory, 1), "rounds": len(rounds)})


def measured(what, once):
    once()
    told(what, [once() for _ in range(ROUNDS)])


def run(command, environment):
    """A command that ends by itself: memory is the most that it had."""
    at = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"bench: {' '.join(command)} ended with {process.returncode}")
    return time.monotonic() - at, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def resident(pid):
    status = pathlib.Path("/proc", str(pid), "status").read_text()
    return int(re.search(r"\nVmRSS:\s+(\d+)", status).group(1)) / 1024


def processor(pid):
    fields = pathlib.Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def screen(command, home):
    """Until the prompt is there; processor time and memory two seconds later, at rest."""
    shown = tui.Screen([command], home)
    shown.until("Ask anything", 60)
    taken = time.monotonic() - shown.started
    shown.rest(2)
    figures = taken, shown.cpu(), resident(shown.pid)
    shown.close()
    return figures


def serve(command, home, environment):
    """Until the first request is answered; processor time and memory two seconds later, at rest."""
    at = time.monotonic()
    process = subprocess.Popen([command, "serve", "--port", "0"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address = None
    for line in process.stdout:
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            address = found.group(0)
            break
    if address is None:
        raise SystemExit("bench: the relay did not say where it listens")
    with urllib.request.urlopen(address + "/v1/models") as answer:
        answer.read()
    taken = time.monotonic() - at
    time.sleep(2)
    figures = taken, processor(process.pid), resident(process.pid)
    process.send_signal(signal.SIGTERM)
    process.stdout.read()
    process.wait()
    return figures


def peers(environment):
    folder = os.environ.get("PEERS")
    if not folder:
        return
    ours = {figure["what"]: figure for figure in FIGURES}
    for name in ("codex", "claude", "opencode"):
        program = pathlib.Path(folder, "node_modules", ".bin", name)
        if not program.exists():
            print(f"{name}: not in {folder}")
            continue
        for option in ("--version", "--help"):
            measured(f"{name} {option}", lambda: run([str(program), option], environment))
            theirs, own = FIGURES[-1], ours[f"hal0 {option}"]
            for unit in ("wall_s", "cpu_s", "memory_mb"):
                theirs[f"{unit}_of_hal0"] = round(own[unit] / theirs[unit], 2)
            print(f"    hal0 takes {theirs['wall_s_of_hal0']} of its time, {theirs['memory_mb_of_hal0']} of its memory")


def main():
    command, java, folder, results = sys.argv[1:]
    home = pathlib.Path(folder, "home")
    (home / "work").mkdir(parents=True)
    here, there = multiprocessing.Pipe()
    model = multiprocessing.Process(target=tui.serve, args=(there,), daemon=True)
    model.start()
    (home / "config.toml").write_text(
        f"""[active]
provider = "p"
model = "m"
[providers.p]
base_url = "http://127.0.0.1:{here.recv()}/v1"
auth_style = "none"
[relay]
port = 0
"""
    )
    environment = os.environ | {"HAL0_HOME": str(home)}
    options = ["-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"]
    measured("java", lambda: run([java, *options, "-cp", folder, "Empty"], environment))
    for words in ("--version", "--help", "slots list"):
        measured(f"hal0 {words}", lambda: run([command, *words.split()], environment))
    measured("hal0 ask", lambda: run([command, "ask", "hello"], environment))
    measured("hal0 (screen ready)", lambda: screen(command, home))
    measured("hal0 serve (answers)", lambda: serve(command, home, environment))
    peers(environment)
    pathlib.Path(results).write_text(json.dumps({"load": os.getloadavg()[0], "cores": os.cpu_count(), "starts": FIGURES}, indent=2) + "\n")
    model.terminate()


if __name__ == "__main__":
    main()
