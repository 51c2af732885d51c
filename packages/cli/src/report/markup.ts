import { printable } from '../terminal-text.ts';

/** A piece of a page in which everything that came from elsewhere is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Markup | readonly Piece[] | undefined;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Writes a piece of a page. What is put in is text, in which nothing is a tag and nothing turns the direction of writing; only other pieces go in
 * as they are.
 */
export function html(written: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(written.reduce((text, own, index) => text + inserted(pieces[index - 1]) + own));
}

function inserted(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'object') return piece.map(inserted).join('');
  return printable(String(piece)).replaceAll(/[&<>"']/g, (sign) => entities[sign] as string);
}
