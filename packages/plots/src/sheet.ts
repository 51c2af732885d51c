import type { Cell, Figure, Lettering, Look, Mark, Point } from './figure.ts';
import { cut, textWidth, wrapped } from './text-width.ts';

const [titleSize, subtitleSize] = [15, 12];
/** How high letters are that nobody said otherwise of, in pixels. */
export const textSize = 12;
const widest = 640;

/** Paper to draw on from top to bottom: it begins with what is seen. */
export class Sheet {
  readonly width: number;
  /** Where the heading ends. */
  readonly top: number;
  readonly title: string;
  readonly #marks: Mark[] = [];

  /**
   * @param title what is seen, in a sentence
   * @param subtitle what stands for what, with units
   */
  constructor(title: string, subtitle: string, width: number = widest) {
    this.width = width;
    this.title = title;
    let y = 6;
    for (const line of wrapped(title, width - 8, titleSize, true)) {
      y += titleSize + 4;
      this.text([0, y - 4], line, { size: titleSize, bold: true });
    }
    for (const line of wrapped(subtitle, width - 8, subtitleSize)) {
      y += subtitleSize + 4;
      this.text([0, y - 3], line, { size: subtitleSize, fill: 'faint' });
    }
    this.top = y + 10;
  }

  rect(at: Point, width: number, height: number, look: Look & { readonly round?: number } = {}): void {
    this.#marks.push({ shape: 'rect', at, width: Math.max(0, width), height: Math.max(0, height), ...look });
  }

  line(points: readonly Point[], look: Look & { readonly closed?: boolean; readonly arrow?: boolean } = {}): void {
    if (points.length > 1) this.#marks.push({ shape: 'line', points, stroke: 'ink', ...look });
  }

  curve(from: Point, to: Point, look: Look = {}): void {
    this.#marks.push({ shape: 'curve', points: [from, to], stroke: 'ink', ...look });
  }

  dot(
    at: Point,
    look: Look & { readonly radius?: number; readonly symbol?: 'circle' | 'square' | 'diamond' | 'triangle' } = {},
  ): void {
    this.#marks.push({ shape: 'dot', at, radius: 4, fill: 'ink', ...look });
  }

  /** Sets a text; `most` is how many pixels it may take. */
  text(at: Point, text: string, lettering: Lettering = {}, most: number = Infinity): void {
    if (text === '') return;
    const { size = textSize, bold = false } = lettering;
    this.#marks.push({ shape: 'text', at, fill: 'ink', ...lettering, text: cut(text, most, size, bold) });
  }

  /** What names stand for, as far as they fit, from left to right; gives where the last line ends. */
  legend(
    y: number,
    entries: readonly { readonly name: string; readonly look: Look; readonly as: 'line' | 'box' }[],
  ): number {
    let [x, line] = [0, y];
    for (const { name, look, as } of entries) {
      const width = 24 + textWidth(name, textSize) + 18;
      if (x > 0 && x + width > this.width) [x, line] = [0, line + 18];
      if (as === 'box') this.rect([x, line - 9], 16, 10, look);
      else
        this.#marks.push({
          shape: 'line',
          points: [
            [x, line - 4],
            [x + 18, line - 4],
          ],
          weight: 2,
          ...look,
        });
      this.text([x + 24, line], name, { fill: 'ink' }, this.width - x - 24);
      x += width;
    }
    return line + 12;
  }

  /** The picture as it is now. */
  figure(
    height: number,
    description: string,
    table: { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] },
  ): Figure {
    return { title: this.title, description, width: this.width, height: Math.ceil(height), marks: this.#marks, table };
  }
}
