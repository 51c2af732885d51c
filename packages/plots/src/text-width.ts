/** About how many pixels a text takes in the fonts that systems bring: there is nothing to measure it with outside of a page. */
export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const character of text) ems += widthOf(character);
  return ems * size * (bold ? 1.1 : 1);
}

function widthOf(character: string): number {
  if (/[ijl.,:;'|!’]/.test(character)) return 0.32;
  if (/[ frt()[\]"/]/.test(character)) return 0.4;
  if (/[mwMW%@]/.test(character)) return 0.95;
  if (/[A-Z]/.test(character)) return 0.72;
  return character.charCodeAt(0) > 0x2e80 ? 1 : 0.62;
}

/** A text cut to so many pixels, with an ellipsis where something is missing. */
export function cut(text: string, most: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= most) return text;
  let kept = '';
  for (const character of text) {
    if (textWidth(`${kept}${character}…`, size, bold) > most) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** A text in lines of so many pixels. */
export function wrapped(text: string, most: number, size: number, bold = false): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, size, bold) > most) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}
