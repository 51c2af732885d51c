import type { Mechanism } from '../contract/mechanism.ts';
import type { ServiceScope } from '../services/service-scope.ts';
import { EventsService, TelemetryService } from '../services/token.ts';
import { RunObserver, RunTelling } from './observer.ts';
import type { RunIdentity } from './run-identity.ts';
import type { RunSetup } from './run-setup.ts';
import type { RunResult } from './run-types.ts';

/** Opened, then finished or failed, and its services disposed. */
export function observed(
  scope: ServiceScope,
  mechanism: Mechanism,
  setup: RunSetup,
  identity: RunIdentity,
  play: () => RunResult,
): RunResult {
  const observer = observerOf(scope, mechanism, setup, identity);
  try {
    const result = play();
    observer.finished(result);
    return result;
  } catch (thrown) {
    throw observer.failed(thrown);
  } finally {
    setup.scope?.release();
  }
}

/** Tells that a run is opened, and is told how it goes. */
export function observerOf(
  { resolve }: ServiceScope,
  { id }: Mechanism,
  { participants }: RunSetup,
  identity: RunIdentity,
): RunObserver {
  const telling = new RunTelling(resolve(EventsService), identity);
  return new RunObserver(id, participants, telling, resolve(TelemetryService), identity);
}
