import type { Role } from './palette.ts';

/**
 * A point of a picture, in pixels from its top left corner.
 *
 * @category Figures
 */
export type Point = readonly [x: number, y: number];

/**
 * How a mark is drawn.
 *
 * @category Figures
 */
export interface Look {
  readonly fill?: Role;
  readonly stroke?: Role;
  /** The width of the stroke in pixels: 1 unless given. */
  readonly weight?: number;
  /** Lengths of dashes and gaps, such as `'4 3'`. */
  readonly dash?: string;
  readonly opacity?: number;
  /** What is said where one points at the mark. */
  readonly label?: string;
  /** What the mark stands for, to be found again in a page. */
  readonly key?: string;
}

/**
 * How a text is set.
 *
 * @category Figures
 */
export interface Lettering extends Pick<Look, 'fill' | 'key'> {
  /** The height of the letters in pixels: 12 unless given. */
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** Whether a rim of paper keeps the letters apart from what they stand on. */
  readonly rim?: boolean;
}

/**
 * One thing that is drawn.
 *
 * @category Figures
 */
export type Mark =
  | (Look & {
      readonly shape: 'rect';
      readonly at: Point;
      readonly width: number;
      readonly height: number;
      readonly round?: number;
    })
  | (Look & {
      readonly shape: 'line';
      readonly points: readonly Point[];
      readonly closed?: boolean;
      readonly arrow?: boolean;
    })
  | (Look & {
      readonly shape: 'curve';
      /** From the first point to the last, leaving and arriving level. */
      readonly points: readonly [Point, Point];
    })
  | (Look & {
      readonly shape: 'dot';
      readonly at: Point;
      readonly radius: number;
      readonly symbol?: 'circle' | 'square' | 'diamond' | 'triangle';
    })
  | (Lettering & { readonly shape: 'text'; readonly at: Point; readonly text: string });

/**
 * A number, a word or nothing, in a table of numbers.
 *
 * @category Figures
 */
export type Cell = string | number | null;

/**
 * A picture as plain values: what is drawn, what it says, and the numbers behind it.
 *
 * @category Figures
 */
export interface Figure {
  /** What is seen, in a sentence. */
  readonly title: string;
  /** What a reader who sees nothing has to know: what stands for what, and the result. */
  readonly description: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  /** The numbers of the picture. */
  readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] };
  /** Where numbers stand along the horizontal axis, for whoever moves them by hand. */
  readonly axis?: {
    readonly from: number;
    readonly to: number;
    readonly low: number;
    readonly high: number;
  };
}

/**
 * What all figures can be told.
 *
 * @category Figures
 */
export interface FigureOptions {
  /** In pixels: 640 unless given. Readable from 300 on. */
  readonly width?: number;
}
