import type { AgentId } from '@mechane/core';
import type { Case } from '../case.ts';
import { agentName } from '../draw/names.ts';
import { drawEvenly } from '../draw/shrink-tree.ts';
import type { Trial } from '../examination/trial.ts';
import { departs } from '../game/departing.ts';
import type { Finding, Law, Steps, Violation } from '../law.ts';
import {
  type Estimate,
  estimateInWords,
  estimateOver,
  isGain,
  othersDrawn,
  priorOf,
  reportsWith,
  sizesExpected,
  sureDraws,
} from '../search/expectation.ts';
import { numberInWords, typeInWords } from '../words/words.ts';
import { withoutTruth, withoutUtility } from './needs.ts';

const typesTried = 7;
const typesOfGrid = 5;
const draftDraws = 60;
const stakesTried = 4;

/** An agent that knows its type, and how many others there will be. */
interface Stake {
  readonly agent: AgentId;
  readonly type: unknown;
  readonly size: number;
}

/**
 * Individual rationality in the interim (Myerson 1981): of an agent that knows its type, and the others only by the domain's prior. Types of the
 * prior and of the grid are looked at roughly; those that lose most are looked at again with other draws, so that luck refutes nothing.
 */
export const interimRational: Law = {
  name: 'individually-rational',
  says: 'a truthful agent expects no less than staying away is worth to it, when the others are truthful and drawn from the prior',
  playsPerRun: 40,
  aboutValues: true,
  undecidable: (trial) => withoutTruth(trial) ?? withoutUtility(trial),
  *examine(trial, approximately = 0): Steps<Finding> {
    const method = 'statistical';
    const drafts: { stake: Stake; estimate: Estimate }[] = [];
    let examined = 0;
    for (const stake of stakesOf(trial)) {
      const estimate = yield* lossOf(trial, stake, draftDraws, 'draft');
      examined += estimate.draws;
      if (estimate.draws > 0) drafts.push({ stake, estimate });
    }
    drafts.sort((a, b) => b.estimate.mean - a.estimate.mean);
    let worst: Estimate | undefined;
    for (const { stake } of drafts.slice(0, stakesTried)) {
      const estimate = yield* lossOf(trial, stake, sureDraws(trial), 'sure');
      examined += estimate.draws;
      if (isGain(estimate, approximately)) {
        return { method, examined, extent: '', violation: violationOf(trial, stake, estimate) };
      }
      if (worst === undefined || estimate.mean > worst.mean) worst = estimate;
    }
    yield* trial.game.recall();
    if (!worst) return { method, examined, extent: '', vacuous: 'nobody can stay away' };
    const expects = estimateInWords({ ...worst, mean: 0 - worst.mean }, 2);
    return { method, examined, extent: `who fares worst expects ${expects} more than staying away is worth` };
  },
  *judge(trial, { agent, types }: Case, approximately = 0) {
    if (agent === undefined || departs(types.get(agent))) return undefined;
    const stake = { agent, type: types.get(agent), size: types.size };
    const estimate = yield* lossOf(trial, stake, sureDraws(trial), 'witness');
    return isGain(estimate, approximately) ? violationOf(trial, stake, estimate) : undefined;
  },
};

function* stakesOf(trial: Trial): Generator<Stake> {
  const { game } = trial;
  const random = trial.random('interim');
  const drawn = drawEvenly(priorOf(game), typesTried, random.below(2 ** 31));
  const everyNth = Math.ceil(game.grid.length / typesOfGrid);
  const types = [...drawn, ...game.grid.filter((_, index) => index % everyNth === 0)];
  for (const size of sizesExpected(trial)) {
    const agent = agentName(random.below(size));
    for (const type of types) yield { agent, type, size };
  }
}

/** What an agent expects to lose by coming. Whoever cannot stay away loses nothing, and does not count. */
function lossOf(trial: Trial, { agent, type, size }: Stake, draws: number, purpose: string): Steps<Estimate> {
  const { game } = trial;
  return estimateOver(othersDrawn(trial, size, draws, `interim ${purpose}`), ({ drawn, seed }) => {
    const reports = reportsWith(game, agent, size, drawn, type);
    const own = reports.get(agent);
    const away = game.outsideOption(agent, own);
    return Number.isFinite(away) ? away - game.utility(agent, own, game.play(reports, seed)) : undefined;
  });
}

function violationOf({ game }: Trial, { agent, type, size }: Stake, estimate: Estimate): Violation {
  const against = size === 1 ? '' : ` against ${size - 1} other${size === 2 ? '' : 's'} drawn from the prior`;
  return {
    counterexample: { settings: game.given, types: { [agent]: type }, agent },
    reason:
      `${agent}, ${typeInWords(type)}, is truthful and expects ${estimateInWords(estimate)} less than staying away is worth to it, which is ` +
      `${numberInWords(game.outsideOption(agent, type))}${against} (${estimate.draws.toLocaleString('en')} draws)`,
    scenarios: [],
  };
}
