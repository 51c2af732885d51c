import { type Figure, toCsv, toSvg } from '@mechane/plots';
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { saveFile } from './save-file.ts';

/** A figure as wide as the place that it has, with its numbers to take along. */
export function FigureView({
  draw,
  children,
  files = true,
}: {
  readonly draw: (width: number) => Figure;
  readonly children?: JSX.Element;
  readonly files?: boolean;
}): JSX.Element {
  const [place, width] = useWidth();
  const id = useId();
  const figure = width === 0 ? undefined : draw(width);
  return (
    <div class="figure">
      <div
        class="drawing"
        ref={place}
        dangerouslySetInnerHTML={{
          __html: figure === undefined ? '' : toSvg(figure, { theme: 'page', id: `figure-${id}` }),
        }}
      />
      {children}
      {files && figure !== undefined && (
        <p class="files">
          <button type="button" class="quiet" onClick={() => saveFile('figure.svg', 'image/svg+xml', toSvg(figure))}>
            SVG
          </button>
          <button type="button" class="quiet" onClick={() => saveFile('figure.csv', 'text/csv', toCsv(figure))}>
            CSV
          </button>
        </p>
      )}
    </div>
  );
}

/** The width of an element, followed as it changes. */
export function useWidth(): readonly [{ current: HTMLDivElement | null }, number] {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const measure = (): void => setWidth(Math.max(280, Math.min(760, Math.floor(element.clientWidth))));
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}
