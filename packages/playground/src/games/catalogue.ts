import { publishedGames } from '@mechane/game-theory/published';
import { compactJson } from '../compact-json.ts';

/** A game that somebody published, as a page shows it. */
export interface ShownGame {
  readonly name: string;
  readonly source: string;
  /** The game as a file has it. */
  text(): string;
}

/** So many letters fit on a line where a game is shown. */
const width = 52;

/** Games with their sources: tables first, then trees. */
export const catalogue: readonly ShownGame[] = publishedGames.map(({ name, source, written }) => ({
  name,
  source,
  text() {
    const game = written();
    return typeof game === 'string' ? game : compactJson(game, width);
  },
}));
