import { describe, expect, test } from 'vitest';
import { mechane } from './command.ts';
import { project } from './project.ts';

describe('mechane list', () => {
  test('shows each mechanism with its package, version and claims, by what becomes of them', async () => {
    const { exitCode, stdout } = await mechane(['list'], { cwd: project(['fixture']) });
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      'fixture/median   fixture 1.2.3',
      '  holds          strategy-proof (single-peaked)',
      '  does not hold  budget-balanced',
      '  approximately  efficient (0.5)',
      '',
    ]);
  });

  test('says at which settings claims are made, where those have no defaults', async () => {
    const { stdout } = await mechane(['list'], { cwd: project(['fixture', 'liar']) });
    expect(stdout).toMatch(/^fixture\/picky .*\n {2}claims {2}depend on settings$/m);
    expect(stdout).toMatch(/^liar\/tenfold .*\n {2}holds +anonymous\n {2}claims +at \{"factor":10\}$/m);
    const described = await mechane(['describe', 'liar/tenfold'], { cwd: project(['liar']) });
    expect(JSON.parse(described.stdout)).toMatchObject({ claimedAt: { factor: 10 }, claims: [{ law: 'anonymous' }] });
  });

  test('tells in which mode a law is claimed, in words and as JSON', async () => {
    const cwd = project(['hopeful']);
    const { stdout } = await mechane(['list'], { cwd });
    expect(stdout.split('\n').slice(1, 3)).toEqual([
      '  holds          individually-rational (interim)',
      '  does not hold  individually-rational',
    ]);
    const claims = [
      { law: 'individually-rational', holds: false, because: 'who is unlucky has paid' },
      { law: 'individually-rational', holds: true, because: 'luck evens out', mode: 'interim' },
    ];
    const listed = await mechane(['list', '--json'], { cwd });
    expect(JSON.parse(listed.stdout)[0].claims).toEqual(claims);
    const described = await mechane(['describe', 'hopeful/ticket'], { cwd });
    expect(JSON.parse(described.stdout).claims).toEqual(claims);
  });

  test('prints the same as JSON', async () => {
    const { stdout } = await mechane(['list', '--json'], { cwd: project(['fixture']) });
    const [median, picky] = JSON.parse(stdout);
    expect(median).toMatchObject({
      id: 'fixture/median',
      package: 'fixture',
      version: '1.2.3',
      summary: 'The lower median',
    });
    expect(median.claims).toEqual([
      { law: 'strategy-proof', holds: true, because: 'Moulin 1980', domain: 'single-peaked' },
      { law: 'budget-balanced', holds: false, because: 'there is no money' },
      { law: 'efficient', holds: { approximately: 0.5 }, because: 'by example' },
    ]);
    expect([median.claimedAt, picky.claimedAt, picky.claims]).toEqual([{}, null, []]);
  });
});

describe('mechane describe', () => {
  test('gives JSON Schemas of what may be typed, the tie-break among the settings', async () => {
    const { exitCode, stdout } = await mechane(['describe', 'auction-sealed/second-price']);
    expect(exitCode).toBe(0);
    const { id, package: owner, settings, report, message, outcome } = JSON.parse(stdout);
    expect([id, owner]).toEqual(['auction-sealed/second-price', '@mechane/auction-sealed']);
    expect(settings.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(settings.properties.reserve).toMatchObject({ type: 'number', minimum: 0, default: 0 });
    expect(settings.properties.breakTie).toMatchObject({ default: 'agent-id' });
    expect(JSON.stringify(settings.properties.breakTie)).toContain('"lot"');
    expect(settings.required ?? []).toEqual([]);
    expect(report).toMatchObject({ required: ['bid'], additionalProperties: false });
    expect(message).toEqual(report);
    expect(outcome.properties).toHaveProperty('payments');
  });

  test('adds the tie-break to every form that settings may have, and says null for what there is not', async () => {
    const { stdout } = await mechane(['describe', 'fixture/picky'], { cwd: project(['fixture']) });
    const { settings, outcome } = JSON.parse(stdout);
    expect(settings.anyOf).toHaveLength(2);
    for (const form of settings.anyOf) expect(form.properties).toHaveProperty('breakTie');
    expect(outcome).toBeNull();
    const post = JSON.parse((await mechane(['describe', 'fixture/post'], { cwd: project(['fixture']) })).stdout);
    expect(post.report).toBeNull();
    expect(post.message.required).toEqual(['text']);
  });

  test('an unknown mechanism is refused with the nearest one', async () => {
    const { exitCode, stderr } = await mechane(['describe', 'auction-sealed/second-prise']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error unknown-mechanism: .*did you mean "auction-sealed\/second-price"\?/);
  });
});
