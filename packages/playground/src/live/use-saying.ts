import { type Seat, ServiceError } from '@mechane/client';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { insist } from './insist.ts';
import type { Said } from './said.tsx';

/** What became of something that was said: it counts, the service refused it, or that is not known. */
export type Became = 'counted' | 'refused' | 'unknown';

/** How somebody says things at a seat. */
export interface Saying {
  readonly isSending: boolean;
  /** What was wrong with the last, in words; empty where nothing was. */
  readonly problem: string;
  /** Shows what went wrong besides. */
  complain(error: unknown): void;
  /** @param isOfRound whether it counts in the round in which it was asked only */
  say(said: Omit<Said, 'receipt'>, isOfRound: boolean): Promise<Became>;
}

/** Says things at a seat until the page is left, and tells of each that counts. */
export function useSaying(seat: Seat, onSaid: (said: Said) => void): Saying {
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState('');
  const gone = useMemo(() => new AbortController(), []);
  useEffect(() => () => gone.abort(), [gone]);
  const complain = (error: unknown): void => setProblem(error instanceof Error ? error.message : String(error));
  return {
    isSending,
    problem,
    complain,
    async say(said, isOfRound) {
      setSending(true);
      setProblem('');
      try {
        const round = isOfRound ? { round: said.round } : {};
        onSaid({ ...said, receipt: await insist(seat, said.message, { ...round, signal: gone.signal }) });
      } catch (error) {
        if (gone.signal.aborted) return 'unknown';
        complain(error);
        setSending(false);
        return becameOf(error);
      }
      setSending(false);
      return 'counted';
    },
  };
}

/** What became of a message over which something was thrown: only a service that says no has not taken it. */
export function becameOf(error: unknown): Became {
  const status = error instanceof ServiceError ? (error.status ?? 0) : 0;
  return status >= 400 && status < 500 ? 'refused' : 'unknown';
}
