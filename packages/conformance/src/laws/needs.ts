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
  if (domain.ordinal) return `values are ranks in the domain ${domain.name}, and are not added up`;
  if (!domain.bestWelfare) return `the domain ${domain.name} does not know the best welfare (bestWelfare)`;
  return domain.value === undefined ? undefined : unread(trial);
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
