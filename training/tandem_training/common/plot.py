"""Lines in an SVG file: what a table says, to be seen at once. The look is that of the Java reports."""

from html import escape
from typing import NamedTuple

COLOURS = ("#0b6e4f", "#c0392b", "#2c5aa0", "#b7791f", "#6b4c9a", "#555555", "#1b9aaa", "#a0522d")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 440, 60, 570, 40, 390
DOTS = 24  # a line of more points has none


class Axis(NamedTuple):
    """From `low` to `high`, a mark every `step`; `form` writes a mark."""

    name: str
    low: float
    high: float
    step: float
    form: str = "{:.0%}"

    def marks(self):
        return [self.low + i * self.step for i in range(int((self.high - self.low) / self.step + 1e-9) + 1)]

    def share(self, value: float) -> float:
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def lines(title: str, x: Axis, y: Axis, series: dict[str, list[tuple]], dashed=()) -> str:
    """`series`: name -> points (x, y) or (x, y, low, high), the last two drawn as a bar; `dashed`: names of yardsticks."""
    def at(a, b):
        return LEFT + x.share(a) * (RIGHT - LEFT), BOTTOM - y.share(b) * (BOTTOM - TOP)

    def line(p, q, colour):
        return f'<line x1="{p[0]:.2f}" y1="{p[1]:.2f}" x2="{q[0]:.2f}" y2="{q[1]:.2f}" stroke="{colour}"/>'

    def text(p, anchor, words):
        return f'<text x="{p[0]:.2f}" y="{p[1]:.2f}" text-anchor="{anchor}">{escape(words)}</text>'

    out = [text((LEFT, 22), "start", title), text(((LEFT + RIGHT) / 2, HEIGHT - 12), "middle", f"{x.name}; upwards: {y.name}")]
    for mark in y.marks():
        p = at(x.low, mark)
        out += [line(p, at(x.high, mark), "#ddd"), text((p[0] - 6, p[1] + 4), "end", y.form.format(mark))]
    for mark in x.marks():
        p = at(mark, y.low)
        out += [line(p, at(mark, y.high), "#eee"), text((p[0], p[1] + 16), "middle", x.form.format(mark))]
    for i, (name, points) in enumerate(series.items()):
        colour, row = COLOURS[i % len(COLOURS)], TOP + 18 * i
        stroke = f'stroke="{colour}" stroke-width="1.5"' + (' stroke-dasharray="5 4"' if name in dashed else "")
        path = " ".join("{:.2f},{:.2f}".format(*at(*p[:2])) for p in points)
        out += [f'<polyline points="{path}" fill="none" {stroke}/>',
                f'<line x1="{RIGHT + 12}" y1="{row}" x2="{RIGHT + 28}" y2="{row}" {stroke}/>', text((RIGHT + 34, row + 4), "start", name)]
        for p in points if len(points) <= DOTS else ():
            out += [line(at(p[0], p[2]), at(p[0], p[3]), colour)] if len(p) > 2 else []
            out.append('<circle cx="{:.2f}" cy="{:.2f}" r="3" fill="{}"/>'.format(*at(*p[:2]), colour))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
            'font-family="sans-serif" font-size="12" fill="#222">\n  <rect width="100%" height="100%" fill="#fff"/>\n'
            + "".join(f"  {part}\n" for part in out) + "</svg>\n")
