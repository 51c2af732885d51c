import { type Case, truthfulCase } from '../case.ts';
import { type Circumstance, circumstances, under } from '../game/circumstances.ts';
import type { Game } from '../game/game.ts';
import { same } from '../game/same.ts';
import { ifPlayable } from '../game/unplayable.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { allSaying } from '../words/words.ts';

/**
 * Another auction takes place in between, time passes, dice fall otherwise, it is played elsewhere and by a user: none of that may be
 * remembered or matter.
 */
export const deterministic: Law = caseLaw({
  name: 'structural/deterministic',
  says: 'the same reports, settings and seed give the same outcome, whatever was played before, when and where',
  playsPerRun: 25,
  cost: 24,
  cases: (_trial, { types, seed }) => [truthfulCase(types, seed)],
  excess: (game, given) => (discrepancyIn(game, given) ? Number.POSITIVE_INFINITY : 0),
  explain(game, given) {
    const { outcomes, how } = discrepancyIn(game, given) ?? {
      outcomes: [undefined, undefined] as const,
      how: 'it is played again',
    };
    return {
      counterexample: {
        settings: game.given,
        seed: given.seed,
        types: Object.fromEntries(given.types),
        outcomes,
      },
      reason:
        `when ${allSaying(given.types)}, the same run gives ${JSON.stringify(outcomes[0])}, ` +
        `and ${JSON.stringify(outcomes[1])} when ${how}`,
      scenarios: [],
    };
  },
});

interface Discrepancy {
  readonly outcomes: readonly [unknown, unknown];
  readonly how: string;
}

function discrepancyIn(game: Game, { types, seed }: Case): Discrepancy | undefined {
  const first = game.playAfresh(types, seed).outcome;
  ifPlayable(() => game.playAfresh(new Map([...types].slice(1)), seed + 1));
  const again: readonly (readonly [string, () => unknown])[] = [
    ['it is played again', () => game.playAfresh(types, seed).outcome],
    ...chosen(types.size, seed).map(
      (circumstance) =>
        [
          `it is played ${circumstance.how}`,
          () => under(circumstance, () => game.playAfresh(types, seed).outcome),
        ] as const,
    ),
    ['a user runs it', () => game.runAtEdge(types, seed) ?? first],
  ];
  for (const [how, play] of again) {
    const outcome = ifPlayable(play) ?? { failure: 'none' };
    if (!same(outcome, first)) return { outcomes: [first, outcome], how };
  }
  return undefined;
}

/** Three circumstances, others for other seeds. */
function chosen(size: number, seed: number): readonly Circumstance[] {
  const start = Math.abs(seed * 3 + size);
  return [0, 1, 2].map((offset) => circumstances[(start + offset) % circumstances.length] as Circumstance);
}
