import type { Figure, Look, Mark, Point } from './figure.ts';
import { colourRules, palette, type Role } from './palette.ts';

/**
 * How a figure is written as SVG.
 *
 * @category Files
 */
export interface SvgOptions {
  /**
   * `auto` follows the reader's system, `light` and `dark` are fixed, `page` leaves colours to the page it stands in: see {@link pageStyle}.
   * `auto` unless given.
   */
  readonly theme?: 'auto' | 'light' | 'dark' | 'page';
  /** What the ids in the file begin with, where several stand in one page: made from the title unless given. */
  readonly id?: string;
}

/**
 * A figure as SVG that stands alone: with its title and description for those who listen, and with colours for light and dark paper.
 *
 * @example
 * ```ts
 * import { sealedAuction, toSvg } from '@mechane/plots';
 *
 * const figure = sealedAuction({ bids: { ann: 10, bob: 15, eve: 12 }, payments: { ann: 0, bob: 12, eve: 0 }, winner: 'bob', price: 12 });
 * toSvg(figure).slice(0, 4); // => '<svg'
 * figure.title; // => 'bob wins and pays 12'
 * ```
 *
 * @category Files
 */
export function toSvg(figure: Figure, { theme = 'auto', id = idOf(figure.title) }: SvgOptions = {}): string {
  const { title, description, width, height, marks } = figure;
  const side = theme === 'dark' ? 1 : 0;
  const paper = theme === 'page' ? '' : rectOfPaper(width, height, side);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="mechane-plot" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `role="img" aria-labelledby="${id}-title ${id}-description" font-family="system-ui, sans-serif">` +
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-description">${escaped(description)}</desc>` +
    `${styleFor(theme)}${paper}${marks.map((mark) => drawn(mark, side)).join('')}</svg>`
  );
}

function styleFor(theme: SvgOptions['theme']): string {
  if (theme !== 'auto') return '';
  return `<style>@media (prefers-color-scheme:dark){${colourRules('dark')}}</style>`;
}

function rectOfPaper(width: number, height: number, side: 0 | 1): string {
  return `<rect width="${width}" height="${height}"${painted('fill', 'paper', side)}/>`;
}

function drawn(mark: Mark, side: 0 | 1): string {
  switch (mark.shape) {
    case 'rect': {
      const [x, y] = mark.at;
      const round = mark.round === undefined ? '' : ` rx="${mark.round}"`;
      return element(
        'rect',
        ` x="${short(x)}" y="${short(y)}" width="${short(mark.width)}" height="${short(mark.height)}"${round}`,
        mark,
        side,
      );
    }
    case 'line': {
      const path = `M${mark.points.map(pair).join('L')}${mark.closed ? 'Z' : ''}`;
      return (
        element('path', ` d="${path}"`, mark, side) +
        (mark.arrow ? arrowHead(mark.points, mark.stroke ?? 'ink', side) : '')
      );
    }
    case 'curve': {
      const [[x1, y1], [x2, y2]] = mark.points;
      const middle = short((x1 + x2) / 2);
      return element(
        'path',
        ` d="M${pair([x1, y1])}C${middle},${short(y1)} ${middle},${short(y2)} ${pair([x2, y2])}"`,
        mark,
        side,
      );
    }
    case 'dot':
      return dot(mark, side);
    case 'text':
      return text(mark, side);
  }
}

function element(name: string, geometry: string, look: Look, side: 0 | 1): string {
  const { fill = 'none', stroke = 'none', weight = 1, dash = '', opacity, label, key } = look;
  const rest = [
    painted('fill', fill, side),
    stroke === 'none' ? '' : `${painted('stroke', stroke, side)}${weight === 1 ? '' : ` stroke-width="${weight}"`}`,
    dash === '' ? '' : ` stroke-dasharray="${dash}"`,
    opacity === undefined ? '' : ` opacity="${opacity}"`,
    key === undefined ? '' : ` data-key="${escaped(key)}"`,
  ];
  const classes = [fill === 'none' ? '' : `f-${fill}`, stroke === 'none' ? '' : `s-${stroke}`].filter(
    (each) => each !== '',
  );
  const start = `<${name}${classes.length === 0 ? '' : ` class="${classes.join(' ')}"`}${geometry}${rest.join('')}`;
  return label === undefined ? `${start}/>` : `${start}><title>${escaped(label)}</title></${name}>`;
}

/** The colour on light or dark paper as an attribute, for readers that know no style sheets. */
function painted(attribute: 'fill' | 'stroke', role: Role, side: 0 | 1): string {
  return ` ${attribute}="${role === 'none' ? 'none' : palette[role][side]}"`;
}

function dot(mark: Extract<Mark, { shape: 'dot' }>, side: 0 | 1): string {
  const { at, radius: r, symbol = 'circle' } = mark;
  const [x, y] = at;
  if (symbol === 'circle') return element('circle', ` cx="${short(x)}" cy="${short(y)}" r="${short(r)}"`, mark, side);
  const corners: Readonly<Record<string, readonly Point[]>> = {
    square: [
      [x - r, y - r],
      [x + r, y - r],
      [x + r, y + r],
      [x - r, y + r],
    ],
    diamond: [
      [x, y - 1.3 * r],
      [x + 1.3 * r, y],
      [x, y + 1.3 * r],
      [x - 1.3 * r, y],
    ],
    triangle: [
      [x, y - 1.2 * r],
      [x + 1.1 * r, y + r],
      [x - 1.1 * r, y + r],
    ],
  };
  return element('path', ` d="M${(corners[symbol] as readonly Point[]).map(pair).join('L')}Z"`, mark, side);
}

function text(mark: Extract<Mark, { shape: 'text' }>, side: 0 | 1): string {
  const { at, size = 12, anchor = 'start', bold = false, italic = false, rim = false, fill = 'ink', key } = mark;
  const style = [
    anchor === 'start' ? '' : ` text-anchor="${anchor}"`,
    bold ? ' font-weight="600"' : '',
    italic ? ' font-style="italic"' : '',
    key === undefined ? '' : ` data-key="${escaped(key)}"`,
    painted('fill', fill, side),
    rim ? `${painted('stroke', 'paper', side)} stroke-width="4" stroke-linejoin="round" paint-order="stroke"` : '',
  ].join('');
  return `<text class="f-${fill}${rim ? ' s-paper' : ''}" x="${short(at[0])}" y="${short(at[1])}" font-size="${size}"${style}>${escaped(mark.text)}</text>`;
}

function arrowHead(points: readonly Point[], role: Role, side: 0 | 1): string {
  const [x2, y2] = points.at(-1) as Point;
  const [x1, y1] = points.at(-2) as Point;
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const wing = (turn: number): Point => [x2 - 8 * Math.cos(angle + turn), y2 - 8 * Math.sin(angle + turn)];
  return element(
    'path',
    ` d="M${[[x2, y2] as Point, wing(0.4), wing(-0.4)].map(pair).join('L')}Z"`,
    { fill: role },
    side,
  );
}

function pair([x, y]: Point): string {
  return `${short(x)},${short(y)}`;
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : '0';
}

/** A text as it stands in XML; characters that XML cannot hold become question marks. */
export function escaped(raw: string): string {
  return [...raw]
    .map((character) => entities[character] ?? (isSound(character.codePointAt(0) ?? 0) ? character : '?'))
    .join('');
}

function isSound(code: number): boolean {
  if (code < 32) return code === 9 || code === 10 || code === 13;
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** An id that is the same for the same title. */
function idOf(title: string): string {
  let hash = 5381;
  for (const character of title) hash = (hash * 33 + (character.codePointAt(0) as number)) >>> 0;
  return `m${hash.toString(36)}`;
}
