"""Makes a picture (SVG) of a screen that `tmux capture-pane -e -p` printed, for README and docs.

usage: picture.py COLUMNS ROWS TITLE <screen >picture.svg
"""

import re
import sys
import unicodedata
from html import escape

CELL_WIDTH, CELL_HEIGHT, FONT_SIZE = 8.4, 18, 14
BAR = 30  # the window's title bar
PADDING = 10
BACKGROUND, FOREGROUND = "#1a1b26", "#c0caf5"
ANSI = [
    "#32344a", "#f7768e", "#9ece6a", "#e0af68", "#7aa2f7", "#ad8ee6", "#449dab", "#a9b1d6",
    "#6b7089", "#ff7a93", "#b9f27c", "#ff9e64", "#7da6ff", "#bb9af7", "#7dcfff", "#ffffff",
]  # fmt: skip
SEQUENCE = re.compile(r"\x1b\[([0-9;:]*)m|\x1b\].*?(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|[\x0e\x0f]")


def indexed(number):
    if number < 16:
        return ANSI[number]
    if number >= 232:
        grey = 8 + (number - 232) * 10
        return f"#{grey:02x}{grey:02x}{grey:02x}"
    steps = [0, 95, 135, 175, 215, 255]
    number -= 16
    return "#%02x%02x%02x" % (steps[number // 36], steps[number // 6 % 6], steps[number % 6])


class Pen:
    def __init__(self):
        self.reset()

    def reset(self):
        self.foreground = self.background = None
        self.bold = self.faint = self.italic = self.underline = self.reverse = self.strike = False

    def take(self, parameters):
        codes = [int(code or 0) for code in re.split("[;:]", parameters)]
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.reset()
            elif code in (38, 48):
                color = None
                if codes and codes[0] == 5:
                    color, codes = indexed(codes[1]), codes[2:]
                elif codes and codes[0] == 2:
                    color, codes = "#%02x%02x%02x" % tuple(codes[1:4]), codes[4:]
                if code == 38:
                    self.foreground = color
                else:
                    self.background = color
            elif 30 <= code <= 37:
                self.foreground = ANSI[code - 30]
            elif 90 <= code <= 97:
                self.foreground = ANSI[code - 82]
            elif 40 <= code <= 47:
                self.background = ANSI[code - 40]
            elif 100 <= code <= 107:
                self.background = ANSI[code - 92]
            elif code == 39:
                self.foreground = None
            elif code == 49:
                self.background = None
            else:
                self.mark(code)

    def mark(self, code):
        marks = {1: "bold", 2: "faint", 3: "italic", 4: "underline", 7: "reverse", 9: "strike"}
        if code in marks:
            setattr(self, marks[code], True)
        elif code == 22:
            self.bold = self.faint = False
        elif code - 20 in marks:
            setattr(self, marks[code - 20], False)

    def style(self):
        front, back = self.foreground or FOREGROUND, self.background or BACKGROUND
        if self.reverse:
            front, back = back, front
        css = [f"fill:{front}"]
        css += ["font-weight:bold"] if self.bold else []
        css += ["opacity:.62"] if self.faint else []
        css += ["font-style:italic"] if self.italic else []
        lines = ["underline"] * self.underline + ["line-through"] * self.strike
        css += ["text-decoration:" + " ".join(lines)] if lines else []
        return ";".join(css), None if back == BACKGROUND else back


def cells(text):
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    none = sum(unicodedata.combining(c) > 0 or c in "\u200d\ufe0f" for c in text)
    return len(text) + wide - none


def line(text, row, pen, out):
    column = at = 0
    y = BAR + PADDING + row * CELL_HEIGHT

    def put(piece):
        nonlocal column
        if not piece:
            return
        css, back = pen.style()
        width = cells(piece)
        x = PADDING + column * CELL_WIDTH
        if back:
            out.append(
                f'<rect x="{x:.1f}" y="{y}" width="{width * CELL_WIDTH:.1f}"'
                f' height="{CELL_HEIGHT}" fill="{back}"/>'
            )
        if piece.strip() or pen.underline:
            out.append(
                f'<text x="{x:.1f}" y="{y + 13}" textLength="{width * CELL_WIDTH:.1f}"'
                f' lengthAdjust="spacingAndGlyphs" style="{css}">{escape(piece)}</text>'
            )
        column += width

    for found in SEQUENCE.finditer(text):
        put(text[at : found.start()])
        if found.group(1) is not None:
            pen.take(found.group(1))
        at = found.end()
    put(text[at:])


def main():
    columns, rows, title = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    width = round(columns * CELL_WIDTH + 2 * PADDING)
    height = BAR + rows * CELL_HEIGHT + 2 * PADDING
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" font-family="ui-monospace,Menlo,Consolas,\'DejaVu Sans Mono\',monospace"'
        f' font-size="{FONT_SIZE}" xml:space="preserve">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="{BACKGROUND}"/>',
        *(
            f'<circle cx="{18 + i * 18}" cy="15" r="5.5" fill="{color}"/>'
            for i, color in enumerate(("#f7768e", "#e0af68", "#9ece6a"))
        ),
        f'<text x="{width / 2}" y="19" text-anchor="middle" style="fill:#6b7089">{escape(title)}</text>',
    ]
    pen = Pen()
    for row, text in enumerate(sys.stdin.read().split("\n")[:rows]):
        line(text, row, pen, out)
    print("\n".join(out + ["</svg>"]))


main()
