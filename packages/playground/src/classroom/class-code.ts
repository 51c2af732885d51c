/** No letter or digit that is taken for another when it is read from a wall. */
const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const length = 5;

/** A code that nobody guesses while a class lasts. */
export function newCode(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(length)), (word) => signs[word % signs.length]).join('');
}

/** The key under which the session of a class is made, so that others find it by the code. */
export function keyOf(code: string): string {
  return `code ${code.toUpperCase()}`;
}

/** A code as it is meant, however it was typed. */
export function codeMeant(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}
