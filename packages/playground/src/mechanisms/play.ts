import { type Claim, createMechane, type Description, isMechaneError, type RunResult } from '@mechane/core';
import { pluginOf } from './packages.ts';
import type { Told } from './told.ts';

/** Mechanisms of one package, ready to be played. */
export interface Ready {
  readonly ids: readonly string[];
  describe(id: string): Description;
  /** What a mechanism claims at these settings; nothing where they are not sound. */
  claimsAt(id: string, settings: unknown): readonly Claim[];
  /** Plays a mechanism; what is wrong with what it is told is said, not thrown. */
  play(id: string, told: Told): Played;
}

/** What came of a play. */
export type Played = { readonly result: RunResult; readonly milliseconds: number } | { readonly problem: string };

const opened = new Map<string, Promise<Ready | undefined>>();

/** The package that a mechanism is in, loaded once; `undefined` where there is none. */
export function readyFor(mechanism: string): Promise<Ready | undefined> {
  const name = mechanism.split('/')[0] ?? '';
  const known = opened.get(name) ?? open(mechanism);
  opened.set(name, known);
  return known;
}

async function open(mechanism: string): Promise<Ready | undefined> {
  const plugin = await pluginOf(mechanism);
  if (plugin === undefined) return undefined;
  const mechane = createMechane().use(plugin);
  await mechane.prepare();
  return {
    ids: mechane.mechanisms.map(({ id }) => id),
    describe: (id) => mechane.describe(id),
    claimsAt(id, settings) {
      const mechanism = mechane.mechanism(id);
      const read = mechanism.settings.safeParse(settings ?? {});
      return read.success ? mechanism.claims(read.data) : [];
    },
    play(id, told) {
      const started = performance.now();
      try {
        const result = mechane.runScenario({ mechanism: id, ...told }) as RunResult;
        return { result, milliseconds: performance.now() - started };
      } catch (thrown) {
        return { problem: isMechaneError(thrown) || thrown instanceof Error ? thrown.message : String(thrown) };
      }
    },
  };
}
