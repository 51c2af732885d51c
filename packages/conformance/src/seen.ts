/** Counts what an examination looked at. */
export interface Seen {
  judged: number;
  refused: number;
  broke: number;
}

export function nothingSeen(): Seen {
  return { judged: 0, refused: 0, broke: 0 };
}
