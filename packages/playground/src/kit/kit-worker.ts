import { type Subject, verify } from '@mechane/conformance';
import { subjectsIn } from '../mechanisms/packages.ts';
import type { KitAnswer, KitTask } from './kit-task.ts';

addEventListener('message', ({ data }: MessageEvent<KitTask>) => {
  void examine(data).catch((thrown: unknown) => say({ error: String(thrown) }));
});

function say(answer: KitAnswer): void {
  postMessage(answer);
}

/** Examines a mechanism as its package would have it examined. */
async function examine({ mechanism, laws, runs, asked = false }: KitTask): Promise<void> {
  const started = performance.now();
  const subjects = (await subjectsIn(mechanism)).filter((subject) => subject.mechanism.id === mechanism);
  const reports = [];
  for (const subject of subjects) {
    const report = await verify(asked ? asIfClaimed(subject, laws ?? []) : subject, {
      ...(laws === undefined ? {} : { laws: laws as never }),
      ...(runs === undefined ? {} : { runs }),
      onProgress: ({ law, done, total }) => say({ progress: { law, done, total } }),
    });
    reports.push(report);
  }
  say({ reports, milliseconds: performance.now() - started });
}

/** The mechanism at its simplest settings, claiming these laws and nothing else. */
function asIfClaimed({ mechanism, domain, settings, providers }: Subject, laws: readonly string[]): Subject {
  const claims = laws.map((law) => ({ law, holds: true, because: 'asked' }));
  return {
    mechanism: { ...mechanism, claims: () => claims } as unknown as Subject['mechanism'],
    domain,
    settings: settings?.slice(0, 1) ?? [{}],
    ...(providers === undefined ? {} : { providers }),
  };
}
