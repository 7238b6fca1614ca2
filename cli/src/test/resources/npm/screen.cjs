// What a terminal shows: xterm.js without a browser. Lines on standard input are orders (`w BASE64` bytes to
// show, `r COLUMNS ROWS`, `s` tell what is shown), lines on standard output are `d BASE64`, what the
// terminal answers by itself, and `s JSON`.
const { createRequire } = require("node:module");
const { createInterface } = require("node:readline");
const need = createRequire(process.argv[2] + "/");
const { Terminal } = need("@xterm/headless");
const { UnicodeGraphemesAddon } = need("@xterm/addon-unicode-graphemes");

const terminal = new Terminal({
  cols: Number(process.argv[3]),
  rows: Number(process.argv[4]),
  allowProposedApi: true,
  scrollback: 100000,
});
terminal.loadAddon(new UnicodeGraphemesAddon());
const say = (line) => process.stdout.write(line + "\n");
terminal.onData((data) => say("d " + Buffer.from(data).toString("base64")));
terminal.onBinary((data) => say("d " + Buffer.from(data, "binary").toString("base64")));
let titles = 0;
terminal.onTitleChange(() => titles++);
let bells = 0;
terminal.onBell(() => bells++);
const clipboard = [];
terminal.parser.registerOscHandler(52, (data) => clipboard.push(data) > 0);

function colors(line, length) {
  const seen = new Set();
  const cell = terminal.buffer.active.getNullCell();
  for (let x = 0; x < length; x++) {
    line.getCell(x, cell);
    if (!cell.isFgDefault()) seen.add((cell.isFgRGB() ? "rgb" : "") + cell.getFgColor());
    if (!cell.isBgDefault()) seen.add("on" + cell.getBgColor());
  }
  return seen;
}

function shown() {
  const buffer = terminal.buffer.active;
  const all = new Set();
  const lines = [];
  for (let y = 0; y < terminal.rows; y++) {
    const line = buffer.getLine(buffer.baseY + y);
    lines.push(line.translateToString(true));
    for (const color of colors(line, terminal.cols)) all.add(color);
  }
  const history = [];
  const normal = terminal.buffer.normal;
  for (let y = 0; y < normal.baseY + terminal.rows; y++) {
    history.push(normal.getLine(y)?.translateToString(true) ?? "");
  }
  return {
    lines,
    history,
    x: buffer.cursorX,
    y: buffer.cursorY,
    alternate: buffer.type === "alternate",
    paste: terminal.modes.bracketedPasteMode,
    mouse: terminal.modes.mouseTrackingMode,
    focus: terminal.modes.sendFocusMode,
    colors: [...all],
    titles,
    bells,
    clipboard,
  };
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const [order, first, second] = line.split(" ");
  if (order === "w") terminal.write(Buffer.from(first, "base64"));
  else if (order === "r") terminal.write("", () => terminal.resize(Number(first), Number(second)));
  else if (order === "s") terminal.write("", () => say("s " + JSON.stringify(shown())));
});
