import { parseHTML } from 'linkedom';
import { type Figure, type SvgOptions, toSvg } from '../src/index.ts';

/** A figure as the elements of its SVG. */
export function drawn(figure: Figure, options?: SvgOptions): Element {
  const { document } = parseHTML(`<html><body>${toSvg(figure, options)}</body></html>`);
  return document.querySelector('svg') as Element;
}

/** Where the bar of an agent is. */
export function rectOf(svg: Element, key: string): { readonly x: number; readonly width: number } {
  const rect = svg.querySelector(`rect[data-key="${key}"]`);
  return { x: Number(rect?.getAttribute('x')), width: Number(rect?.getAttribute('width')) };
}
