/** Under this, a phone keeps its place in a class, so that whoever types the code again comes back to it. */
function placeOf(code: string): string {
  return `class ${code}`;
}

export function keepSeat(code: string, token: string): void {
  localStorage.setItem(placeOf(code), token);
}

export function keptSeat(code: string): string | undefined {
  return localStorage.getItem(placeOf(code)) ?? undefined;
}
