import type { AgentId } from '../contract/agent.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { readSeed, readSettings } from '../input/read-play.ts';
import type { Cancellation } from '../live/cancellation.ts';
import { provide } from '../services/provider.ts';
import { seededRandom } from '../services/random.ts';
import { ServiceScope } from '../services/service-scope.ts';
import { RandomService } from '../services/token.ts';
import { revealedReports } from './commit-reveal.ts';
import type { Conducted, Conversed } from './conversing.ts';
import type { JournalHeader } from './journal.ts';
import { metricsOf } from './metrics.ts';
import type { RunIdentity } from './run-identity.ts';
import { RunSetup } from './run-setup.ts';
import type { RunInput, RunResult } from './run-types.ts';
import type { Unit } from './unit.ts';

/** Reads the settings and the seed of a run and readies its services. */
export function setupFor(
  scope: ServiceScope,
  mechanism: Mechanism,
  play: RunInput,
  participants: readonly AgentId[],
  cancellation?: Cancellation,
  identity?: RunIdentity,
): RunSetup {
  const { settings, breakTie, unit, sealing } = readSettings(mechanism, play.settings);
  const setup: RunSetup = new RunSetup({
    settings,
    breakTie,
    unit,
    sealing,
    identity,
    participants,
    seed: readSeed(play.seed),
    signal: play.signal,
    cancellation,
    openScope: () => {
      const own = new ServiceScope(scope);
      own.bind(provide(RandomService, () => seededRandom(setup.drawnSeed()), 'run'));
      return own;
    },
  });
  return setup;
}

/** What a run's journal begins with. Its seed is drawn now if none was given: a replay needs it. */
export function beginningOf(
  mechanism: Mechanism,
  setup: RunSetup,
  { settings = {} }: RunInput,
  unit: Unit | undefined,
  { id, note }: RunIdentity,
): { readonly kind: 'opened' } & JournalHeader {
  const { participants } = setup;
  return {
    kind: 'opened',
    format: 2,
    mechanism: mechanism.id,
    settings,
    participants: [...participants],
    seed: setup.drawnSeed(),
    run: id,
    ...(unit === undefined ? {} : { unit: unit.amount }),
    ...(note === undefined ? {} : { note }),
  };
}

/** What agents are known to value after a run in which they spoke for themselves. */
export function typesIn(
  mechanism: Mechanism,
  { sealing }: RunSetup,
  { lastReplies }: Conversed,
): ReadonlyMap<AgentId, unknown> | undefined {
  if (!mechanism.direct) return undefined;
  return sealing === undefined ? lastReplies : revealedReports(mechanism, lastReplies);
}

/** Puts a result together; `types` are what agents are known to value. */
export function resultOf(
  mechanism: Mechanism,
  setup: RunSetup,
  types: ReadonlyMap<AgentId, unknown> | undefined,
  { outcome, certificate, rounds }: Conducted,
  measure: typeof metricsOf = metricsOf,
): RunResult {
  const metrics = measure(mechanism, types, setup.settings, outcome, setup.participants.length, rounds);
  const { seed } = setup;
  const result =
    certificate === undefined
      ? { mechanism: mechanism.id, outcome, metrics, seed }
      : { mechanism: mechanism.id, outcome, metrics, certificate, seed };
  return result as RunResult;
}
