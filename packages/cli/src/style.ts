import { styleText } from 'node:util';

/** How a terminal shows things: emphasis by colour or none at all, and as many characters in a line as it has place for. */
export interface Style {
  /** Infinity where there is no terminal: nothing has to fit. */
  readonly columns: number;
  strong(text: string): string;
  faint(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  doubtful(text: string): string;
}

/** The ways in which a text is emphasised. */
export type Emphasis = Exclude<keyof Style, 'columns'>;

/** Colour on a terminal only; NO_COLOR turns it off everywhere, FORCE_COLOR on. */
export function styleFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
  columns: number = Number.POSITIVE_INFINITY,
): Style {
  const coloured = wantsColour(stream, env);
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    coloured ? styleText(format, text, { validateStream: false }) : text;
  return {
    columns,
    strong: style('bold'),
    faint: style('dim'),
    good: style('green'),
    bad: style('red'),
    doubtful: style('yellow'),
  };
}

function wantsColour(
  { isTTY = false }: { readonly isTTY?: boolean },
  { NO_COLOR, FORCE_COLOR, TERM }: Readonly<Record<string, string | undefined>>,
): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY && TERM !== 'dumb';
}
