import type { SeenCluster } from '@mechane/server';
import type { NodeStatus } from './engine/engine.ts';
import { JobStore } from './jobs/job-store.ts';

/** The nodes and the jobs of a cluster, for whoever looks: jobs are looked for in the database once somebody does. */
export class Overview {
  readonly #database: string;
  readonly #nodes: () => Promise<readonly NodeStatus[]>;
  #jobs: Promise<JobStore> | undefined;

  constructor(database: string, nodes: () => Promise<readonly NodeStatus[]>) {
    this.#database = database;
    this.#nodes = nodes;
  }

  /** @throws MechaneError `cannot-open-store`. */
  async seen(): Promise<SeenCluster> {
    const [nodes, jobs] = await Promise.all([this.#nodes(), this.#listed()]);
    return { nodes, jobs };
  }

  async close(): Promise<void> {
    const jobs = await this.#jobs?.catch(() => undefined);
    await jobs?.close();
  }

  async #listed(): Promise<SeenCluster['jobs']> {
    this.#jobs ??= JobStore.open(this.#database);
    const store = await this.#jobs.catch((cause) => {
      // Who looks again has it tried again.
      this.#jobs = undefined;
      throw cause;
    });
    return store.list();
  }
}
