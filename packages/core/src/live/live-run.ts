import type { AgentId } from '../contract/agent.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import type { Setup } from '../contract/setup.ts';
import type { AskedAgents } from '../play/asked-agents.ts';
import type { Recording } from '../play/recording.ts';
import type { Clock } from '../services/clock.ts';
import type { LiveMeter, RunTrace } from '../services/telemetry.ts';
import type { Participant } from './agent-registry.ts';
import type { Calls } from './asking-round.ts';
import type { Deadlines } from './deadline.ts';
import type { EventStream } from './event-stream.ts';

/** What a live run works with. */
export interface LiveRun {
  readonly mechanism: Mechanism;
  readonly setup: Setup;
  /** The list of participants that the mechanism sees; it grows with those who come in. */
  readonly participants: readonly AgentId[];
  readonly agents: ReadonlyMap<AgentId, Participant>;
  readonly clock: Clock;
  readonly events: EventStream;
  readonly meter: LiveMeter;
  readonly recording: Recording;
  readonly deadlines: Deadlines;
  /** Whether rounds wait for those who may still come in. */
  readonly isOpen: boolean;
  readonly asked: AskedAgents;
  readonly calls: Calls;
  readonly trace: RunTrace;
}
