// npm run e2e:mcp: clients of the Model Context Protocol that are not those of our tests bid in a running service: the Python package `mcp` (MECHANE_PYTHON says which Python
// has it) and @modelcontextprotocol/sdk 1.x, which is installed into an empty folder.
import { copyFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demand, Folder } from './folder.mjs';
import { tableOf, violated } from './table.mjs';

/** @typedef {import('./table.mjs').Row} Row */
/** @typedef {{ name: string, version: string, run: (url: string, bid: number, token: string) => Promise<string> }} OtherClient */

const adminToken = 'the token of the one who runs it all';
const scratch = new Folder(realpathSync(mkdtempSync(join(tmpdir(), 'mechane-mcp-'))));
try {
  const clients = [inPython(scratch), inTypeScript(scratch)];
  const rows = await auctioned(await Promise.all(clients));
  console.log(tableOf(rows));
  process.exitCode = violated(rows) ? 1 : 0;
} finally {
  rmSync(scratch.path, { recursive: true, force: true });
}

/** @param {string} file */
function programOf(file) {
  return fileURLToPath(new URL(`mcp-clients/${file}`, import.meta.url));
}

/**
 * @param {Folder} scratch
 * @returns {Promise<OtherClient | string>} or why there is none
 */
async function inPython(scratch) {
  const python = process.env.MECHANE_PYTHON ?? 'python3';
  const asked = ['-c', 'import mcp, importlib.metadata; print(importlib.metadata.version("mcp"))'];
  const { code, output } = await scratch.command(python, asked);
  if (code !== 0) return 'Python has no package mcp (pip install mcp)';
  return {
    name: 'mcp for Python',
    version: output.trim(),
    async run(url, bid, token) {
      const ended = await scratch.command(python, [programOf('bidder.py'), url, `${bid}`], { MECHANE_TOKEN: token });
      return demand('bidder.py', ended);
    },
  };
}

/**
 * @param {Folder} scratch
 * @returns {Promise<OtherClient>}
 */
async function inTypeScript(scratch) {
  const sdk = '@modelcontextprotocol/sdk';
  const folder = scratch.folder('sdk');
  await folder.install({ private: true, type: 'module', dependencies: { [sdk]: '^1.0.0' } });
  copyFileSync(programOf('bidder.mjs'), join(folder.path, 'bidder.mjs'));
  return {
    name: `${sdk} 1.x`,
    version: JSON.parse(folder.read(`node_modules/${sdk}/package.json`)).version,
    run: async (url, bid, token) =>
      demand('bidder.mjs', await folder.node(['bidder.mjs', url, `${bid}`], { MECHANE_TOKEN: token })),
  };
}

/**
 * A sealed auction for each client, in which a rival has bid 9.
 *
 * @param {readonly (OtherClient | string)[]} clients
 * @returns {Promise<Row[]>}
 */
async function auctioned(clients) {
  const { createService, listen, openStore } = await import('@mechane/server');
  const { sealedAuctions } = await import('@mechane/auction-sealed');
  const { connect } = await import('@mechane/client');
  const store = await openStore('sqlite::memory:');
  const service = createService({ plugins: [sealedAuctions], store, adminToken });
  const { url, close } = await listen(service, { port: 0 });
  const house = connect(url, { adminToken });
  try {
    /** @type {Row[]} */
    const rows = [];
    for (const client of clients) {
      if (typeof client === 'string') {
        rows.push({ check: client, measured: '', ok: false, skipped: true });
        continue;
      }
      const { id, agents } = await house.create({
        mechanism: 'auction-sealed/second-price',
        agents: ['model', 'rival'],
      });
      await house.seat(agents.rival?.token ?? '').submit({ bid: 9 });
      const seen = JSON.parse(await client.run(url, 12, agents.model?.token ?? ''));
      // All have answered: the round is over.
      const { outcome } = await house.play(agents.rival?.token ?? '', () => undefined);
      rows.push(row(client, seen, outcome ?? {}, id));
    }
    return rows;
  } finally {
    await close();
    await store.close();
  }
}

/**
 * @param {OtherClient} client
 * @param {any} seen
 * @param {Readonly<Record<string, unknown>>} outcome
 * @param {string} session
 * @returns {Row}
 */
function row({ name, version }, { tools, resources, rules, prompts, prompt, refusal, receipt }, outcome, session) {
  /** @type {[string, boolean][]} */
  const expected = [
    ['tools', ['describe_mechanism', 'get_ask', 'get_session', 'submit_message'].every((tool) => tools.includes(tool))],
    ['rules', resources.includes(`mechane://mechanisms/${rules}`)],
    ['prompts', ['auditor', 'bidder', 'designer'].every((role) => prompts.includes(role)) && prompt === 1],
    ['a refusal that can be mended', refusal?.code === 'invalid-message' && refusal.path.at(-1) === 'bid'],
    ['a receipt', receipt?.session === session && typeof receipt.signature === 'string'],
    ['the second price', outcome.winner === 'model' && outcome.payment === 9],
  ];
  const missing = expected.filter(([, holds]) => !holds).map(([what]) => what);
  return {
    check: `${name} ${version}`,
    measured: `${outcome.winner} wins for ${outcome.payment}`,
    ok: missing.length === 0,
    note:
      missing.length === 0 ? `${tools.length} tools, ${prompts.length} prompts` : `not right: ${missing.join(', ')}`,
  };
}
