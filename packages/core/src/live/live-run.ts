import type { AgentId } from '../contract/agent.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import type { Setup } from '../contract/setup.ts';
import type { RecordedRounds } from '../play/recorded-rounds.ts';
import type { Recording } from '../play/recording.ts';
import type { Clock } from '../services/clock.ts';
import type { Events } from '../services/events.ts';
import type { RunTrace } from '../services/telemetry.ts';
import type { Participant } from './agent-registry.ts';
import type { Cancellation } from './cancellation.ts';

/** What a live run works with. */
export interface LiveRun {
  readonly mechanism: Mechanism;
  readonly setup: Setup;
  readonly agents: ReadonlyMap<AgentId, Participant>;
  readonly cancellation: Cancellation;
  readonly clock: Clock;
  readonly events: Events;
  readonly trace: RunTrace;
  readonly recording: Recording;
  /** The rounds that have been held already, where a run is resumed. */
  readonly recorded: RecordedRounds | undefined;
  /** Milliseconds a round waits where the mechanism sets no deadline. */
  readonly within: number;
}
