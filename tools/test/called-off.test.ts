import { type Certificate, isMechaneError } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { mechane } from './installed.ts';
import { profilesOf, servicesOf, subjects } from './play-subjects.ts';

/** A signal that aborts once it has been looked at so often: in the middle of what looks at it. */
function abortedAfter(looks: number) {
  const { signal } = new AbortController();
  let looked = 0;
  Object.defineProperty(signal, 'aborted', { get: () => looked++ >= looks });
  return { signal, isSeen: () => looked > looks };
}

/** What a run said of how it ended, where it was called off after so many looks; nothing where it had ended before. */
function saidOf(id: string, scenario: object, looks: number): string | undefined {
  const { signal, isSeen } = abortedAfter(looks);
  try {
    const { outcome, certificate } = mechane.run(id, { ...scenario, signal } as never) as {
      readonly outcome: { readonly status?: string; readonly reason?: string };
      readonly certificate?: Certificate;
    };
    if (!isSeen()) return undefined;
    return [outcome.status, outcome.reason, certificate?.status].filter((said) => said !== undefined).join(', ');
  } catch (error) {
    if (!isMechaneError(error)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

const looks = [1, 2, 3, 5, 8, 13, 40];

describe.each([...new Set(subjects.map(({ mechanism }) => mechanism.id))])('%s', (id) => {
  test('says that it was called off, and not that a limit was reached', async () => {
    for (const subject of subjects.filter(({ mechanism }) => mechanism.id === id)) {
      await servicesOf(subject);
      for (const { settings, reports } of [...profilesOf(subject)].slice(0, 3)) {
        const scenario = { settings, reports, seed: 1 };
        for (const many of looks)
          expect(saidOf(id, scenario, many) ?? '', `after ${many} looks`).not.toMatch(/max-rounds|limit|stopped/);
      }
    }
  });
});
