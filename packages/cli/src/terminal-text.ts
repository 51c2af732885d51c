/** Characters that would move the cursor, change colours or turn the direction of writing, and surrogates without a partner. */
const unprintable: RegExp = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;

/** Escapes what a terminal would obey instead of show, so that an agent's name cannot rewrite the screen. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Cuts a long text, saying so. */
export function shortened(text: string, longest = 60): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
