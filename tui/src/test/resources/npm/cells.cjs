// xterm.js without a window: writes what each line of its input says to a terminal and answers what its cells are.
const base = process.argv[2] + '/node_modules/@xterm/'
const { Terminal } = require(base + 'headless')
const [cols, rows] = process.argv.slice(3).map(Number)
const terminal = new Terminal({ cols, rows, allowProposedApi: true, convertEol: true })

function look(cell) {
  const on = ['isDim', 'isBold', 'isUnderline', 'isInverse'].filter(name => cell[name]())
  const colour = cell.isFgDefault() ? '' : cell.getFgColor() + (cell.isFgRGB() ? 'rgb' : '')
  return on.join(' ') + '|' + colour + '|' + (cell.isBgDefault() ? '' : cell.getBgColor())
}

function shown() {
  const buffer = terminal.buffer.active
  const cells = []
  for (let y = 0; y < rows; y++) {
    const line = buffer.getLine(buffer.viewportY + y)
    for (let x = 0; x < cols; x++) {
      const cell = line.getCell(x)
      cells.push([cell.getWidth() === 0 ? '' : cell.getChars() || ' ', look(cell)])
    }
  }
  return { cells, x: buffer.cursorX, y: buffer.cursorY }
}

require('readline').createInterface({ input: process.stdin }).on('line', line => {
  terminal.write(JSON.parse(line), () => console.log(JSON.stringify(shown())))
})
