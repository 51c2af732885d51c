/** Containers within containers beyond which a scenario is refused: nothing sensible is so deep, and much code is recursive. */
export const deepestJson = 500;

const [quoteMark, backslash, colon] = [0x22, 0x5c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Counts the members ("key": value) of all objects in well-formed JSON, or returns -1 where it is nested too deeply. A
 * single pass over bytes: in UTF-8, no byte of a longer character looks like ASCII. Any count may come out of malformed JSON.
 */
export function countMembers(bytes: Uint8Array, start: number, end: number): number {
  let members = 0;
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === quoteMark) {
      at += 1;
      for (let inside = bytes[at]; inside !== quoteMark && at < end; inside = bytes[at]) {
        at += inside === backslash ? 2 : 1;
      }
    } else if (byte === colon) {
      members += 1;
    } else if (byte === openBrace || byte === openBracket) {
      depth += 1;
      if (depth > deepestJson) return -1;
    } else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1;
    }
  }
  return members;
}
