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
import { Arena } from './arena.ts';
import type { Bench } from './bench.ts';
import { drawProfiles } from './profile.ts';
import type { Subject } from './subject.ts';
import { kitVersion } from './version.ts';

/** What all benches of one examination share. */
export interface Workshop {
  readonly subject: Subject;
  readonly seed: number;
  readonly services: ServiceScope;
  readonly mechane: Mechane<Mechanism>;
  readonly clock: TestClock;
  readonly breathe: () => Promise<void>;
  dispose(): Promise<void>;
}

/** Sizes of random profiles: most bugs show with two or three agents, some only with more. */
const rhythm = [2, 3, 1, 4, 2, 3, 5, 3, 2, 4] as const;

export function openWorkshop(subject: Subject, seed: number, breathe: () => Promise<void>): Workshop {
  const clock = testClock();
  const services = new ServiceScope();
  services.bind(provide(ClockService, () => clock));
  services.bind(provide(EventsService, localEvents));
  services.bind(provide(TelemetryService, () => openTelemetry()));
  for (const provider of subject.providers ?? []) services.bind(provider, { override: true });
  // Claims are what is examined here; the registry would refuse unsound ones before anything could be said about them.
  const claimless = { ...subject.mechanism, claims: () => [] };
  const plugin = definePlugin({ name: '@mechane/conformance', version: kitVersion, mechanisms: [claimless] });
  const mechane = createMechane({
    services: [provide(ClockService, () => clock), ...(subject.providers ?? [])],
  }).use<Mechanism>(plugin);
  return {
    subject,
    seed,
    services,
    mechane,
    clock,
    breathe,
    async dispose() {
      await mechane.dispose();
      await services.dispose();
    },
  };
}

export function openBench(workshop: Workshop, settings: unknown, runs: number): Bench {
  const { subject, seed, services, mechane, clock, breathe } = workshop;
  const arena = new Arena(subject.mechanism, subject.domain, settings, services);
  const { min: fewest = 1, max: most = Math.max(5, subject.participants?.min ?? 1) } = subject.participants ?? {};
  const sizes = [...new Set(rhythm.map((size) => Math.min(most, Math.max(fewest, size))))];
  const random = (purpose: string): Random => seededRandom(seed * 4_294_967_296 + hashed(purpose));
  const profiles = drawProfiles(arena, sizes, runs, random('profiles'));
  arena.remember(profiles.map(({ types }) => types));
  return { arena, seed, runs, fewest, most, profiles, random, mechane, clock, breathe };
}

/** FNV-1a. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
