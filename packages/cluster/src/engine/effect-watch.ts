import type { Engine, Layer, RunnerAddress } from './effect-types.ts';
import type { Lines } from './lines.ts';
import { isRefused } from './refused.ts';

/** So often a node looks after others. */
const watch = '500 millis';
/** So many others each looks after: those that come after it, by their addresses. Somebody looks after each, and the work grows with the nodes. */
const watched = 3;
/** So long a node has to answer a question, and so long it may say nothing to the database either, in milliseconds. */
const [answerTime, silence] = [1_500, 1_200];
/** So often it is looked then whether the database has heard of it, and for so long in all, in milliseconds: whoever is heard of until then is there. */
const [again, patience] = [200, 5_000];

/** By this name the database knows a node's connections: it keeps 63 characters. */
export function signatureOf({ host, port }: RunnerAddress): string {
  return `mechane node ${host}:${port}`.slice(0, 63);
}

/** Whether a node of that name has said anything to the database within so many milliseconds: whoever is alive does so several times a second. */
const heard = `
  select 1 from pg_stat_activity
  where application_name = $1 and greatest(state_change, query_start) > clock_timestamp() - $2 * interval '1 millisecond'
  limit 1`;

/** Takes from a node that is gone what it held. */
const seize = 'delete from cluster_locks where address = $1';

/**
 * Whether a node is alive, it has to say itself: a process that is stopped still takes connections, but answers nothing. Where nothing listens at its
 * address, it is gone. Where it does not answer, the network may be cut between two that live: it is gone if the database has not heard of it either. A
 * machine on which the one who asks is late himself is busy, and the other is given time (Dadgar, Phillips and Currey, Lifeguard, 2018).
 */
export function healthLayer(engine: Engine): Layer {
  const { Effect: effects, Layer: layers, PgClient, RunnerHealth, Runners } = engine;
  return layers.effect(
    RunnerHealth.RunnerHealth,
    effects.gen(function* () {
      const runners = yield* Runners.Runners;
      const database = yield* PgClient.PgClient;
      const isNowhere = (address: RunnerAddress) => effects.promise(() => isRefused(address));
      // A question that does not get through says nothing of a node yet; but it may have died meanwhile.
      const hasAnswered = (address: RunnerAddress) =>
        effects.gen(function* () {
          const answered = effects.timeout(runners.ping(address), `${patience} millis`);
          if (yield* effects.isSuccess(answered)) return true;
          return (yield* isNowhere(address)) ? false : yield* effects.never;
        });
      const isHeardOf = (address: RunnerAddress) =>
        effects.gen(function* () {
          const began = performance.now();
          let late = 0;
          for (let due = began + answerTime; due < began + patience; due = performance.now() + again) {
            yield* effects.sleep(`${Math.max(0, due - performance.now())} millis`);
            late = Math.max(late, performance.now() - due);
            const found = yield* database.unsafe(heard, [signatureOf(address), silence + 4 * late]);
            if (found.length === 0) return false;
          }
          return true;
        });
      const isAlive = (address: RunnerAddress) =>
        effects.gen(function* () {
          if (yield* isNowhere(address)) return false;
          return yield* effects.raceFirst(hasAnswered(address), isHeardOf(address));
        });
      return RunnerHealth.RunnerHealth.of({ isAlive: (address) => effects.orDie(isAlive(address)) });
    }),
  );
}

/** Every node looks after some others: the engine's own watch is one node's, and nobody's while that one is dead. */
export function watchingLayer(engine: Engine, own: RunnerAddress, lines: Lines): Layer {
  const { Effect: effects, Layer: layers, PgClient, RunnerHealth, RunnerStorage } = engine;
  const watchAll = effects.gen(function* () {
    const storage = yield* RunnerStorage.RunnerStorage;
    const health = yield* RunnerHealth.RunnerHealth;
    const database = yield* PgClient.PgClient;
    const free = ({ host, port }: RunnerAddress) => database.unsafe(seize, [`${host}:${port}`]);
    const look = (address: RunnerAddress) =>
      effects.gen(function* () {
        if (yield* health.isAlive(address)) return;
        yield* storage.setRunnerHealth(address, false);
        yield* free(address);
      });
    // One that has not answered yet does not keep the others waiting.
    const looked = new Set<string>();
    const lookIfNot = (address: RunnerAddress) =>
      effects.suspend(() => {
        const name = signatureOf(address);
        if (looked.has(name)) return effects.void;
        looked.add(name);
        const done = effects.sync(() => looked.delete(name));
        return effects.forkScoped(effects.ensuring(effects.ignoreCause(look(address)), done));
      });
    // The engine looks after nodes, too, and may find one gone first; what that held it leaves to be waited for.
    const freed = new Set<string>();
    const freeOnce = ([{ address }, isUp]: readonly [{ readonly address: RunnerAddress }, boolean]) =>
      effects.gen(function* () {
        const name = signatureOf(address);
        if (isUp) freed.delete(name);
        if (isUp || freed.has(name)) return;
        yield* free(address);
        freed.add(name);
      });
    const round = effects.gen(function* () {
      const runners = yield* storage.getRunners;
      const up = runners.filter(([, isUp]) => isUp).map(([{ address }]) => address);
      lines.keepOnly(up);
      yield* effects.forEach(runners, freeOnce, { discard: true });
      yield* effects.forEach(following(own, up), lookIfNot, { discard: true });
    });
    return yield* effects.forever(
      effects.gen(function* () {
        yield* effects.ignoreCause(round);
        return yield* effects.sleep(watch);
      }),
    );
  });
  return layers.effectDiscard(effects.forkScoped(watchAll));
}

/** Those whom a node looks after. */
export function following(own: RunnerAddress, up: readonly RunnerAddress[]): readonly RunnerAddress[] {
  const others = up.filter((address) => signatureOf(address) !== signatureOf(own));
  const sorted = others.toSorted((a, b) => (signatureOf(a) < signatureOf(b) ? -1 : 1));
  const next = sorted.findIndex((address) => signatureOf(address) > signatureOf(own));
  const around = next < 0 ? sorted : [...sorted.slice(next), ...sorted.slice(0, next)];
  return around.slice(0, watched);
}
