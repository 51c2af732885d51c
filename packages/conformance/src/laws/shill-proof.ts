import type { AgentId, Random } from '@mechane/core';
import { type Case, deviated, type Reports } from '../case.ts';
import { misreportsOf, type Reach } from '../draw/misreports.ts';
import { drawAlias, shillName } from '../draw/names.ts';
import type { Trial } from '../examination/trial.ts';
import { departs } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying, numberInWords, saying } from '../words/words.ts';
import { withoutOneSeller, withoutPayments } from './needs.ts';

const reportsTried = { grid: Number.POSITIVE_INFINITY, few: 8, many: 8 } as const;
const pairsTried = { grid: 0, few: 12, many: 6 } as const;

/**
 * The strong form, ex post, of Komo, Kominers and Roughgarden 2024: a seller that knows what everybody will bid has no use for bidders of its
 * own. What a shill pays, the seller pays to itself; what a shill gets is not sold. One shill is tried, and two.
 */
export const shillProof: Law = caseLaw({
  name: 'shill-proof',
  says: 'no shills make the others pay more in all than they pay without them',
  playsPerRun: 60,
  pointless: (trial) => withoutPayments(trial) ?? withoutOneSeller(trial),
  undecidable: withoutPayments,
  *cases(trial, { types, seed }, reach) {
    const random = trial.random(`shills ${seed} ${types.size}`);
    const room = trial.most - types.size;
    if (types.size === 0 || room < 1) return;
    const bids = shillBids(trial, types, reach, random);
    const [name, other] = namesFor(types, reach !== 'many' || trial.namedInSettings, random);
    for (const bid of bids) yield shilled(types, seed, [[name, bid]]);
    for (let pair = 0; pair < pairsTried[reach] && room > 1 && bids.length > 0; pair++) {
      const [one, two] = [bids[random.below(bids.length)], bids[random.below(bids.length)]];
      yield shilled(types, seed, [
        [name, one],
        [other, two],
      ]);
    }
  },
  excess(game, given, approximately = 0) {
    const [before, after] = [revenueFrom(game, given, given.types), revenueFrom(game, given, deviated(given))];
    return after - before - approximately;
  },
  explain(game, given) {
    const [before, after] = [revenueFrom(game, given, given.types), revenueFrom(game, given, deviated(given))];
    const shills = [...given.deviation].map(([name, report]) => saying(name, report)).join(' and ');
    return {
      counterexample: counterexampleOf(game, given),
      reason:
        `the seller gains ${numberInWords(after - before)} when ${shills} for it: the others pay ${numberInWords(after)} rather than ` +
        `${numberInWords(before)}, while ${allSaying(given.types)}`,
      scenarios: scenariosOf(game, given),
    };
  },
});

function shillBids(trial: Trial, types: Reports, reach: Reach, random: Random): readonly unknown[] {
  if (reach === 'grid') return trial.game.grid;
  const agents = [...types.keys()];
  const model = agents[random.below(agents.length)] as AgentId;
  const bids = [...types.values(), ...misreportsOf(trial, types, model, reach, random)].filter((bid) => !departs(bid));
  return random.shuffled(bids).slice(0, reportsTried[reach]);
}

function namesFor(types: Reports, arePlain: boolean, random: Random): readonly [AgentId, AgentId] {
  const [first, second] = [shillName(1), shillName(2)];
  if (arePlain && !types.has(first) && !types.has(second)) return [first, second];
  const drawn = drawAlias(types.keys(), random);
  return [drawn, drawAlias([...types.keys(), drawn], random)];
}

function shilled(types: Reports, seed: number, shills: readonly (readonly [AgentId, unknown])[]): Case {
  return { types, seed, agent: undefined, deviation: new Map(shills) };
}

/** What those pay in all who are no shills. */
function revenueFrom(game: Game, { types, seed }: Case, reports: Reports): number {
  const outcome = game.play(reports, seed);
  let revenue = 0;
  for (const agent of types.keys()) revenue += game.payment(agent, outcome);
  return game.amounts.add(revenue);
}
