/** Thrown when the user has stopped the command and everything done so far is written. */
export class Interrupted extends Error {
  /** What a shell expects of a process that ended so: 128 and the number of the signal. */
  readonly exitCode: number;

  constructor(reason: unknown) {
    super('interrupted');
    this.exitCode = reason === 'SIGTERM' ? 143 : 130;
  }
}

export function throwIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new Interrupted(signal.reason);
}
