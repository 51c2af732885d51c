import * as kit from '@mechane/conformance';
import { directMechanism, type Mechanism } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { closed } from '../src/foreign/closed-schema.ts';
import { type DomainName, domainNames, foreignDomain } from '../src/foreign/foreign-domains.ts';
import { questionOf } from '../src/foreign/question.ts';
import { replayOf } from '../src/foreign/replay.ts';
import { settingsToTry } from '../src/foreign/settings-to-try.ts';

const anything = { type: 'object', additionalProperties: true };

describe('a schema of a mechanism in another language', () => {
  test('is closed, at every depth, but where it says that it is open', () => {
    const part = { properties: { value: { type: 'number' } } };
    const shut = { ...part, additionalProperties: false };
    const schema = {
      properties: {
        list: { items: part },
        either: { anyOf: [part, true] },
        map: { additionalProperties: part },
        open: anything,
      },
      $defs: { part, yes: true },
    };
    expect(closed(schema)).toEqual({
      properties: {
        list: { items: shut },
        either: { anyOf: [shut, true] },
        map: { additionalProperties: shut },
        open: anything,
      },
      $defs: { part: shut, yes: true },
      additionalProperties: false,
    });
  });

  test('leaves keys to one another where only several schemas make an object, and to patterns', () => {
    const both = { properties: { one: {} }, allOf: [{ properties: { two: {} } }] };
    expect(closed(both)).toEqual(both);
    const named = { type: 'object', patternProperties: { '^a': {} } };
    expect(closed(named)).toEqual(named);
    expect(closed({ type: 'number' })).toEqual({ type: 'number' });
  });

  test('gives settings to begin with: its own, what the domain knows, or the simplest that fits', () => {
    const properties = {
      reserve: { default: 3 },
      units: { type: 'integer', default: 4 },
      rule: { enum: ['first', 'second'] },
      version: { const: 2 },
      rates: { examples: [[2, 1]] },
      goods: { type: 'array' },
      least: { type: 'number', minimum: 5 },
      more: { type: ['integer', 'null'], exclusiveMinimum: 5 },
      any: { type: 'number' },
      flag: { type: 'boolean' },
      name: { type: 'string' },
      list: { type: 'array' },
      rest: {},
      optional: { type: 'number' },
    };
    const required = Object.keys(properties).filter((key) => key !== 'optional' && key !== 'reserve');
    expect(settingsToTry({ properties, required }, { goods: ['A'], units: 2 })).toEqual({
      units: 4,
      rule: 'first',
      version: 2,
      rates: [2, 1],
      goods: ['A'],
      least: 5,
      more: 6,
      any: 1,
      flag: false,
      name: 'A',
      list: [],
      rest: {},
    });
    expect(settingsToTry({}, { units: 2 })).toEqual({});
  });

  test('has optional settings filled in that the domain reads, so that both go by the same', () => {
    const properties = { units: { type: 'integer' }, goods: { default: ['X'] } };
    expect(settingsToTry({ properties }, { units: 2, goods: ['A'] })).toEqual({ units: 2 });
  });
});

describe('a domain', () => {
  const settings = {
    goods: ['A', 'B'],
    units: 2,
    clickThroughRates: [2, 1],
    alternatives: ['a', 'b'],
    items: ['A', 'B'],
  };
  /** What reports have, as the public data format says. */
  const fields: Readonly<Record<DomainName, readonly string[]>> = {
    'single-item': ['bid'],
    'multi-unit': ['bids'],
    positions: ['bid'],
    'xor-bids': ['xor'],
    'single-minded': ['xor'],
    'double-auction': ['price', 'side'],
    'public-choice': ['values'],
    'single-peaked': ['peak'],
    housing: ['owns', 'ranking'],
    'two-sided': ['ranking', 'side'],
  };

  test.each(domainNames)('%s has its name and its reports', (name) => {
    const { domain, known } = foreignDomain(kit, name);
    expect(domain.name).toBe(name);
    expect(Object.keys(domain.grid(settings)[0] as object).sort()).toEqual(fields[name]);
    // What it knows is enough to begin with.
    expect(domain.grid(known).length).toBeGreaterThan(1);
  });
});

describe('a line', () => {
  test('keeps the order of agents, whatever they are called, and is ASCII', () => {
    const reports = new Map<string, unknown>([
      ['1042', { bid: 1 }],
      ['7', { bid: 0.1 }],
      ['Zoë 🙂', { bid: 2 ** 53 }],
    ]);
    const line = questionOf({ note: '\u007f' }, reports, 3);
    expect(line).toBe(
      '{"settings":{"note":"\\u007f"},"reports":{"1042":{"bid":1},"7":{"bid":0.1},"Zo\\u00eb \\ud83d\\ude42":{"bid":9007199254740992}},"seed":3}',
    );
    expect(JSON.parse(line).reports['Zoë 🙂']).toEqual({ bid: 2 ** 53 });
  });
});

describe('a replay', () => {
  const mechanism = directMechanism({
    id: 'acme/rule',
    settings: z.strictObject({ reserve: z.number().default(0) }),
    report: z.strictObject({ bid: z.number() }),
    decide: () => ({}),
  }) as object as Mechanism;
  const again = { seed: 4, runs: undefined };

  test('puts the lines to the command, with defaults filled in', () => {
    const scenario = { mechanism: 'acme/rule', reports: { ann: { bid: 1 } }, seed: 9 };
    expect(replayOf('python3 x.py', mechanism, [scenario], again)).toBe(
      `printf '%s\\n' '{"settings":{"reserve":0},"reports":{"ann":{"bid":1}},"seed":9}' | python3 x.py`,
    );
  });

  test('of a command of several parts goes to all of it, and shows settings that are refused as they are', () => {
    const scenario = { mechanism: 'acme/rule', settings: { odd: 1 }, reports: [['7', { bid: 1 }]] as const };
    expect(replayOf('cd a && ./b', mechanism, [scenario], again)).toBe(
      `printf '%s\\n' '{"settings":{"odd":1},"reports":{"7":{"bid":1}},"seed":1}' | (cd a && ./b)`,
    );
    expect(replayOf('./b', mechanism, [{ mechanism: 'acme/rule' }], again)).toContain('"reports":{}');
  });

  test('without a scenario is the examination', () => {
    expect(replayOf("it's", mechanism, [], again)).toBe(`mechane verify --exec 'it'\\''s' --seed 4`);
    expect(replayOf('./b', mechanism, [], { seed: 4, runs: 5 })).toBe('mechane verify --exec ./b --seed 4 --runs 5');
  });
});
