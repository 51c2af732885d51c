import type { AgentId, Random } from '@mechane/core';
import type { Reports } from '../case.ts';
import { otherFields } from '../draw/misreports.ts';
import type { Profile } from '../draw/profiles.ts';
import type { Strategies } from '../draw/strategies.ts';
import type { Trial } from '../examination/trial.ts';
import type { Departing } from '../game/departing.ts';
import { numbersIn } from '../game/leaves.ts';

/**
 * What agents of these types may say where a law is about whatever they do: the truth; the truth with a field more; and, where there are
 * rounds, one or two now and then who keep silent or play as no report says.
 */
export function* saidVariously(trial: Trial, { types, seed }: Profile): Generator<Reports> {
  yield types;
  const { mechanism } = trial.game;
  if (types.size === 0 || mechanism.report === undefined) return;
  const random = trial.random(`said ${seed} ${types.size}`);
  const agents = [...types.keys()];
  const agent = agents[random.below(agents.length)] as AgentId;
  if (random.below(3) === 0) {
    const fields = otherFields(trial, types.get(agent), random);
    if (fields.length > 0) yield new Map(types).set(agent, fields[random.below(fields.length)]);
  }
  const { strategies } = trial;
  if (strategies && types.size > 1 && random.below(2) === 0) yield withDepartures(strategies, types, agent, random);
}

/** The reports, with somebody who keeps silent or plays as no report says, and perhaps somebody else who does. */
export function withDepartures(strategies: Strategies, types: Reports, agent: AgentId, random: Random): Reports {
  const numbers = [...types.values()].flatMap((type) => numbersIn(type).map(([, number]) => number));
  const departing = (type: unknown): Departing => strategies.drawYielding(type, numbers, random);
  const said = new Map(types).set(agent, departing(types.get(agent)));
  const others = [...types.keys()].filter((other) => other !== agent);
  const other = others[random.below(Math.max(1, others.length))];
  if (other !== undefined && others.length > 1 && random.below(2) === 0) said.set(other, departing(types.get(other)));
  return said;
}
