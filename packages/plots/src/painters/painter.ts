import type { Figure, FigureOptions } from '../figure.ts';
import type { AnyRun } from '../run-shape.ts';

/** Draws a run whose shape it knows, and nothing of others. */
export type Painter = (run: AnyRun, options: FigureOptions) => Figure | undefined;
