import type { AgentId } from '@mechane/core';
import type { Case, Reports } from '../case.ts';
import { agentName, drawSeed } from '../draw/names.ts';
import { drawEvenly } from '../draw/shrink-tree.ts';
import type { Trial } from '../examination/trial.ts';
import type { Game } from '../game/game.ts';
import { divisionOf } from '../game/share-named.ts';
import { ifPlayable } from '../game/unplayable.ts';
import type { Finding, Steps, Violation } from '../law.ts';
import { ConversingDeviations, endOf, type HonestPlay } from '../search/conversing-deviation.ts';
import { estimateOver, isGain, priorOf } from '../search/expectation.ts';
import { type Exchange, transcriptOf } from '../search/transcript.ts';
import { counterexampleOf, scenarioOf } from '../words/counterexamples.ts';
import { allSaying, numberInWords, saying } from '../words/words.ts';

const agents = [agentName(0), agentName(1)] as const;
/** Draws by which the operator plans, and by which the plan is judged. */
const drawsToPlan = 600;
const drawsToJudge = 8_000;
/** What sums of products of shares and payments may be off. */
const precision = 1e-9;

interface Conversation extends HonestPlay {
  readonly reports: Reports;
  readonly revenue: number;
}

/** What an operator can expect that has to ask: of two agents with types of the grid, as likely as the prior says. */
export function* credibleConversation(trial: Trial, approximately: number): Steps<Finding> {
  const { game, fewest, most, budget } = trial;
  const { grid } = game;
  const method = game.domain.prior === undefined ? 'exhaustive' : 'statistical';
  const finding = { method, examined: 0, extent: '' } as const;
  if (trial.drawn) return finding;
  if (fewest > 2 || most < 2)
    return { ...finding, undecided: 'deviations in conversations are looked for between two agents' };
  if (grid.length === 0 || grid.length ** 2 > budget.limit) {
    return { ...finding, undecided: 'the grid of types is empty or too large' };
  }
  if (game.domain.mayReport !== undefined) {
    return {
      ...finding,
      undecided:
        'something is public about types, and what agents know of each other is not looked at in conversations',
    };
  }
  const weights = weightsOf(trial);
  if (weights === undefined) {
    const reason = `the prior of the domain ${game.domain.name} is not on its grid, where deviations in conversations are looked for`;
    return { ...finding, undecided: reason };
  }
  const seed = drawSeed(trial.random('grid'));
  const plays = yield* conversations(game, seed);
  if (plays.length < grid.length ** 2) return { ...finding, undecided: 'not every conversation could be played' };
  const deviations = new ConversingDeviations(plays, weights);
  const likely = ({ types: [one, other] }: Conversation): number =>
    (weights[one] as number) * (weights[other] as number);
  const honest = plays.reduce((sum, play) => sum + likely(play) * play.revenue, 0);
  const best = deviations.value;
  yield* game.recall();
  const examined = plays.length;
  if (best === undefined) return { ...finding, examined, undecided: 'there is too much that the operator might ask' };
  const gain = best - honest - approximately;
  const seems = gain > precision * Math.max(1, Math.abs(best));
  const isCertain = seems && (yield* isSure(trial, plays, deviations, approximately));
  const violation = isCertain ? explain(game, plays, deviations, { honest, best, seed }) : undefined;
  if (violation) return { ...finding, examined, violation };
  return {
    ...finding,
    examined,
    extent: `every profile of 2 agents over ${grid.length} types and all that they may be asked`,
  };
}

/** How likely the types of the grid are: equally, unless the domain has a prior, which then has to be on the grid. */
function weightsOf(trial: Trial): readonly number[] | undefined {
  const { grid, domain } = trial.game;
  if (domain.prior === undefined) return grid.map(() => 1 / grid.length);
  const drawn = drawnTypes(trial, 'plan', drawsToPlan);
  return drawn && grid.map((_, type) => drawn.filter((one) => one === type).length / drawn.length);
}

/** Types drawn from the prior, by their places on the grid; `undefined` where one is not on it. */
function drawnTypes({ game, random }: Trial, purpose: string, draws: number): readonly number[] | undefined {
  const { grid } = game;
  const places = new Map(grid.map((type, place) => [JSON.stringify(type), place]));
  const drawn = drawEvenly(priorOf(game), draws, random(purpose).below(2 ** 31)).map((type) =>
    places.get(JSON.stringify(type)),
  );
  return drawn.every((place) => place !== undefined) ? drawn : undefined;
}

/** Whether what was planned by some draws of the prior gains by others, too; where the prior is known exactly, what was planned gains. */
function* isSure(
  trial: Trial,
  plays: readonly Conversation[],
  deviations: ConversingDeviations,
  approximately: number,
): Steps<boolean> {
  if (trial.game.domain.prior === undefined) return true;
  const size = trial.game.grid.length;
  const gains = plays.map((play) => {
    const played = deviations.playedOn(play.types);
    return played ? played.payments[0] + played.payments[1] - play.revenue : 0;
  });
  const drawn = drawnTypes(trial, 'judge', drawsToJudge) ?? [];
  const pairs = drawn.flatMap((one, index) => (index % 2 === 0 ? [one * size + (drawn[index + 1] as number)] : []));
  return isGain(yield* estimateOver(pairs, (pair) => gains[pair]), approximately);
}

function* conversations(game: Game, seed: number): Steps<readonly Conversation[]> {
  const plays: Conversation[] = [];
  for (const one of game.grid.keys()) {
    for (const other of game.grid.keys()) {
      yield undefined;
      const drawn = [game.grid[one], game.grid[other]];
      const fitting = game.domain.together?.(drawn, game.settings) ?? drawn;
      const reports: Reports = new Map(agents.map((agent, position) => [agent, fitting[position]]));
      const play = ifPlayable((): Conversation => {
        const { outcome, seenBy } = transcriptOf(game, reports, seed);
        const each = <Value>(of: (agent: AgentId) => Value): readonly [Value, Value] => [of(agents[0]), of(agents[1])];
        const payments = each((agent) => game.payment(agent, outcome));
        return {
          types: [one, other],
          reports,
          seen: each((agent) => seenBy.get(agent) as readonly Exchange[]),
          division: divisionOf(agents, outcome),
          payments,
          revenue: payments[0] + payments[1],
        };
      });
      if (play) plays.push(play);
    }
  }
  return plays;
}

interface Gain {
  readonly honest: number;
  readonly best: number;
  readonly seed: number;
}

/** Tells the gain by the profile at which it is largest, and what somebody takes for honest there. */
function explain(
  game: Game,
  plays: readonly Conversation[],
  deviations: ConversingDeviations,
  { honest, best, seed }: Gain,
): Violation | undefined {
  const told = plays
    .flatMap((play) => {
      const played = deviations.playedOn(play.types);
      return played ? [{ play, played, gain: played.payments[0] + played.payments[1] - play.revenue }] : [];
    })
    .reduce((most, next) => (next.gain > most.gain ? next : most));
  const { play, played } = told;
  const side = played.payments[0] === play.payments[0] ? 1 : 0;
  const [agent, other] = [agents[side], agents[1 - side] as AgentId];
  const innocent = plays.find(
    ({ types, seen, payments }) =>
      types[side] === play.types[side] &&
      payments[side] === played.payments[side] &&
      endOf(agent, seen[side]) === played.nodes[side],
  );
  if (innocent === undefined) return undefined;
  const given: Case = { types: play.reports, seed, agent, deviation: new Map([[other, innocent.reports.get(other)]]) };
  return {
    counterexample: counterexampleOf(game, given),
    reason:
      `the operator expects ${numberInWords(Number(best.toPrecision(4)))} rather than ${numberInWords(Number(honest.toPrecision(4)))} of two agents by ` +
      `asking them otherwise than by the rules: when ${allSaying(play.reports)}, ${agent} pays ${numberInWords(played.payments[side])} rather than ` +
      `${numberInWords(play.payments[side])}, as if ${saying(other, innocent.reports.get(other))}, and cannot know better`,
    scenarios: [play.reports, innocent.reports].map((reports) => scenarioOf(game, reports, seed)),
  };
}
