import type { AgentId, LawName } from '@mechane/core';
import { type Case, deviated } from '../case.ts';
import { misreportsOf } from '../draw/misreports.ts';
import type { Trial } from '../examination/trial.ts';
import { departs, reportIn } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import { same } from '../game/same.ts';
import { shareNamed } from '../game/share-named.ts';
import type { Law, Violation } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { inWords, meanwhile, numberInWords, reportingInWords, typeInWords } from '../words/words.ts';
import { withoutPayments, withoutShares } from './needs.ts';

/** Types of the grid by whose eyes shares are told apart, besides those of the case. */
const eyesFromGrid = 12;

/** What an agent's report does to somebody else. */
interface Meddling {
  readonly other: AgentId;
  readonly size: number;
  /** In words. */
  readonly what: string;
}

/**
 * Satterthwaite and Sonnenschein 1981: who cannot change its own share and payment cannot change anybody else's. Two shares are the same where
 * the outcome names the same and no type, of the grid or of the case, makes a difference between them.
 */
export const nonBossy: Law = nonBossyLaw({
  name: 'non-bossy',
  says: 'no agent changes what another gets or pays by a report that leaves its own share and payment the same',
  own: 'its own share and payment',
  arePaymentsShared: true,
});

/** For mechanisms with money, of the allocation alone (Mishra and Quadir 2014): payments may move, one’s own and those of others. */
export const nonBossyInAllocation: Law = nonBossyLaw({
  name: 'non-bossy-in-allocation',
  says: 'no agent changes what another gets by a report that leaves its own share the same, whatever is paid',
  own: 'its own share',
  arePaymentsShared: false,
  pointless: (trial) =>
    withoutPayments(trial) === undefined ? undefined : 'nothing is paid: `non-bossy` says as much',
});

interface Form {
  readonly name: LawName;
  readonly says: string;
  /** What stays the same, in words. */
  readonly own: string;
  /** Whether payments count as part of what an agent has. */
  readonly arePaymentsShared: boolean;
  readonly pointless?: (trial: Trial) => string | undefined;
}

function nonBossyLaw({ name, says, own, arePaymentsShared, pointless }: Form): Law {
  return caseLaw({
    name,
    says,
    playsPerRun: 70,
    aboutStrategies: true,
    ...(pointless ? { pointless } : {}),
    undecidable: withoutShares,
    *cases(trial, { types, seed }, reach) {
      if (types.size < 2) return;
      const random = trial.random(`bossy ${seed}`);
      for (const agent of types.keys()) {
        for (const report of misreportsOf(trial, types, agent, reach, random)) {
          yield { types, seed, agent, deviation: new Map([[agent, report]]) };
        }
      }
    },
    excess(game, given, approximately = 0) {
      const meddling = worstMeddling(game, given, arePaymentsShared);
      return meddling === undefined ? Number.NEGATIVE_INFINITY : meddling.size - approximately;
    },
    explain: (game, given) => explain(game, given, own, worstMeddling(game, given, arePaymentsShared)),
  });
}

/** The most that a report changes for another, while nothing changes for who makes it; `undefined` where something does. */
function worstMeddling(game: Game, given: Case, arePaymentsShared: boolean): Meddling | undefined {
  const { agent, types, deviation, seed } = given;
  if (agent === undefined || departs(types.get(agent))) return undefined;
  const before = game.play(types, seed);
  const after = game.play(deviated(given), seed);
  const none: Meddling = { other: agent, size: 0, what: '' };
  if (same(before, after)) return none;
  const eyes = eyesOf(game, [...types.values(), ...deviation.values()]);
  if (shareNamed(agent, before) !== shareNamed(agent, after)) return undefined;
  if (changeOfShare(game, agent, eyes, before, after).size > 0) return undefined;
  if (arePaymentsShared && game.payment(agent, before) !== game.payment(agent, after)) return undefined;
  let worst = none;
  for (const other of types.keys()) {
    if (other === agent) continue;
    const changes = [changeOfShare(game, other, eyes, before, after)];
    if (arePaymentsShared) changes.push(changeOfPayment(game, other, before, after));
    for (const change of changes) if (change.size > worst.size) worst = change;
  }
  return worst;
}

/** The types by whose eyes shares are compared. */
function eyesOf({ grid }: Game, said: readonly unknown[]): readonly unknown[] {
  const everyNth = Math.ceil(grid.length / eyesFromGrid);
  const some = grid.filter((_, index) => index % everyNth === 0);
  return [...some, ...said.filter((report) => report !== null).map(reportIn)];
}

function changeOfShare(game: Game, other: AgentId, eyes: readonly unknown[], before: object, after: object): Meddling {
  let most: Meddling = { other, size: 0, what: '' };
  for (const eye of eyes) {
    const [was, is] = [game.value(other, eye, before), game.value(other, eye, after)];
    const size = was === is ? 0 : Math.abs(was - is);
    if (size <= most.size) continue;
    const worths = `${numberInWords(is)} rather than ${numberInWords(was)}`;
    most = {
      other,
      size,
      what: `changes what ${other} gets, which to somebody ${typeInWords(eye)} is worth ${worths}`,
    };
  }
  return most;
}

function changeOfPayment(game: Game, other: AgentId, before: object, after: object): Meddling {
  const [was, is] = [game.payment(other, before), game.payment(other, after)];
  return {
    other,
    size: Math.abs(was - is),
    what: `changes what ${other} pays to ${numberInWords(is)} from ${numberInWords(was)}`,
  };
}

function explain(game: Game, given: Case, own: string, meddling: Meddling | undefined): Violation {
  const { agent = '', types, deviation } = given;
  const type = types.get(agent);
  return {
    counterexample: counterexampleOf(game, given),
    reason:
      `${agent}, ${typeInWords(type)}, ${meddling?.what} by ${reportingInWords(deviation.get(agent))} instead of ${inWords(type)}` +
      `${meanwhile(given, agent)}, and keeps ${own}`,
    scenarios: scenariosOf(game, given),
  };
}
