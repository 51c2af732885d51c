import { createService, openStore, type Service, type Store } from '@mechane/server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasPostgres, type PrivatePostgres, startPostgres } from '../../../tools/postgres/private-postgres.mjs';
import { type Answer, adminToken, madeOf, mechaneForTests } from './house.ts';

/** How often Postgres crashes; a release is tested with 20. */
const crashes = Number(process.env.MECHANE_CRASHES ?? 1);

const clock = 'auction-english/clock';
const settings = { startingPrice: 0, increment: 1 };

interface Branch {
  readonly service: Service;
  ask(method: string, path: string, token: string, body?: object): Promise<Answer>;
  close(): Promise<void>;
}

describe.runIf(hasPostgres)('services on a Postgres', () => {
  let postgres: PrivatePostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  /** One of the services that share the database. */
  async function branch(address: string): Promise<Branch> {
    const store: Store = await openStore(postgres.url, { address });
    const service = createService({ mechane: mechaneForTests(), adminToken, store });
    await service.ready;
    let isOpen = true;
    const close = async (): Promise<void> => {
      if (!isOpen) return;
      isOpen = false;
      await service.close();
      await store.close();
    };
    onTestFinished(close);
    return {
      service,
      close,
      async ask(method, path, token, body) {
        // As requests that come over a network do, it lets the others have their turn.
        await new Promise(setImmediate);
        const headers = { authorization: `Bearer ${token}` };
        const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
        const response = await service.fetch(new Request(`http://house.test${path}`, init));
        const text = await response.text();
        return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
      },
    };
  }

  test('have a session in one of them: the other says in which, and takes it once that is gone', async () => {
    const here = await branch('http://here.test');
    const there = await branch('http://there.test');
    const made = await here.ask('POST', '/sessions', adminToken, {
      mechanism: clock,
      settings,
      agents: ['ann', 'bob'],
    });
    const { id, tokens } = madeOf(made.body);
    const ann = tokens.ann as string;
    const say = (at: Branch) => at.ask('POST', `/sessions/${id}/messages`, ann, { message: 'in', key: 'first' });
    const first = await say(here);
    expect(first.status).toBe(201);
    expect(await say(there)).toMatchObject({
      status: 503,
      body: { code: 'held-elsewhere', fix: 'ask "http://here.test"' },
    });
    const { body: listed } = await there.ask('GET', '/sessions', adminToken);
    expect(listed.find((each: { id: string }) => each.id === id)).toMatchObject({
      status: 'open',
      agents: ['ann', 'bob'],
    });
    await here.close();
    const third = await branch('http://third.test');
    expect(await say(third)).toMatchObject({ status: 201, body: first.body });
  });

  test('go on after it has crashed: whoever has a receipt keeps it, whoever tries again is heard once', {
    tags: ['long'],
  }, async () => {
    const house = await branch('http://crashing.test');
    const values: Readonly<Record<string, number>> = { ann: 4 * crashes + 6, bob: 4 * crashes + 4 };
    const made = await house.ask('POST', '/sessions', adminToken, {
      mechanism: clock,
      settings,
      agents: ['ann', 'bob'],
    });
    const { id, tokens } = madeOf(made.body);
    const insisting = async (method: string, path: string, token: string, body?: object): Promise<Answer> => {
      for (let tries = 0; ; tries++) {
        const answer = await house.ask(method, path, token, body);
        if (answer.status < 500) return answer;
        if (tries > 500) throw new Error(JSON.stringify(answer.body));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const receipts = new Map<string, object>();
    let crashed = 0;
    for (let isOpen = true; isOpen; ) {
      for (const [agent, token] of Object.entries(tokens)) {
        const ask = await insisting('GET', `/sessions/${id}/ask?wait=0.1`, token);
        if (ask.status === 204) continue;
        const { round, content } = ask.body;
        const message = content.price <= (values[agent] ?? 0) ? 'in' : 'out';
        const said = insisting('POST', `/sessions/${id}/messages`, token, { message, round, key: `${agent} ${round}` });
        if (round > 2 + 4 * crashed && crashed < crashes) {
          postgres.restart();
          crashed += 1;
        }
        const { status, body } = await said;
        if (status === 201) receipts.set(`${agent} ${round}`, body.receipt);
      }
      isOpen = (await insisting('GET', `/sessions/${id}`, adminToken)).body.status === 'open';
    }
    expect(crashed).toBe(crashes);
    const { body } = await insisting('GET', `/sessions/${id}`, adminToken);
    expect(body, JSON.stringify(body)).toMatchObject({ status: 'closed', outcome: { winner: 'ann' } });
    for (const [key, receipt] of receipts) {
      const [agent = '', round] = key.split(' ');
      const { price } = { price: Number(round) - 1 };
      const message = price <= (values[agent] ?? 0) ? 'in' : 'out';
      const again = await insisting('POST', `/sessions/${id}/messages`, tokens[agent] as string, { message, key });
      expect(again.body.receipt).toEqual(receipt);
    }
  });
});
