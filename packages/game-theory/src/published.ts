/** Games that somebody published, each with its source: `@mechane/game-theory/published`. */

import type { PublishedGame } from './published/published-game.ts';
import { tables } from './published/tables.ts';
import { trees } from './published/trees.ts';

export type { PublishedGame };

/**
 * Games that somebody published, each with its source: first tables of payoffs, then trees.
 *
 * @category Published games
 * @example
 * ```ts
 * import { publishedGames } from '@mechane/game-theory/published';
 *
 * const dilemma = publishedGames.find(({ id }) => id === 'prisoners-dilemma');
 * dilemma?.source; // => 'Luce and Raiffa 1957, Games and Decisions, section 5.4'
 * JSON.stringify(dilemma?.written()).slice(0, 28); // => '{"players":["row","column"],'
 * ```
 */
export const publishedGames: readonly PublishedGame[] = [...tables, ...trees];
