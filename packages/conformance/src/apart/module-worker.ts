// A thread that examines the subjects of a module, and says what it finds.
import { inText } from '../game/unplayable.ts';
import { otherDomainsOf } from '../other-domains.ts';
import type { Subject } from '../subject.ts';
import { defaultSeed, verify } from '../verify.ts';
import { kitVersion } from '../version.ts';
import { type Said, stop, type Task } from './said.ts';
import { starter } from './thread.ts';

/** Milliseconds. */
const betweenSignsOfLife = 1_000;

const host = starter();
const calledOff = new AbortController();

function say(said: Said): void {
  try {
    host.send(said);
  } catch {
    // An outcome may hold what no thread can be sent, such as a function.
    host.send(JSON.parse(JSON.stringify(said)));
  }
}

host.hear(
  (message: Task | typeof stop) => {
    if (message === stop) calledOff.abort();
    else void examine(message);
  },
  () => {},
);

async function examine(task: Task): Promise<void> {
  const signs = setInterval(() => say({ alive: true }), betweenSignsOfLife);
  try {
    await examined(task);
  } finally {
    clearInterval(signs);
  }
}

async function examined({ module, ...options }: Task): Promise<void> {
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = await import(/* @vite-ignore */ module);
  } catch (thrown) {
    say({ failed: 'to-load', cause: inText(thrown) });
    return;
  }
  const subjects = subjectsOf(exported);
  if (subjects === undefined) {
    say({ failed: 'to-find-subjects', cause: Object.keys(exported).join(', ') });
    return;
  }
  say({ subjects: subjects.length });
  for (const subject of subjects) {
    say({ begun: { mechanism: subject.mechanism.id, seed: options.seed ?? defaultSeed, kit: kitVersion } });
    const report = await verify(subject, {
      ...options,
      otherDomains: otherDomainsOf(subject, subjects),
      signal: calledOff.signal,
      onProgress: (progress) => say({ progress }),
      onVerdict: (verdict) => say({ verdict }),
    });
    say({ report });
  }
}

/** What a module exports to be examined; `undefined` where that is nothing. */
function subjectsOf({ subjects }: Readonly<Record<string, unknown>>): readonly Subject[] | undefined {
  return Array.isArray(subjects) && subjects.length > 0 && subjects.every(isSubject) ? subjects : undefined;
}

function isSubject(value: unknown): value is Subject {
  return typeof value === 'object' && value !== null && 'mechanism' in value && 'domain' in value;
}
