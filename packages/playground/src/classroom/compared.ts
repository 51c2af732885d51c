import { valueInWords } from '../live/in-words.ts';
import type { Game } from './game.ts';
import type { Played } from './played.ts';

/** What came of a game in all groups, beside theory, in sentences. */
export function comparedWithTheory(game: Game, played: readonly Played[]): readonly string[] {
  const what = game.measure === 'revenue' ? 'The seller took' : 'All together gained';
  const where = game.grouping === 'all' ? '' : game.grouping === 'pairs' ? ' a pair' : ' a group';
  const sentences = [`${what} ${rounded(mean(played.map(({ measured }) => measured)))}${where}.`];
  const expected = played.flatMap(({ inEquilibrium }) => (inEquilibrium === undefined ? [] : [inEquilibrium]));
  if (expected.length === played.length && played.length > 0)
    sentences.push(
      `Had all ${game.theory.is === 'truth' ? 'said the truth' : 'played the equilibrium'} with these hands: ${rounded(mean(expected))}.`,
    );
  const { mean: inTheory } = game.theory;
  if (inTheory !== undefined) {
    const means = played.map(({ rows }) => inTheory(rows[0]?.hand.n ?? 2));
    sentences.push(`Over all hands that may be dealt, theory says ${rounded(mean(means))} on average.`);
  }
  return [...sentences, ...truthIn(game, played), ...curseIn(played)];
}

/** How many ranked as they truly liked, where rankings are what is said. */
function truthIn({ answering }: Game, played: readonly Played[]): readonly string[] {
  if (answering.kind !== 'ranking') return [];
  const rows = played.flatMap((each) => each.rows).filter(({ said }) => said !== undefined);
  const truly = rows.filter(
    ({ said, equilibrium, hand }) => said === equilibrium || isUpToOwn(said, equilibrium, hand.owns),
  );
  return [`${truly.length} of ${rows.length} ranked as they truly like.`];
}

/** Whoever brings something ranks what it likes better: what comes after its own is idle. */
function isUpToOwn(
  said: number | string | undefined,
  truth: number | string | undefined,
  owns: string | undefined,
): boolean {
  if (owns === undefined) return false;
  const upTo = (ranking: number | string | undefined): string => String(ranking).split(owns)[0] ?? '';
  return upTo(said).replace(/ > $/, '') === upTo(truth).replace(/ > $/, '');
}

/** How many of those who won a thing of the same worth to all have lost by it. */
function curseIn(played: readonly Played[]): readonly string[] {
  const winners = played
    .filter(({ truth }) => truth !== undefined)
    .flatMap(({ rows }) => rows.filter(({ won }) => won !== ''));
  if (winners.length === 0) return [];
  const cursed = winners.filter(({ gain }) => gain < 0).length;
  return [`${cursed} of ${winners.length} who won paid more than it was worth.`];
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** To a tenth. */
export function rounded(value: number): string {
  return valueInWords(Math.round(value * 10) / 10);
}
