import type { AgentId } from '@mechane/core';
import type { Reports } from '../case.ts';
import { agentName } from '../draw/names.ts';
import { Profiles } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import type { Game } from '../game/game.ts';
import { ifPlayable } from '../game/unplayable.ts';

/** Some outcomes, by which a law sees whether it has something to say. */
interface Sample {
  readonly types: Reports;
  readonly outcome: object;
}

const samplesTaken = 6;
/** Types of the grid that are asked what an outcome is worth to who is not there. */
const strangersAsked = 12;
/** Pairs of types of the grid that are looked at for who sells to whom. */
const pairsTaken = 60;
const stranger = 'stranger';
const samples = new WeakMap<Game, readonly Sample[]>();

function sampleOf(trial: Trial): readonly Sample[] {
  const { game } = trial;
  const known = samples.get(game);
  if (known) return known;
  const taken = profilesFor(trial).flatMap((types): readonly Sample[] => {
    const outcome = ifPlayable(() => game.play(types, 1));
    return outcome === undefined ? [] : [{ types, outcome }];
  });
  samples.set(game, taken);
  return taken;
}

function profilesFor(trial: Trial): readonly Reports[] {
  const { game, fewest } = trial;
  const { grid, domain, settings } = game;
  if (grid.length > 0) {
    return Array.from({ length: samplesTaken }, (_, index) => {
      const size = Math.max(fewest, 1 + (index % Math.min(2, trial.most)));
      const types = Array.from({ length: size }, (_, position) => grid[(index * 7 + position * 5) % grid.length]);
      const together = domain.together?.(types, settings) ?? types;
      return new Map(together.map((type, position) => [agentName(position), type]));
    });
  }
  const profiles = new Profiles(trial, trial.examination.random('samples'));
  return Array.from({ length: samplesTaken }, () => profiles.next().types);
}

/** Laws about gains need to know what an outcome is worth. */
export function withoutUtility(trial: Trial): string | undefined {
  const { game } = trial;
  const { domain, mechanism } = game;
  if (domain.value === undefined) {
    if (mechanism.utility ?? mechanism.value) return undefined;
    return 'neither the domain nor the mechanism says what an outcome is worth to an agent (value), nor its utility';
  }
  return unread(trial);
}

/** Laws about who gets what need to tell shares apart, which goes by what they are worth. */
export function withoutShares(trial: Trial): string | undefined {
  const { domain, mechanism } = trial.game;
  if (domain.value === undefined && !mechanism.value) {
    return 'neither the domain nor the mechanism says what an outcome is worth to an agent (value)';
  }
  return domain.value === undefined ? undefined : unread(trial);
}

/** Outcomes in words that the domain does not know. */
function unread(trial: Trial): string | undefined {
  const { domain, settings } = trial.game;
  for (const { types, outcome } of sampleOf(trial)) {
    for (const [agent, type] of types) {
      if (domain.value?.(agent, type, outcome, settings) !== undefined) continue;
      return (
        `the domain ${domain.name} cannot read what the outcome ${JSON.stringify(outcome).slice(0, 200)} is worth: ` +
        'say it in the words of the public data format, or give the domain a value that reads yours'
      );
    }
  }
  return undefined;
}

/** Laws about welfare need values, and somebody else's word for what is possible. */
export function withoutWelfare(trial: Trial): string | undefined {
  const { domain, mechanism } = trial.game;
  if (domain.value === undefined && !mechanism.value) {
    return 'neither the domain nor the mechanism says what an outcome is worth to an agent (value)';
  }
  const ranked = withoutSums(trial);
  if (ranked !== undefined) return ranked;
  if (!domain.bestWelfare) return `the domain ${domain.name} does not know the best welfare (bestWelfare)`;
  return domain.value === undefined ? undefined : unread(trial);
}

/** Where values only rank, no sum of them says anything. */
export function withoutSums({ game: { domain } }: Trial): string | undefined {
  return domain.ordinal ? `values are ranks in the domain ${domain.name}, and are not added up` : undefined;
}

/** Laws about what somebody true says need a report that could be the truth. */
export function withoutTruth({ game: { mechanism } }: Trial): string | undefined {
  return mechanism.report ? undefined : 'it takes messages, and nobody knows what would be truthful';
}

/** Laws about one seller have no seller to speak of where agents sell to each other: whoever bids for it would have to deliver. */
export function withoutOneSeller(trial: Trial): string | undefined {
  const { game } = trial;
  const valued = withoutShares(trial) === undefined;
  const isTrade = pairsOfGrid(trial).some((types) => {
    const outcome = ifPlayable(() => game.play(types, 1));
    if (outcome === undefined) return false;
    const pays = (agent: AgentId): number => ifPlayable(() => game.payment(agent, outcome)) ?? 0;
    const gives = (agent: AgentId, type: unknown): boolean =>
      !valued || (ifPlayable(() => game.value(agent, type, outcome)) ?? 0) < 0;
    const isSold = [...types].some(([agent, type]) => pays(agent) < 0 && gives(agent, type));
    return isSold && [...types.keys()].some((agent) => pays(agent) > 0);
  });
  return isTrade ? 'agents sell to each other, and no seller bids from outside' : undefined;
}

/** One of each of two types, and two of each, evenly from all pairs that the grid has. */
function pairsOfGrid({ game: { grid, domain, settings }, most }: Trial): readonly Reports[] {
  const everyNth = Math.ceil(grid.length ** 2 / pairsTaken);
  const pairs = Array.from({ length: Math.floor(grid.length ** 2 / everyNth) }, (_, index) => index * everyNth);
  return pairs.flatMap((pair) => {
    const types = [grid[Math.floor(pair / grid.length)], grid[pair % grid.length]];
    const crowds = [types, [...types, ...types]].filter(({ length }) => length <= most);
    return crowds.map((crowd): Reports => {
      const together = domain.together?.(crowd, settings) ?? crowd;
      return new Map(together.map((type, position) => [agentName(position), type]));
    });
  });
}

/** Laws about staying away have a say of their own where outcomes matter to who is not there. */
export function withoutExternalities(trial: Trial): string | undefined {
  const { game } = trial;
  const { domain, grid } = game;
  const own = 'outcomes concern only those who take part: `individually-rational` says as much';
  if (domain.value === undefined) return own;
  const everyNth = Math.ceil(grid.length / strangersAsked);
  const strangers = grid.filter((_, place) => place % everyNth === 0);
  const isConcerned = sampleOf(trial).some(({ outcome }) =>
    strangers.some((type) => (ifPlayable(() => game.value(stranger, type, outcome)) ?? 0) !== 0),
  );
  return isConcerned ? undefined : own;
}

/** Laws about money need payments. */
export function withoutPayments(trial: Trial): string | undefined {
  const sample = sampleOf(trial);
  // Payments that are spoilt are for the law to find.
  const paid = sample.filter(({ outcome }) => 'payments' in outcome);
  return sample.length > 0 && paid.length === 0 ? 'outcomes have no payments' : undefined;
}

/** Whether lots are drawn, in some outcomes at least. */
export function drawsLots(trial: Trial): boolean {
  sampleOf(trial);
  return trial.game.drawsLots;
}
