import { invisible } from '@mechane/core/host';
import wrapAnsi from 'wrap-ansi';

/** Escapes what a terminal would obey instead of show, or show as nothing: an agent's name can neither rewrite the screen nor pass for another's. */
export function printable(text: string): string {
  return text.replace(invisible, escaped);
}

/** A name as a terminal can show it: in quotes where it is empty, or a blank stands before or behind it. */
export function printableName(name: string): string {
  return name === '' || /^ | $/.test(name) ? printable(JSON.stringify(name)) : printable(name);
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) as number).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

/** Cuts a long text, saying so. */
export function shortened(text: string, longest = 60): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** What JSON may be broken after, where it would be longer than a line: a comma between its parts. */
const jsonCommas: RegExp = /(?<=[\]}"\d]),(?=["[{])/g;

/**
 * Breaks lines that are longer than a terminal's between words, and JSON between its parts; what is broken off stands further in than its line.
 */
export function wrapped(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => {
      const indent = `${/^ */.exec(line)?.[0] ?? ''}  `;
      const spaced = line.length > columns ? line.replace(jsonCommas, ', ') : line;
      const [first = '', ...others] = wrapAnsi(spaced, columns, { trim: false, hard: false }).split('\n');
      if (others.length === 0) return first;
      const room = Math.max(8, columns - indent.length);
      const rest = wrapAnsi(others.join('').trimStart(), room, { trim: true, hard: false });
      return [first.trimEnd(), ...rest.split('\n').map((part) => indent + part)].join('\n');
    })
    .join('\n');
}
