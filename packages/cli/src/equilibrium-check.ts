import type { JointPlay } from '@mechane/adaptive';
import type { Mechane, Mechanism, SettingsOf } from '@mechane/core';
import type { InducedGame } from '@mechane/game-theory';
import { saidBy } from './errors.ts';
import { type GameTheory, gameTheoryPackage, installedGameTheory } from './game-theory.ts';

/** How far an arm's play is from equilibria of its game, or why that is not known. */
export interface CheckedArm {
  readonly arm: number;
  /** The most that an agent would have gained a round by one bid for some class of its values, as a share of what is at stake for an agent. */
  readonly coarse?: number;
  /** The most that an agent would have gained a round by another bid wherever it made a certain one, as the same share. */
  readonly correlated?: number;
  readonly reason?: string;
}

/** How far play is from the coarse correlated and the correlated equilibria, by the checks of a package of games. */
export interface EquilibriumCheck {
  /** The package whose checks these are; `null` where it is not installed. */
  readonly by: string | null;
  /** The largest of any arm; `null` where no arm could be checked. */
  readonly coarse: number | null;
  readonly correlated: number | null;
  readonly arms: readonly CheckedArm[];
  /** What to type, where the package is missing. */
  readonly fix?: string;
}

/** What was heard of an arm that was played. */
export interface PlayedArm {
  readonly arm: number;
  readonly mechanism: string;
  readonly settings: unknown;
  readonly play: JointPlay | undefined;
}

/** Checks what was played at each arm as the project in `cwd` would. */
export async function checkEquilibrium(
  cwd: string,
  mechane: Mechane<Mechanism>,
  played: readonly PlayedArm[],
): Promise<EquilibriumCheck> {
  const games = await installedGameTheory(cwd);
  if (games === undefined) {
    return { by: null, coarse: null, correlated: null, arms: [], fix: `npm install ${gameTheoryPackage}` };
  }
  const arms = played.map((arm): CheckedArm => {
    try {
      return { arm: arm.arm, ...checked(games, mechane, arm) };
    } catch (thrown) {
      return { arm: arm.arm, reason: saidBy(thrown) };
    }
  });
  const largest = (of: 'coarse' | 'correlated'): number | null =>
    arms.reduce((most: number | null, { [of]: own }) => (own === undefined ? most : Math.max(most ?? 0, own)), null);
  return { by: gameTheoryPackage, coarse: largest('coarse'), correlated: largest('correlated'), arms };
}

function checked(games: GameTheory, mechane: Mechane<Mechanism>, { mechanism: id, settings, play }: PlayedArm) {
  if (play === undefined) return { reason: 'there are too many profiles of bids, or outcomes are drawn by lot' };
  if (play.rounds === 0) return { reason: 'in every round somebody failed to bid' };
  const { agents, types, reports, counts, rounds, range } = play;
  const game = games.induce(mechane.mechanism(id), {
    types: byAgent(agents, types),
    reports: byAgent(agents, reports),
    settings: settings as SettingsOf<Mechanism>,
    services: mechane.pluginOf(id)?.providers ?? [],
  });
  let [coarse, correlated] = [0, 0];
  agents.forEach((_, player) => {
    let [external, swap] = [0, 0];
    counts[player]?.forEach((own, type) => {
      const gains = gainsOfClass(games, game, player, type, own);
      external += gains.external;
      swap += gains.swap;
    });
    coarse = Math.max(coarse, external / rounds / range);
    correlated = Math.max(correlated, swap / rounds / range);
  });
  return { coarse, correlated };
}

/** Longer histories are made shorter in proportion: a check takes its time for every round. */
const longest = 100_000;

/**
 * What an agent of a class would have gained in all, by the checks of a game of two: it with its bids, against what the others did, each of
 * their profiles a strategy. Its payoffs are what it is worth on average in that class.
 */
function gainsOfClass(games: GameTheory, game: InducedGame, player: number, type: number, counts: Float64Array) {
  const rounds = counts.reduce((sum, count) => sum + count, 0);
  if (rounds === 0) return { external: 0, swap: 0 };
  const shape = game.actions.map(({ length }) => length);
  const bids = shape[player] as number;
  const stride = shape.slice(player + 1).reduce((product, own) => product * own, 1);
  /** The profiles of the others that were met, by the place in which the agent bids first. */
  const others = new Map<number, number>();
  const history: (readonly number[])[] = [];
  const kept = Math.min(1, longest / rounds);
  let owed = 0;
  for (const [place, count] of counts.entries()) {
    if (count === 0) continue;
    const bid = Math.floor(place / stride) % bids;
    const rest = place - bid * stride;
    const other = others.get(rest) ?? others.size;
    others.set(rest, other);
    owed += count * kept;
    const profile = [bid, other];
    for (; owed >= 0.5; owed -= 1) history.push(profile);
  }
  const types = shape.map((__, each) => (each === player ? type : 0));
  const payoffs = new Float64Array(bids * others.size);
  for (const [rest, other] of others) {
    for (let bid = 0; bid < bids; bid++) {
      payoffs[bid * others.size + other] = game.payoff(player, types, profileAt(rest + bid * stride, shape));
    }
  }
  const against = new games.NormalFormGame({
    strategies: [bids, others.size],
    payoffs: [payoffs, new Float64Array(payoffs.length)],
  });
  const [external = 0] = games.externalRegret(against, history);
  const [swap = 0] = games.swapRegret(against, history);
  return { external: rounds * Math.max(0, external), swap: rounds * Math.max(0, swap) };
}

function profileAt(place: number, shape: readonly number[]): readonly number[] {
  let left = place;
  const profile = new Array<number>(shape.length);
  for (let player = shape.length - 1; player >= 0; player--) {
    const own = shape[player] as number;
    profile[player] = left % own;
    left = Math.floor(left / own);
  }
  return profile;
}

function byAgent<Value>(agents: readonly string[], values: readonly Value[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(agents.map((agent, player) => [agent, values[player] as Value]));
}
