/** Characters that would move the cursor, change colours or turn the direction of writing, and surrogates without a partner. */
const unprintable: RegExp = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;
const wide: RegExp =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const segmenter: Intl.Segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Escapes what a terminal would obey instead of show, so that an agent's name cannot rewrite the screen. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Cuts a long text, saying so. */
export function shortened(text: string, longest = 60): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** How many columns a printable text takes on a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}
