/** The width of what is not shown on a terminal: nothing is ever wrapped there. */
export const unlimited: number = Number.POSITIVE_INFINITY;
/** Narrower than this, lines are only made longer by wrapping them. */
const narrowest = 30;

/** How many columns a stream has. */
export function widthOf(stream: { readonly isTTY?: boolean; readonly columns?: number }): number {
  return stream.isTTY && stream.columns ? Math.max(narrowest, stream.columns) : unlimited;
}

/** A text in lines of a width, broken at blanks, all but the first indented. What has no blank stays whole, so that it can be copied. */
export function wrapped(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = [];
  const [lead = ''] = /^ */.exec(text) ?? [];
  let line = '';
  for (const word of text.slice(lead.length).split(/(?<= )(?=[^ ])/)) {
    const begin = lines.length === 0 ? lead : indent;
    if (line !== '' && begin.length + (line + word).trimEnd().length > width) {
      lines.push(begin + line.trimEnd());
      line = '';
    }
    line += word;
  }
  return [...lines, (lines.length === 0 ? lead : indent) + line.trimEnd()];
}
