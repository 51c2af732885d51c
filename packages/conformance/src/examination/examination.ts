import {
  ClockService,
  createMechane,
  definePlugin,
  EventsService,
  type Mechane,
  type Mechanism,
  provide,
  type Random,
  seededRandom,
  TelemetryService,
  type TestClock,
  testClock,
} from '@mechane/core';
import { localEvents, openTelemetry, ServiceScope } from '@mechane/core/host';
import { type Literals, literalsOf } from '../draw/literals.ts';
import type { Rules } from '../game/game.ts';
import type { Subject } from '../subject.ts';
import { kitVersion } from '../version.ts';

/** What all trials of one examination share. */
export interface Examination {
  readonly subject: Subject;
  readonly seed: number;
  /** What is the same in all games. */
  readonly rules: Rules;
  /** What the mechanism's text mentions. */
  readonly literals: Literals;
  /** The framework around the mechanism, as users have it: what only shows at its edge is played here. */
  readonly mechane: Mechane<Mechanism>;
  /** The time that live runs go by. */
  readonly clock: { now(): number; advance(milliseconds: number): void };
  /** Randomness that belongs to the seed and to this purpose. */
  random(purpose: string): Random;
  dispose(): Promise<void>;
}

/** A day on which an examination may as well take place. */
const anyDay = 1_790_000_000_000;

export function openExamination(subject: Subject, seed: number): Examination {
  const time = testClock();
  time.advance(anyDay);
  // Agents and mechanisms see a clock like any other: that it can be moved is the kit's business.
  const clock = Object.freeze({ now: time.now, after: time.after });
  const services = new ServiceScope();
  services.bind(provide(ClockService, () => clock));
  services.bind(provide(EventsService, localEvents));
  services.bind(provide(TelemetryService, () => openTelemetry()));
  for (const provider of subject.providers ?? []) services.bind(provider, { override: true });
  let framework: Mechane<Mechanism> | undefined;
  let literals: Literals | undefined;
  const examination: Examination = {
    subject,
    seed,
    get rules() {
      return rules;
    },
    get literals() {
      literals ??= literalsOf(subject.mechanism);
      return literals;
    },
    get mechane() {
      framework ??= frameworkFor(subject, time);
      return framework;
    },
    clock: time,
    random: (purpose) => seededRandom(seed * 4_294_967_296 + hashed(purpose)),
    async dispose() {
      await framework?.dispose().catch(() => {});
      await services.dispose().catch(() => {});
    },
  };
  const { mechanism, domain, elsewhere } = subject;
  const rules: Rules = { mechanism, domain, elsewhere, services, edge: examination };
  return examination;
}

function frameworkFor(subject: Subject, { now, after }: TestClock): Mechane<Mechanism> {
  // Claims are what is examined here; the registry would refuse unsound ones before anything could be said about them.
  const claimless = { ...subject.mechanism, claims: () => [] };
  const plugin = definePlugin({ name: 'examined', version: kitVersion, mechanisms: [claimless] });
  const clock = Object.freeze({ now, after });
  return createMechane({ services: [provide(ClockService, () => clock), ...(subject.providers ?? [])] }).use<Mechanism>(
    plugin,
  );
}

/** FNV-1a. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
