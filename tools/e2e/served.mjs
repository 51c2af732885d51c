import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../root.mjs';
import { findChromium, saidInChromium } from './chromium.mjs';
import { demand } from './folder.mjs';
import { House } from './house.mjs';
import { modelPlays } from './model.mjs';
import { withOurs } from './one-alone.mjs';
import { fromTarballs } from './pack.mjs';

/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./house.mjs').Made} Made */
/** @typedef {import('./model.mjs').Told} Told */
/** @typedef {import('./pack.mjs').Packed} Packed */
/** @typedef {import('./table.mjs').Row} Row */

/** @typedef {{ clock: Told, timed: Told }} Seen how a bidder has seen both auctions end */

const ours = ['mechane', '@mechane/auction-english', '@mechane/client', '@mechane/core', '@mechane/server'];
/** What the item is worth to each, in both auctions. */
const values = { page: 12, python: 5, model: 8 };
/**
 * What both must come to: in the clock, the last rival leaves when the price has passed what it is worth to it; in the auction of a while, the standing price is a step
 * above the second highest maximum.
 */
const known = { winner: 'page', payment: 9 };
/** In this round of the clock, the service is killed. */
const fatalRound = 4;

/**
 * Two auctions that `npx mechane serve` holds, played to their end by a page, a program in Python and a client of the Model Context Protocol, while the
 * service is killed in the middle.
 *
 * @param {Folder} scratch
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row[]>}
 */
export async function servedAcrossKill(scratch, packages) {
  const check = 'auctions that are served';
  if (spawnSync('python3', ['--version']).status !== 0) {
    return [{ check, measured: '', ok: false, skipped: true, note: 'there is no python3 on this machine' }];
  }
  const folder = scratch.folder('served');
  await folder.install({
    private: true,
    type: 'module',
    dependencies: fromTarballs(withOurs(packages, ours)),
  });
  const page = folder.folder('page');
  cpSync(join(folder.path, 'node_modules/@mechane/client/dist'), join(page.path, 'client'), { recursive: true });
  /** @type {House | undefined} */
  let house;
  /** @type {ReturnType<typeof begun> | undefined} */
  let beginning;
  const prepare = (/** @type {string} */ origin) => {
    house = new House(folder, ['--origin', origin]);
    beginning = begun(house, folder, page);
    return beginning.then(() => {});
  };
  try {
    const { said, browser } = await saidByPage(folder, page, prepare);
    const inPage = JSON.parse(said ?? '"it said nothing"');
    const game = await beginning;
    if (inPage.clock === undefined || game === undefined || house === undefined) {
      return [{ check, measured: '', ok: false, note: `${browser}: ${said}` }];
    }
    const seen = new Map([
      [`a page, ${browser}`, inPage],
      ['a program in Python', await game.python],
      ['a model’s client, MCP', await game.model],
    ]);
    return [
      ...[...seen].map(([bidder, ends]) => row(`${check}: ${bidder}`, ends)),
      await replayed(house, folder, game.receipts, game.sessions),
    ];
  } finally {
    await house?.end('SIGTERM');
  }
}

/**
 * Opens both auctions and lets those play that are no page.
 *
 * @param {House} house
 * @param {Folder} folder
 * @param {Folder} page
 */
async function begun(house, folder, page) {
  const startedWithin = await house.start();
  const agents = Object.keys(values);
  const clock = await house.open('auction-english/clock', { startingPrice: 0, increment: 1 }, agents);
  // Long enough for a start and another one, however slow the machine is.
  const timed = await house.open('auction-english/timed', { duration: 15_000 + 3 * startedWithin }, agents);
  const sessions = { clock, timed };
  page.write('bidder.js', bidderInPage(house.url, sessions));
  page.write(
    'index.html',
    `<!doctype html><script type="module">
const said = await import('./bidder.js').then(({ seen }) => seen).catch((error) => String(error));
await fetch('/said/page', { method: 'POST', body: JSON.stringify(said) });
</script>`,
  );
  /** @type {Told[]} */
  const receipts = [];
  const python = inPython(folder, sessions);
  const model = byTools(house, sessions, receipts);
  // Whoever waits for the page hears of it later.
  for (const playing of [python, model]) playing.catch(() => {});
  return { sessions, receipts, python, model };
}

/**
 * @param {Folder} folder
 * @param {Folder} page
 * @param {(origin: string) => Promise<void>} prepare
 */
async function saidByPage(folder, page, prepare) {
  const chromium = findChromium(process.env);
  if (chromium === undefined) {
    if (process.env.MECHANE_CHROMIUM === 'required') throw new Error('there is no chromium on this machine');
    await prepare('http://127.0.0.1');
    const { seen } = await import(pathToFileURL(join(page.path, 'bidder.js')).href);
    return { said: JSON.stringify(seen), browser: 'but by Node’s fetch: there is no chromium' };
  }
  const said = await saidInChromium(chromium, folder.folder('profile'), new Map([['page', page.path]]), prepare);
  return { said: said.get('page'), browser: 'Chromium’s fetch' };
}

/**
 * @param {string} url
 * @param {{ clock: Made, timed: Made }} sessions
 */
function bidderInPage(url, { clock, timed }) {
  return `import { connect } from './client/index.js';
const client = connect('${url}');
const [clock, timed] = await Promise.all([
  client.play('${clock.agents.page?.token}', ({ price }) => (price <= ${values.page} ? 'in' : 'out')),
  client.play('${timed.agents.page?.token}', ({ leastBid, standing }, { agent }) =>
    standing?.agent === agent || leastBid > ${values.page} ? undefined : { max: ${values.page} }),
]);
export const seen = { clock: clock.outcome, timed: timed.outcome };
`;
}

/**
 * @param {Folder} folder
 * @param {{ clock: Made, timed: Made }} sessions
 * @returns {Promise<Seen>}
 */
async function inPython(folder, { clock, timed }) {
  const [inClock, inTimed] = await Promise.all(
    [clock, timed].map(async ({ url, agents }) => {
      const script = join(root, 'examples/python/bidder.py');
      const variables = { MECHANE_TOKEN: agents.python?.token ?? '' };
      const ended = await folder.command('python3', [script, url, `${values.python}`], variables);
      // What is refused as late, it says on the way, and its last line is what came out.
      return JSON.parse(
        demand('bidder.py', ended)
          .split('\n')
          .filter((line) => line.startsWith('{"winner"'))
          .at(-1) ?? '{}',
      );
    }),
  );
  return { clock: inClock, timed: inTimed };
}

/**
 * Lets a model's client play, which waits in both auctions until the service has been killed: in the clock after some rounds, in the other one
 * after its rivals' bids. So it is the middle of both, whatever the machine.
 *
 * @param {House} house
 * @param {{ clock: Made, timed: Made }} sessions
 * @param {Told[]} receipts
 * @returns {Promise<Seen>}
 */
async function byTools(house, { clock, timed }, receipts) {
  let waiting = 2;
  /** @type {(value?: undefined) => void} */
  let restarted = () => {};
  const again = new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
    restarted = resolve;
  });
  const middle = async () => {
    waiting -= 1;
    if (waiting === 0) {
      await house.end('SIGKILL');
      await house.start();
      restarted();
    }
    await again;
  };
  const max = values.model;
  const [inClock, inTimed] = await Promise.all([
    modelPlays(house.url, clock.agents.model?.token ?? '', receipts, async ({ price }, round) => {
      if (round === fatalRound) await middle();
      return price <= max ? 'in' : 'out';
    }),
    modelPlays(house.url, timed.agents.model?.token ?? '', receipts, async ({ leastBid, standing }) => {
      // Its rivals come first.
      if (standing?.price === values.python + 1) await middle();
      return standing === null || standing.price <= values.python || leastBid > max ? undefined : { max };
    }),
  ]);
  return { clock: inClock.outcome, timed: inTimed.outcome };
}

/**
 * @param {string} check
 * @param {Seen} seen
 * @returns {Row}
 */
function row(check, { clock, timed }) {
  const ok = [clock, timed].every(({ winner, payment }) => winner === known.winner && payment === known.payment);
  return {
    check,
    measured: `clock: ${clock.winner} for ${clock.payment}, timed: ${timed.winner} for ${timed.payment}`,
    ok,
    note: 'killed in the middle; the second highest value is 8, and a step',
  };
}

/**
 * What was acknowledged before and after the service was killed stands in the journals, which lead to what came out.
 *
 * @param {House} house
 * @param {Folder} folder
 * @param {readonly Told[]} receipts
 * @param {{ clock: Made, timed: Made }} sessions
 * @returns {Promise<Row>}
 */
async function replayed(house, folder, receipts, sessions) {
  folder.write('key.json', await house.ask('/key'));
  let proved = 0;
  const outcomes = [];
  for (const [name, { id }] of Object.entries(sessions)) {
    folder.write(`${name}.log`, await house.ask(`/sessions/${id}/journal`));
    const replay = async (/** @type {readonly string[]} */ ...options) =>
      JSON.parse(
        demand(
          'mechane replay',
          await folder.npm(['exec', '--no', '--', 'mechane', 'replay', `${name}.log`, '--json', ...options]),
        ).split('\n', 1)[0] ?? '',
      );
    outcomes.push((await replay()).outcome);
    const own = receipts.filter(({ session }) => session === id);
    for (const receipt of new Set([own[0], own.at(-1)])) {
      folder.write('receipt.json', receipt ?? {});
      const { included } = await replay('--key', 'key.json', '--receipt', 'receipt.json');
      proved += included === true ? 1 : 0;
    }
  }
  const isRight = outcomes.every(({ winner, payment }) => winner === known.winner && payment === known.payment);
  return {
    check: 'auctions that are served: journals and receipts across the kill',
    measured: `${outcomes.length} replayed, ${proved} receipts proved of ${receipts.length}`,
    ok: isRight && proved === 3,
    note: 'the first and the last word in the clock, and the one in the other auction',
  };
}
