import { type Game, readEfg, readJsonGame, readJsonTree, readNfg } from '@mechane/game-theory';

/** Reads a game as a file has it, or as rows of cells such as `3,3 0,5`. */
export function readGame(text: string): Game {
  const trimmed = text.trim();
  if (/^nfg\b/i.test(trimmed)) return readNfg(trimmed);
  if (/^efg\b/i.test(trimmed)) return readEfg(trimmed);
  if (trimmed.startsWith('{'))
    return 'root' in (JSON.parse(trimmed) as object) ? readJsonTree(trimmed) : readJsonGame(trimmed);
  return readJsonGame(JSON.stringify(fromMatrix(trimmed)));
}

/** A matrix of cells with two payoffs each, rows on lines. */
function fromMatrix(text: string): object {
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) =>
      line
        .trim()
        .split(/\s+/)
        .map((cell) => cell.split(/[,;]/)),
    );
  const wide = rows[0]?.length ?? 0;
  if (wide === 0 || rows.some((row) => row.length !== wide || row.some((cell) => cell.length !== 2))) {
    throw new Error(
      'This is no game: begin with NFG, EFG or {, or write rows of cells such as 3,3 0,5 with two payoffs each',
    );
  }
  const payoff = (part: string | undefined): string | number =>
    (part ?? '').includes('/') ? (part as string) : Number(part);
  return {
    players: ['row', 'column'],
    payoffs: [0, 1].map((player) => rows.map((row) => row.map((cell) => payoff(cell[player])))),
  };
}
