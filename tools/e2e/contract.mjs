// npm run e2e:contract [-- --examples 100]: schemathesis (PyPI) asks a running service whatever its own description allows, and what it does not, as the admin,
// as agents and as a stranger. No answer may be a failure of the service, or one that is not described. MECHANE_SCHEMATHESIS says where the program is.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tableOf, violated } from './table.mjs';

/** @typedef {import('./table.mjs').Row} Row */
/** @typedef {{ name: string, token?: string, session?: string, without?: string }} Caller */

const { values } = parseArgs({ options: { examples: { type: 'string', default: '50' } } });
const program = process.env.MECHANE_SCHEMATHESIS ?? 'schemathesis';
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];
const adminToken = 'the token of the one who runs it all';
const longest = 600_000;

if (spawnSync(program, ['--version']).status !== 0) {
  console.log('skipped: there is no schemathesis (pip install schemathesis)');
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'mechane-contract-'));
  try {
    const rows = await asked(scratch);
    console.log(`\n${tableOf(rows)}`);
    process.exitCode = violated(rows) ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} scratch */
async function asked(scratch) {
  const { createService, listen, openStore } = await import('@mechane/server');
  const { sealedAuctions } = await import('@mechane/auction-sealed');
  const { englishAuctions } = await import('@mechane/auction-english');
  const store = await openStore(`sqlite:${join(scratch, 'house.db')}`);
  const plugins = [sealedAuctions, englishAuctions];
  const often = { requestsPerAddress: 1e6, requestsFromHere: 1e6, requestsPerToken: 1e6 };
  const service = createService({
    plugins,
    store,
    adminToken,
    limits: { ...often, sessions: 1e5, wait: 0.1 },
    onError: console.error,
  });
  const { url, close } = await listen(service, { port: 0 });
  try {
    /** @type {Row[]} */
    const rows = [];
    for (const caller of await callers(url)) rows.push(await row(scratch, url, caller));
    return rows;
  } finally {
    await close();
    await store.close();
  }
}

/**
 * @param {string} url
 * @returns {Promise<Caller[]>}
 */
async function callers(url) {
  const post = async (/** @type {string} */ path, /** @type {object} */ body) => {
    const headers = { authorization: `Bearer ${adminToken}` };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  const timed = { mechanism: 'auction-english/timed', settings: { duration: 3_600_000 }, entry: 'open' };
  const entered = await post('/sessions', { ...timed, agents: ['ann', 'bob'] });
  const sealed = { mechanism: 'auction-sealed/second-price', agents: ['ann', 'bob'] };
  const open = await post('/sessions', sealed);
  const closed = await post('/sessions', sealed);
  await post(`/sessions/${closed.id}/close`, {});
  // Events of what is open do not end. The admin ends what it finds, and comes last.
  const without = '/events$';
  return [
    { name: 'an agent in an open session', token: open.agents.ann.token, session: open.id, without },
    { name: 'whoever may join', token: entered.joinToken, session: entered.id, without },
    { name: 'a stranger', without },
    { name: 'an agent in a closed session', token: closed.agents.ann.token, session: closed.id },
    { name: 'the admin, of a closed session', token: adminToken, session: closed.id },
    { name: 'the admin', token: adminToken, without },
  ];
}

/**
 * @param {string} scratch
 * @param {string} url
 * @param {Caller} caller
 * @returns {Promise<Row>}
 */
async function row(scratch, url, { name, token, session, without }) {
  const settings = join(scratch, 'schemathesis.toml');
  writeFileSync(settings, session === undefined ? '' : `parameters = { "path.session" = "${session}" }\n`);
  const report = join(scratch, 'report.json');
  const args = ['--config-file', settings, 'run', `${url}/openapi.json`, '--checks', checks.join(',')];
  args.push('--phases', 'examples,coverage,fuzzing', '--max-examples', values.examples, '--seed', '1', '--no-color');
  args.push('--generation-database', 'none', '--request-timeout', '20', '--continue-on-failure', '--warnings', 'off');
  args.push('--suppress-health-check', 'all', '--report-json-path', report);
  if (token !== undefined) args.push('--header', `Authorization: Bearer ${token}`);
  if (without !== undefined) args.push('--exclude-path-regex', without);
  const { code, output } = await ended(args, scratch);
  const [, cases = ''] = /(\d[\d,]*) generated/.exec(output) ?? [];
  if (code !== 0) console.log(`\n${name}\n${output}`);
  return { check: name, measured: `${cases} requests`, ok: code === 0 && cases !== '' };
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function ended(args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, timeout: longest, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
