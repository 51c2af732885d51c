import type { JobStatus } from '@mechane/cluster';
import type { JobRecord } from './spread.ts';

/** A job as it is shown: the command that began it, in the place of what is kept of it. */
export function whatOf({ name, what, begun, pieces, done }: JobStatus): ShownJob {
  return { job: name, command: commandOf(what), begun, pieces, done };
}

/** A job as it is shown. */
export interface ShownJob {
  readonly job: string;
  readonly command: string;
  /** In ISO 8601. */
  readonly begun: string;
  /** `null` where not all of its input was read. */
  readonly pieces: number | null;
  readonly done: number;
}

/** What a command has kept of its work; `undefined` where no command began it. */
export function recordIn(what: string): JobRecord | undefined {
  try {
    const record = JSON.parse(what) as JobRecord;
    return typeof record.command === 'string' ? record : undefined;
  } catch {
    return undefined;
  }
}

function commandOf(what: string): string {
  const record = recordIn(what);
  if (record === undefined) return what;
  const { command, inputs, options } = record;
  const flags = ['ndjson', 'cats'].filter((name) => options[name] === true).map((name) => `--${name}`);
  return ['mechane', command, ...flags, ...inputs].join(' ');
}
