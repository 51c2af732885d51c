import type { Figure, Look, Mark, Point } from './figure.ts';
import { inLatex } from './games/payoff-table.ts';
import { palette, type Role } from './palette.ts';

const pointsPerPixel = 0.75;

/**
 * A figure as a TikZ picture for LaTeX, such as the tree of a game: `\usepackage{tikz}` is all it needs.
 *
 * @example
 * ```ts
 * import { gameTree, toTikz } from '@mechane/plots';
 *
 * const stop = { payoffs: [1, 0] };
 * const tree = gameTree({ player: 'Ann', moves: [{ action: 'stop', to: stop }, { action: 'go', to: { payoffs: [2, 1] } }] }, ['Ann', 'Bob']);
 * toTikz(tree).startsWith(String.raw`\begin{tikzpicture}`); // => true
 * ```
 *
 * @category Files
 */
export function toTikz({ marks, title }: Figure): string {
  const used = Object.keys(palette).map(
    (role) =>
      `  \\definecolor{mechane-${role}}{HTML}{${palette[role as keyof typeof palette][0].slice(1).toUpperCase()}}`,
  );
  return [
    `\\begin{tikzpicture}[x=${pointsPerPixel}pt,y=-${pointsPerPixel}pt,line width=0.6pt,font=\\sffamily\\footnotesize]`,
    `  % ${title.replaceAll(/\s+/g, ' ')}`,
    ...used,
    ...marks.map((mark) => `  ${drawn(mark)}`),
    '\\end{tikzpicture}',
    '',
  ].join('\n');
}

function drawn(mark: Mark): string {
  switch (mark.shape) {
    case 'rect': {
      const [x, y] = mark.at;
      return `\\path${styled(mark)} ${pair([x, y])} rectangle ${pair([x + mark.width, y + mark.height])};`;
    }
    case 'line':
      return `\\path${styled(mark, mark.arrow ? ['->'] : [])} ${mark.points.map(pair).join(' -- ')}${mark.closed ? ' -- cycle' : ''};`;
    case 'curve': {
      const [[x1, y1], [x2, y2]] = mark.points;
      const middle = (x1 + x2) / 2;
      return `\\path${styled(mark)} ${pair([x1, y1])} .. controls ${pair([middle, y1])} and ${pair([middle, y2])} .. ${pair([x2, y2])};`;
    }
    case 'dot':
      return dot(mark);
    case 'text':
      return text(mark);
  }
}

function styled(
  { fill = 'none', stroke = 'none', weight = 1, dash = '', opacity }: Look,
  more: readonly string[] = [],
): string {
  const [on = '', off = on] = dash.split(' ');
  const options = [
    ...(fill === 'none' ? [] : [`fill=${colour(fill)}`]),
    ...(stroke === 'none' ? [] : [`draw=${colour(stroke)}`, `line width=${short(weight * 0.6)}pt`]),
    ...(dash === '' ? [] : [`dash pattern=on ${on}pt off ${off}pt`]),
    ...(opacity === undefined ? [] : [`opacity=${opacity}`]),
    ...more,
  ];
  return options.length === 0 ? '' : `[${options.join(',')}]`;
}

function dot(mark: Extract<Mark, { shape: 'dot' }>): string {
  const { at, radius: r, symbol = 'circle' } = mark;
  const [x, y] = at;
  if (symbol === 'circle') return `\\path${styled(mark)} ${pair(at)} circle [radius=${short(r * pointsPerPixel)}pt];`;
  const turn = symbol === 'diamond' ? 'rotate around={45:' : undefined;
  const more = turn === undefined ? [] : [`${turn}${pair(at)}}`];
  if (symbol === 'triangle')
    return `\\path${styled(mark)} ${pair([x, y - 1.2 * r])} -- ${pair([x + 1.1 * r, y + r])} -- ${pair([x - 1.1 * r, y + r])} -- cycle;`;
  return `\\path${styled(mark, more)} ${pair([x - r, y - r])} rectangle ${pair([x + r, y + r])};`;
}

function text({
  at,
  text: words,
  anchor = 'start',
  bold = false,
  italic = false,
  fill = 'ink',
  size = 12,
}: Extract<Mark, { shape: 'text' }>): string {
  const side = { start: 'base west', middle: 'base', end: 'base east' }[anchor];
  const font = [bold ? '\\bfseries' : '', italic ? '\\itshape' : '', size >= 14 ? '\\normalsize' : ''].join('');
  const options = [
    `anchor=${side}`,
    'inner sep=0',
    `text=${colour(fill)}`,
    ...(font === '' ? [] : [`font=\\sffamily${size >= 14 ? '' : '\\footnotesize'}${font}`]),
  ];
  return `\\node[${options.join(',')}] at ${pair(at)} {${inLatex(words)}};`;
}

function colour(role: Role): string {
  return `mechane-${role}`;
}

function pair([x, y]: Point): string {
  return `(${short(x)},${short(y)})`;
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
