/** What a service has counted of itself, as far as it is shown. */
export interface Counted {
  readonly sessions: number;
  readonly streams: number;
  /** Messages that were accepted since it started. */
  readonly accepted: number;
  /** Requests that brought a message: how many were answered within so many seconds, the shortest first. */
  readonly within: readonly (readonly [seconds: number, count: number])[];
}

/** What has been measured between two moments. */
export interface Measured {
  readonly sessions: number;
  readonly streams: number;
  readonly messagesPerSecond: number;
  /** Of 100 messages, 99 were answered within so many seconds; `undefined` where there were none. */
  readonly p99: number | undefined;
}

/** The answers to messages: others wait to be asked, which says nothing of how fast a service is. */
const sayingRoute = /route="[^"]+\/messages"/;

/** Reads what a service counts, in the text format of Prometheus, version 0.0.4. */
export function countedIn(text: string): Counted {
  const samples = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))] as const;
    });
  const sample = (name: string): number => samples.find(([given]) => given === name)?.[1] ?? 0;
  const within = samples.flatMap(([name, count]) => {
    const bound = /^mechane_request_seconds_bucket\{.*le="([^"]+)"/.exec(name)?.[1];
    if (bound === undefined || !sayingRoute.test(name)) return [];
    return [[bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound), count] as const];
  });
  return {
    sessions: sample('mechane_sessions_open'),
    streams: sample('mechane_streams_open'),
    accepted: sample('mechane_messages_total{verdict="accepted"}'),
    within,
  };
}

/**
 * What has been measured since something was counted before; since the service started, where it has started anew.
 *
 * @param seconds between the two
 */
export function measuredBetween(before: Counted, now: Counted, seconds: number): Measured {
  const since = now.accepted < before.accepted ? { accepted: 0, within: [] } : before;
  const told = now.within.map(
    ([bound, count]) => [bound, count - (since.within.find(([same]) => same === bound)?.[1] ?? 0)] as const,
  );
  const all = told.at(-1)?.[1] ?? 0;
  return {
    sessions: now.sessions,
    streams: now.streams,
    messagesPerSecond: seconds > 0 ? (now.accepted - since.accepted) / seconds : 0,
    p99: all === 0 ? undefined : told.find(([, count]) => count >= 0.99 * all)?.[0],
  };
}
