import { type Box, pause, Rational, type SearchOptions } from '@mechane/numerics';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search, type Steps } from '../search.ts';
import { exactEquilibrium } from '../two-player/exact-profile.ts';
import { type ApproximateEquilibrium, approximateEquilibrium, withExact } from './approximate-equilibrium.ts';
import { makeIndifferent } from './indifference.ts';
import { NormalFormMap } from './payoff-map.ts';
import { SupportBoxes } from './support-boxes.ts';

const smallestBox = 1e-7;
const mostBoxes = 50_000;
/** What a difference in payoffs, as a share of their range, has to be at least to be told from none. */
const clear = 1e-9;

/**
 * Support enumeration for any number of players: for every choice of supports, smallest first, all mixtures are
 * searched, box by box, for those that make
 * all strategies of the supports equally good and best. Boxes are ruled out, or shown to hold just one, by interval
 * arithmetic with allowance for
 * rounding (Krawczyk 1969), so that `complete` is a proof. Where boxes stay undecided, as in degenerate games, it says
 * so. For small games: the number of
 * supports grows as 2 to the number of all strategies.
 *
 * @example
 * ```ts
 * import { manySupports, readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[2, 0], [0, 1]], [[1, 0], [0, 2]]] });
 * const { results, complete } = manySupports(game).now();
 * results.map(({ exact }) => String(exact?.profile)); // => ['1,0,1,0', '0,1,0,1', '2/3,1/3,1/3,2/3']
 * complete; // => true
 * ```
 */
export function manySupports(game: NormalFormGame, options: SearchOptions = {}): Search<ApproximateEquilibrium> {
  return new Search((pace) => steps(game, pace), options);
}

function* steps(
  game: NormalFormGame,
  pace: Parameters<ConstructorParameters<typeof Search>[0]>[0],
): Steps<ApproximateEquilibrium> {
  const map = new NormalFormMap(game);
  let undecided = 0;
  for (const support of supports(game.shape)) {
    if (pace.due()) {
      yield pause;
      if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped };
    }
    if (support.every((own) => own.length === 1)) {
      const pure = pureProfile(game, map, support);
      if (pure !== undefined) yield pure;
      continue;
    }
    const equations = new SupportBoxes(map, support);
    const open: Box[] = [equations.whole()];
    let isDecided = true;
    for (let boxes = 0; open.length > 0; boxes++) {
      if (pace.due()) {
        yield pause;
        if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped };
      }
      const verdict = equations.judge(open.pop() as Box);
      if (verdict.kind === 'none') continue;
      if (verdict.kind === 'open') {
        const large = verdict.boxes.filter(({ low, high }) =>
          low.some((from, at) => (high[at] as number) - from > smallestBox),
        );
        if (large.length < verdict.boxes.length) isDecided = false;
        if (boxes > mostBoxes) {
          isDecided = false;
          break;
        }
        open.push(...large);
        continue;
      }
      const judged = judge(game, map, support, verdict.weights);
      if (judged === 'undecided') isDecided = false;
      else if (judged !== 'none') yield judged;
    }
    if (!isDecided) undecided += 1;
  }
  if (undecided === 0) return { complete: true };
  return { complete: false, reason: `${undecided} supports are undecided: the game may be degenerate` };
}

/** Whether the only solution near some weights is an equilibrium. */
function judge(
  game: NormalFormGame,
  map: NormalFormMap,
  support: readonly (readonly number[])[],
  near: Float64Array,
): ApproximateEquilibrium | 'none' | 'undecided' {
  const inside = game.shape.flatMap((count, player) =>
    Array.from({ length: count }, (_, strategy) => (support[player] as readonly number[]).includes(strategy)),
  );
  const weights = makeIndifferent(map, inside, near);
  if (weights === undefined) return 'undecided';
  const values = new Float64Array(map.size);
  map.evaluate(weights, values);
  // Weights of the support, and what strategies outside it pay less, are clearly above 0 in an equilibrium.
  let least = Number.POSITIVE_INFINITY;
  support.forEach((own, player) => {
    const from = map.offsets[player] as number;
    const level = values[from + (own[0] as number)] as number;
    for (let at = from; at < (map.offsets[player + 1] as number); at++) {
      least = Math.min(least, inside[at] ? (weights[at] as number) : level - (values[at] as number));
    }
  });
  if (least < -clear) return 'none';
  const equilibrium = withExact(
    game,
    approximateEquilibrium(
      map,
      weights.map((weight) => Math.max(0, weight)),
    ),
  );
  if (least > clear) return equilibrium;
  if (equilibrium.exact === undefined) return 'undecided';
  // With a weight of exactly 0 it belongs to a smaller support, and is found there.
  const { profile } = equilibrium.exact;
  const isWhole = profile.flat().every(({ sign }, at) => !inside[at] || sign > 0);
  return isWhole ? equilibrium : 'none';
}

function pureProfile(
  game: NormalFormGame,
  map: NormalFormMap,
  support: readonly (readonly number[])[],
): ApproximateEquilibrium | undefined {
  const exact = exactEquilibrium(
    game,
    game.shape.map((count, player) =>
      Array.from({ length: count }, (_, at) => (support[player]?.[0] === at ? Rational.one : Rational.zero)),
    ),
  );
  if (exact.regret.sign > 0) return undefined;
  const weights = Float64Array.from(exact.profile.flat(), (weight) => weight.toNumber());
  return { ...approximateEquilibrium(map, weights), exact };
}

/** All choices of a support for each player, those with the fewest strategies first. */
function* supports(shape: readonly number[]): Generator<readonly (readonly number[])[], void, void> {
  const total = shape.reduce((sum, count) => sum + count, 0);
  for (let size = shape.length; size <= total; size++) yield* ofSize(shape, 0, size);
}

function* ofSize(shape: readonly number[], player: number, size: number): Generator<(readonly number[])[], void, void> {
  const count = shape[player];
  if (count === undefined) {
    if (size === 0) yield [];
    return;
  }
  const others = shape.slice(player + 1);
  const most = Math.min(count, size - others.length);
  const least = Math.max(1, size - others.reduce((sum, theirs) => sum + theirs, 0));
  for (let own = least; own <= most; own++) {
    for (const chosen of subsets(count, own)) {
      for (const rest of ofSize(shape, player + 1, size - own)) yield [chosen, ...rest];
    }
  }
}

function* subsets(count: number, size: number, from = 0): Generator<readonly number[], void, void> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= count - size; first++) {
    for (const rest of subsets(count, size - 1, first + 1)) yield [first, ...rest];
  }
}
