import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, onTestFinished, test } from 'vitest';
import {
  type Connection,
  hasPostgres,
  type PrivatePostgres,
  startPostgres,
} from '../../../tools/postgres/private-postgres.mjs';
import { hasEngine, join, until } from './nodes.ts';

describe.runIf(hasPostgres && hasEngine)('a node that takes connections, and answers nothing', () => {
  let postgres: PrivatePostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  async function connected(name?: string): Promise<Connection> {
    const connection = await postgres.connect(name);
    onTestFinished(() => connection.close());
    return connection;
  }

  /** Somebody who listens as a node that is stopped does, and stands among the nodes with what one holds. */
  async function stopped(): Promise<{ database: Connection; address: string; asked: () => number }> {
    const node = await join(postgres.url);
    const database = await connected();
    const own = 'select 1 from cluster_locks where address = $1';
    await until(async () => (await database.query(own, [node.address])).length > 0 || undefined);
    let asked = 0;
    const server: Server = createServer((socket) => socket.on('error', () => {}).on('data', () => (asked += 1)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const address = `127.0.0.1:${port}`;
    await database.query(
      `insert into cluster_runners (address, runner, healthy, last_heartbeat)
       select $1, replace(runner, $3, $4), true, now() + interval '1 hour' from cluster_runners where address = $2`,
      [address, node.address, node.address.split(':')[1], `${port}`],
    );
    await database.query(
      "insert into cluster_locks (shard_id, address, acquired_at) values ('elsewhere:1', $1, now() + interval '1 hour')",
      [address],
    );
    return { database, address, asked: () => asked };
  }

  const isUp = async (database: Connection, address: string): Promise<boolean> => {
    const [found] = await database.query('select healthy from cluster_runners where address = $1', [address]);
    return found?.healthy === true;
  };

  test('is gone once the database has not heard of it either, and what it held is free', {
    tags: ['long'],
  }, async () => {
    const { database, address } = await stopped();
    await until(async () => !(await isUp(database, address)) || undefined);
    const held = 'select 1 from cluster_locks where address = $1';
    await until(async () => (await database.query(held, [address])).length === 0 || undefined);
  });

  test('leaves what it held free, whoever has found it gone', { tags: ['long'] }, async () => {
    const { database, address } = await stopped();
    // As the engine does where it looks first.
    await database.query('update cluster_runners set healthy = false where address = $1', [address]);
    const held = 'select 1 from cluster_locks where address = $1';
    await until(async () => (await database.query(held, [address])).length === 0 || undefined);
  });

  test('is there where the database hears of it: only the network between the two is cut', {
    tags: ['long'],
  }, async () => {
    const { database, address, asked } = await stopped();
    const voice = await connected(`mechane node ${address}`);
    const beat = setInterval(() => void voice.query('select 1').catch(() => {}), 50);
    onTestFinished(() => clearInterval(beat));
    const before = asked();
    // On a machine that stands still it may be taken for gone, and is found again.
    await until(async () => (asked() > before + 2 && (await isUp(database, address))) || undefined);
  });
});
