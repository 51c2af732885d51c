import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { englishAuctions } from '@mechane/auction-english';
import { type ClusterNode, type ClusterOptions, joinCluster } from '@mechane/cluster';
import { onTestFinished } from 'vitest';

export const adminToken = 'the token of the one who runs it all';

/** Where the engine is installed for tests: apart, so that nobody else installs it. */
export const engineFolder: string = fileURLToPath(new URL('../engine', import.meta.url));

/** Whether tests can have it; says so where they cannot. */
export const hasEngine: boolean = existsSync(`${engineFolder}/node_modules/effect`);
if (!hasEngine)
  console.warn('NOT TESTED: the engine of clusters is not installed (npm ci --prefix packages/cluster/engine)');

/** What a node answered. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it looks for
  readonly body: any;
}

/** A node of a test's own, and how it is asked. */
export interface TestNode extends ClusterNode {
  ask(method: string, path: string, token?: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  fetch(path: string, headers?: Record<string, string>): Promise<Response>;
}

/** Joins a cluster for one test. */
export async function join(database: string, options: Partial<ClusterOptions> = {}): Promise<TestNode> {
  const node = await joinCluster({
    plugins: [englishAuctions],
    database,
    adminToken,
    from: engineFolder,
    ...options,
  });
  let isGone = false;
  const close = async (): Promise<void> => {
    if (isGone) return;
    isGone = true;
    await node.close();
  };
  onTestFinished(close);
  const ask = async (
    method: string,
    path: string,
    token?: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const request = new Request(`http://house.test${path}`, {
      method,
      headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await node.service.fetch(request);
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
  };
  return {
    ...node,
    close,
    ask,
    fetch: (path, headers = {}) => node.service.fetch(new Request(`http://house.test${path}`, { headers })),
  };
}

/** Asks until something is so. */
export async function until<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
