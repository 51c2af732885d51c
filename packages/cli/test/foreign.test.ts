import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Ended, mechane } from './command.ts';
import { project, temporaryFolder } from './project.ts';

const examples = fileURLToPath(new URL('../../../examples/any-language', import.meta.url));
const env = { PATH: process.env.PATH ?? '' };

function has(command: string, ...argv: readonly string[]): boolean {
  const found = process.platform !== 'win32' && spawnSync(command, argv, { stdio: 'ignore' }).status === 0;
  if (!found) console.warn(`There is no ${command} here: what is written for it is not tested.`);
  return found;
}

const hasPython = has('python3', '--version');
const hasGo = has('go', 'version');

interface Law {
  readonly law: string;
  readonly verdict: string;
  readonly reason?: string;
  readonly replay?: string;
}

/** Has all laws of the mechanism of a command examined, or one of them, and gives what is found of that one. */
async function verified(
  command: string,
  cwd: string,
  law: string,
  which: 'all laws' | 'this law' = 'this law',
): Promise<{ exitCode: number; found: Law }> {
  const chosen = which === 'this law' ? ['--law', law] : [];
  const argv = ['verify', '--exec', command, '--json', '--runs', '5', ...chosen];
  const { exitCode, stdout, stderr } = await mechane(argv, { cwd, env });
  expect(stderr).toBe('');
  const { laws } = JSON.parse(stdout) as { readonly laws: readonly Law[] };
  expect(laws.map((each) => each.law)).toContain(law);
  return { exitCode, found: laws.find((each) => each.law === law) as Law };
}

describe.skipIf(!hasPython)('a mechanism in Python', () => {
  test('whose claims are true is found to hold them all', { tags: ['long'] }, async () => {
    const { exitCode, found } = await verified('python3 auction.py', examples, 'strategy-proof', 'all laws');
    expect(exitCode).toBe(0);
    expect(found).toMatchObject({ verdict: 'holds', method: 'exhaustive' });
  });

  test('that claims what is false is refuted, with the counterexample in words and a command that shows it', {
    tags: ['long'],
  }, async () => {
    const command = 'python3 auction.py --pay-own-bid';
    const { exitCode, found } = await verified(command, examples, 'strategy-proof');
    expect(exitCode).toBe(1);
    // Nobody else is there, so that whoever bids its value of 1 pays 1, and whoever bids 0 pays nothing.
    expect(found.verdict).toBe('refuted');
    expect(found.reason).toMatch(/^ann, worth 1, gains 1 by bidding 0 instead of 1/);
    const shown = execFileSync('sh', ['-c', found.replay ?? ''], { cwd: examples, encoding: 'utf8', env });
    const payments = shown
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).outcome.payments.ann);
    expect(payments).toEqual([1, 0]);
  });

  test('is described by its own words, and reports beyond ASCII reach it as they are', async () => {
    const cwd = project([], {
      'names.py': python('outcome = {"winner": None, "payments": {name: 0 for name in asked["reports"]}}'),
    });
    const { exitCode, found } = await verified('python3 names.py', cwd, 'structural/order-independent');
    expect({ exitCode, verdict: found.verdict }).toEqual({ exitCode: 0, verdict: 'holds' });
  });
});

describe.skipIf(!hasPython)('a rule of another kind', () => {
  test('may refuse reports, which is no failure of its own', async () => {
    const line = [
      'refused = any(report["bid"] > 5 for report in asked["reports"].values())',
      'outcome = {"winner": None}',
      'print(json.dumps({"error": {"code": "too-much", "message": "5 at most"}} if refused else {"outcome": outcome}), flush=True)',
      'continue',
    ].join('; ');
    const cwd = project([], { 'rule.py': python(line) });
    const { found } = await verified('python3 rule.py', cwd, 'structural/answers');
    expect(found.verdict).toBe('holds');
  });

  test('may find settings at fault that it does not take', async () => {
    const line = [
      'refused = asked["settings"]["reserve"] != 1',
      'answer = {"error": {"code": "bad-settings", "message": "a reserve of 1"}} if refused else {"outcome": {"winner": None}}',
      'print(json.dumps(answer), flush=True)',
      'continue',
    ].join('; ');
    const settings = { type: 'object', properties: { reserve: { type: 'number', default: 1 } } };
    const cwd = project([], { 'rule.py': python(line, { ...description, settings }) });
    const { found } = await verified('python3 rule.py', cwd, 'structural/answers');
    expect(found.verdict).toBe('holds');
  });

  test('may be without money, and refuse without a word', async () => {
    const line =
      'answer = {"error": {}} if len(asked["reports"]) > 3 else {"outcome": {"winner": None}}; print(json.dumps(answer), flush=True); continue';
    const cwd = project([], { 'rule.py': python(line) });
    const { found } = await verified('python3 rule.py', cwd, 'structural/bad-agents');
    expect(found.verdict).toBe('holds');
    const answers = await verified('python3 rule.py', cwd, 'structural/few-participants');
    expect(answers.found.verdict).toBe('holds');
  });

  test('that draws lots by the seed is deterministic, and its counterexamples name the seed', async () => {
    const lottery = [
      'names = sorted(asked["reports"]); seed = asked["seed"]',
      'outcome = {"winner": names[seed % len(names)] if names else None, "payments": {name: 1 for name in names}}',
    ].join('; ');
    const claims = [{ law: 'individually-rational', holds: true }];
    const cwd = project([], { 'rule.py': python(lottery, { ...description, claims }) });
    const deterministic = await verified('python3 rule.py', cwd, 'structural/deterministic');
    expect(deterministic.found.verdict).toBe('holds');
    const { found } = await verified('python3 rule.py', cwd, 'individually-rational');
    expect(found).toMatchObject({ verdict: 'refuted', counterexample: { seed: expect.any(Number) } });
  });

  test('that rolls its own dice is found out', async () => {
    const dice =
      'import random; outcome = {"winner": None, "payments": {name: random.random() for name in asked["reports"]}}';
    const cwd = project([], { 'rule.py': python(dice) });
    const { exitCode, found } = await verified('python3 rule.py', cwd, 'structural/deterministic');
    expect({ exitCode, verdict: found.verdict }).toEqual({ exitCode: 1, verdict: 'refuted' });
  });

  test('that serves whoever came first, ties aside, depends on an order that is none of its business', async () => {
    const first = 'names = list(asked["reports"]); outcome = {"winner": names[0] if names else None}';
    const cwd = project([], { 'rule.py': python(first) });
    const { found } = await verified('python3 rule.py', cwd, 'structural/order-independent');
    expect(found.verdict).toBe('refuted');
    const tied =
      'bids = {a: r["bid"] for a, r in asked["reports"].items()}; outcome = {"winner": max(bids, key=bids.get) if bids else None}';
    const polite = project([], {
      'rule.py': python(tied, { ...description, claims: [{ law: 'anonymous', holds: true }] }),
    });
    const kept = await verified('python3 rule.py', polite, 'structural/order-independent');
    // Ties are left out, so that it is no proof of the whole grid.
    expect(kept).toMatchObject({ exitCode: 0, found: { verdict: 'holds', method: 'search' } });
    expect(await verified('python3 rule.py', polite, 'anonymous')).toMatchObject({ exitCode: 0 });
  });

  test.each([
    [
      'public-choice',
      { alternatives: ['a', 'b'] },
      { values: { type: 'object', additionalProperties: { type: 'number' } } },
      'best = max(asked["settings"]["alternatives"], key=lambda a: (sum(r["values"].get(a, 0) for r in asked["reports"].values()), a)); outcome = {"chosen": best, "payments": {n: 0 for n in asked["reports"]}}',
      'efficient',
    ],
    [
      'single-peaked',
      {},
      { peak: { type: 'number' } },
      'peaks = sorted(r["peak"] for r in asked["reports"].values()); outcome = {"location": peaks[(len(peaks) - 1) // 2] if peaks else None}',
      'strategy-proof',
    ],
    [
      'multi-unit',
      { units: 2 },
      { bids: { type: 'array', items: { type: 'number' } } },
      'outcome = {"allocation": {n: 0 for n in asked["reports"]}, "payments": {n: 0 for n in asked["reports"]}}',
      'no-deficit',
    ],
  ])('of the domain %s keeps what it claims', async (domain, settings, properties, line, law) => {
    const schema = (given: object) => ({ type: 'object', properties: given, required: Object.keys(given) });
    const described = {
      ...description,
      domain,
      settings: schema(
        Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, { examples: [value] }])),
      ),
      report: schema(properties),
      claims: [{ law, holds: true }],
    };
    const cwd = project([], { 'rule.py': python(line, described) });
    const { found } = await verified('python3 rule.py', cwd, law);
    expect(found).toMatchObject({ verdict: 'holds' });
  });
});

describe.skipIf(!hasGo)('a mechanism in Go', () => {
  test('that claims what is false is refuted from the command line, in words', { tags: ['long'] }, async () => {
    const cwd = temporaryFolder();
    const build = ['build', '-o', join(cwd, 'auction'), join(examples, 'auction.go')];
    execFileSync('go', build, { env: { ...process.env, GOFLAGS: '-mod=mod', GO111MODULE: 'off' } });
    const { exitCode, found } = await verified('./auction --pay-own-bid', cwd, 'strategy-proof');
    expect(exitCode).toBe(1);
    expect(found.reason).toMatch(/^ann, worth 1, gains 1 by bidding 0 instead of 1/);
    const honest = await verified('./auction', cwd, 'strategy-proof', 'all laws');
    expect(honest).toMatchObject({ exitCode: 0, found: { verdict: 'holds' } });
  });
});

const description = {
  id: 'acme/rule',
  settings: {},
  report: { type: 'object', properties: { bid: { type: 'number' } }, required: ['bid'] },
  domain: 'single-item',
  claims: [],
};

const bundles = { ...description, domain: 'xor-bids', report: { type: 'object' } };

const units = { ...description, domain: 'multi-unit', report: { type: 'object' } };

function needing(setting: object): object {
  return { type: 'object', properties: { units: setting }, required: ['units'] };
}

function unsettled(name: object): object {
  return {
    ...description,
    settings: { type: 'object', properties: { name: { type: 'string', ...name } }, required: ['name'] },
  };
}

/** A mechanism that answers every question by what the line makes of it. */
function python(line: string, described: object = description): string {
  return [
    'import json, os, sys, time',
    'for number, line in enumerate(sys.stdin):',
    '    asked = json.loads(line)',
    '    if "describe" in asked:',
    `        print(json.dumps(json.loads(${JSON.stringify(JSON.stringify(described))})), flush=True)`,
    '        continue',
    `    ${line}`,
    '    print(json.dumps({"outcome": outcome}), flush=True)',
    '',
  ].join('\n');
}

async function failing(line: string, described?: object): Promise<Ended> {
  const cwd = project([], { 'rule.py': python(line, described) });
  return mechane(['verify', '--exec', 'python3 rule.py', '--json'], { cwd, env });
}

describe.skipIf(!hasPython)('a command that does not do what it should', () => {
  test('and dies is told with its last words, its exit code and the line it was asked', async () => {
    const { exitCode, stdout, stderr } = await failing('outcome = asked["no such key"]');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error command-died: "python3 rule\.py" ended with exit code 1 when it was asked \{"settings"/,
    );
    expect(stderr).toContain("KeyError: 'no such key'");
  });

  test('and exits in the middle is told, too', async () => {
    const { exitCode, stderr } = await failing('os._exit(0) if number > 40 else None; outcome = {"winner": None}');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error command-died: "python3 rule\.py" ended with exit code 0 when/);
  });

  test.each([
    ['prints what is no JSON', 'print("debug", flush=True); continue', 'answered debug when it was asked'],
    ['prints an empty line', 'print("", flush=True); continue', 'answered an empty line when it was asked'],
    ['prints a number that JSON has not', 'outcome = {"payments": {"ann": float("nan")}}', 'this is no JSON'],
    ['answers with no outcome', 'outcome = 7', 'it has neither an "outcome" nor an "error"'],
    ['says two lines at once', 'print("{}\\n{}", flush=True); continue', 'more than one line to one question'],
  ])('and %s is shown its line', async (_, line, told) => {
    const { exitCode, stderr } = await failing(line);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error command-nonsense: /);
    expect(stderr).toContain(told);
  });

  test('and describes itself in no JSON is shown its line', async () => {
    const { exitCode, stderr } = await mechane(['verify', '--exec', 'while read -r line; do echo I am; done'], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^error command-nonsense: .* answered I am when it was asked \{"describe":true\}: this is no JSON/,
    );
  });

  test('and cannot be found is told what the shell says', async () => {
    const { exitCode, stderr } = await mechane(['verify', '--exec', 'no-such-command-anywhere'], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error command-died: .*exit code 127 when it was asked \{"describe":true\}.*not found/);
  });

  test.each([
    ['an id without a package', { ...description, id: 'rule' }, 'description.id: '],
    ['a domain that there is not', { ...description, domain: 'single-items' }, 'one of single-item, multi-unit'],
    ['a report that is not of the domain', { ...description, report: { type: 'string' } }, 'does not take {"bid":0}'],
    ['a schema that is none', { ...description, report: { $ref: '#/nowhere' } }, 'no JSON Schema'],
    [
      'settings that the domain makes nothing of',
      { ...units, settings: needing({ examples: [1.5] }) },
      'makes nothing of',
    ],
    [
      'no settings, and a report that is anything',
      { ...description, settings: false, report: true },
      'does not take {"bid":0}',
    ],
    ['itself as a list', [], 'expected {"id":"acme/rule"'],
    ['a claim without a law', { ...description, claims: [{ holds: true }] }, 'description.claims[0].law'],
    ['settings with nothing to begin with', unsettled({ pattern: '^b' }), 'there are no settings to begin with'],
    ['a domain whose goods it has not', { ...bundles, settings: {} }, 'the domain xor-bids reads the setting goods'],
  ])('and describes %s is told where', async (_, described, told) => {
    const { exitCode, stderr } = await failing('outcome = {}', described);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error invalid-description: /);
    expect(stderr).toContain(told);
  });

  test('and does not listen at all is shown what it said all the same', async () => {
    const { exitCode, stderr } = await mechane(['verify', '--exec', 'echo hello'], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^error command-nonsense: "echo hello" answered hello when it was asked \{"describe":true\}: /,
    );
  });

  test('is not taken together with the ID of a mechanism', async () => {
    const { exitCode, stderr } = await mechane(['verify', 'liar/first-price', '--exec', 'true'], { env });
    expect({ exitCode, told: stderr.split(':')[0] }).toEqual({ exitCode: 2, told: 'error conflicting-options' });
  });
});
