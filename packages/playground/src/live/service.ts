import { type Client, connect } from '@mechane/client';
import { useEffect, useState } from 'preact/hooks';
import { ServerClock } from './server-clock.ts';

/** The service that this page comes from. */
export interface ServiceHere {
  readonly url: string;
  readonly clock: ServerClock;
  /** Whether its answers come through at the moment. */
  readonly isHeard: boolean;
  client(adminToken?: string): Client;
  /** What it counts of itself, in the text format of Prometheus. */
  metrics(): Promise<string>;
  /** Told when it is heard again, or no more. */
  onHeard(hear: () => void): () => void;
}

let known: ServiceHere | undefined;

/** The service that this page comes from; `undefined` where it comes from none. */
export function serviceHere(): ServiceHere | undefined {
  const { content } = document.querySelector<HTMLMetaElement>('meta[name="mechane-service"]') ?? {};
  if (content === undefined) return undefined;
  known ??= serviceAt(new URL(content, location.href).href);
  return known;
}

function serviceAt(url: string): ServiceHere {
  const clock = new ServerClock();
  const listeners = new Set<() => void>();
  let isHeard = true;
  const heard = (now: boolean): void => {
    if (now === isHeard) return;
    isHeard = now;
    for (const listener of listeners) listener();
  };
  const watched = async (address: string, init: RequestInit): Promise<Response> => {
    const sent = Date.now();
    try {
      const response = await fetch(address, init);
      heard(true);
      clock.hear(response.headers.get('date'), sent, Date.now());
      return response;
    } catch (error) {
      if (init.signal?.aborted !== true) heard(false);
      throw error;
    }
  };
  addEventListener('offline', () => heard(false));
  return {
    url,
    clock,
    get isHeard() {
      return isHeard;
    },
    client: (adminToken) =>
      connect(url, { fetch: watched, verify: canVerify(), ...(adminToken === undefined ? {} : { adminToken }) }),
    metrics: async () => (await watched(new URL('metrics', url).href, {})).text(),
    onHeard(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
  };
}

/** Whether this browser can check receipts: pages that come over plain HTTP from another machine cannot. */
export function canVerify(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

/** Whether the service's answers come through, followed as it changes. */
export function useHeard(service: ServiceHere): boolean {
  const [isHeard, setHeard] = useState(service.isHeard);
  useEffect(() => service.onHeard(() => setHeard(service.isHeard)), [service]);
  return isHeard;
}
