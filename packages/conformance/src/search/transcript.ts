import type { AgentId, Mechanism, Round, Strategy } from '@mechane/core';
import { conduct, type HoldRound } from '@mechane/core/host';
import type { Reports } from '../case.ts';
import { type Game, longestConversation } from '../game/game.ts';
import { plainCopy } from '../game/plain-copy.ts';
import { Unplayable, unplayable } from '../game/unplayable.ts';
import { clockAnswers } from './clock-answers.ts';

/** What an agent was asked, and what it said, as text that can be compared. */
export interface Exchange {
  readonly asked: string;
  readonly said: string;
}

/** A conversation, as each agent saw it. */
export interface Transcript {
  readonly outcome: object;
  readonly seenBy: ReadonlyMap<AgentId, readonly Exchange[]>;
}

/** Plays the conversation itself, by the proxies, and takes down what each agent could observe. @throws Unplayable */
export function transcriptOf(game: Game, reports: Reports, seed: number): Transcript {
  const parsed = game.parsedAll(reports);
  const mechanism = countedFor(game, parsed);
  game.work += 1;
  const strategies = new Map([...parsed].map(([agent, report]) => [agent, mechanism.proxy(report, agent)]));
  const seenBy = new Map<AgentId, Exchange[]>([...reports.keys()].map((agent) => [agent, []]));
  const setup = game.setup([...reports.keys()], seed);
  const hold: HoldRound = (round) => {
    const { agents, contentFor, closes } = round;
    const replies = new Map<AgentId, unknown>();
    for (const agent of agents) {
      const content = contentFor(agent);
      const message = strategies.get(agent)?.(content);
      if (!round.clock) seenBy.get(agent)?.push({ asked: textOf(content), said: textOf(message) });
      if (message === undefined) continue;
      replies.set(agent, message);
      if (closes === 'at-first-message') break;
    }
    if (round.clock) {
      for (const { agent, price, stops } of clockAnswers(
        round.clock,
        replies,
        setup.tieOrder,
        prices(game, mechanism, round),
      )) {
        const asked = `${textOf(round.contentFor(agent))} at ${price}`;
        seenBy.get(agent)?.push({ asked, said: stops ? 'stop' : 'stay' });
      }
    }
    return replies;
  };
  try {
    const { outcome } = conduct(mechanism, setup, hold, longestConversation);
    const { copy, flaw } = plainCopy(outcome);
    if (flaw !== undefined) throw new Unplayable('spoilt', flaw);
    return { outcome: copy as object, seenBy };
  } catch (thrown) {
    throw unplayable(thrown);
  }
}

/** The mechanism as it is played on these reports. @throws Unplayable where their amounts cannot be told apart */
function countedFor(game: Game, reports: Reports): Mechanism {
  try {
    return game.counted.forReports(game.mechanism, reports);
  } catch (thrown) {
    throw unplayable(thrown);
  }
}

/** Where the types of the grid would stop a clock. */
function prices(game: Game, mechanism: Mechanism, { agents, contentFor, clock }: Round): readonly number[] {
  return agents.flatMap((agent) =>
    game.grid.flatMap((type) => {
      const strategy: Strategy = mechanism.proxy(game.parsed(type), agent);
      const message = strategy(contentFor(agent));
      return message === undefined || !clock ? [] : clock.stopAt(message);
    }),
  );
}

function textOf(content: unknown): string {
  return content === undefined ? 'nothing' : JSON.stringify(content);
}

/** Where two conversations, the same until then as the agent sees it, part by what it says. */
export function partingOf(truth: readonly Exchange[] = [], lie: readonly Exchange[] = []): number | undefined {
  for (const [round, { asked, said }] of truth.entries()) {
    const other = lie[round];
    if (other?.asked !== asked) return undefined;
    if (other.said !== said) return round;
  }
  return undefined;
}
