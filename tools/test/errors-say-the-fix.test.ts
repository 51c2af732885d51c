/* Whatever of a scenario is of a wrong kind, the error says what to do about it: for every mechanism, at every place of its settings and reports. */
import { isMechaneError } from '@mechane/core';
import { inputSchema } from '@mechane/core/host';
import { expect, test } from 'vitest';
import { mechanisms, playScenario } from './installed.ts';

/** The parts of a JSON Schema that say what a value looks like. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | boolean;
  readonly prefixItems?: readonly Schema[];
}

/** A value that fits a schema, with all that it may have. */
function fitting(schema: Schema): unknown {
  const { type, properties, additionalProperties, items, prefixItems } = schema;
  const [alternative] = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (alternative) return fitting(alternative);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (type === 'array' && prefixItems) return prefixItems.map(fitting);
  if (type === 'array') return [fitting(items as Schema)];
  if (type === 'string') return 'A';
  if (type !== 'object') return 1;
  const named = Object.entries(properties ?? {}).map(([key, member]) => [key, fitting(member)] as const);
  const others = typeof additionalProperties === 'object' ? [['A', fitting(additionalProperties)] as const] : [];
  return Object.fromEntries([...named, ...others]);
}

/** The alternatives of a schema, each with a value that fits it. */
function alternativesOf({ anyOf, oneOf, ...rest }: Schema): readonly unknown[] {
  return (anyOf ?? oneOf ?? [rest]).map(fitting);
}

const wrong = [undefined, null, true, -1, 0.5, 1e300, Number.NaN, '', 'abc', '7', [], [1, 'x'], {}, { zzz: 1 }];

/** A value with something wrong at each of its places in turn. */
function* spoilt(value: unknown): Generator<unknown> {
  yield* wrong;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    for (const member of spoilt(value[key as never])) {
      if (Array.isArray(value)) yield value.map((each, index) => (index === Number(key) ? member : each));
      else yield member === undefined ? without(value, key) : { ...value, [key]: member };
    }
  }
}

function without(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

/** Settings that no schema tells. */
const known: Readonly<Record<string, object>> = {
  'auction-sealed/optimal': { distribution: { kind: 'uniform', low: 0, high: 10 } },
  'game-theory/mediator': { strategies: { ann: ['A', 'B'], bob: ['A', 'B'] } },
};

test.each(mechanisms.map((mechanism) => [mechanism.id, mechanism] as const))(
  '%s says of all that is wrong what to do',
  (id, mechanism) => {
    const settings = known[id] ?? (fitting(inputSchema(mechanism.settings) as Schema) as object);
    const [report, ...others] = alternativesOf(inputSchema(mechanism.report ?? mechanism.message) as Schema);
    const scenario = (given: unknown, said: unknown): object =>
      mechanism.report
        ? { mechanism: id, settings: given, reports: { ann: said, bob: report }, seed: 1 }
        : { mechanism: id, settings: given, messages: [['ann', said]], seed: 1 };
    const mute = new Set<string>();
    let refused = 0;
    const play = (played: unknown): void => {
      try {
        playScenario(played);
      } catch (thrown) {
        refused += 1;
        if (!isMechaneError(thrown) || thrown.fix === undefined || thrown.fix === '') mute.add(String(thrown));
      }
    };
    for (const given of spoilt(settings)) play(scenario(given, report));
    for (const each of [report, ...others]) for (const said of spoilt(each)) play(scenario(settings, said));
    for (const common of ['breakTie', 'unit', 'sealing'])
      for (const given of wrong) play(scenario({ ...settings, [common]: given }, report));
    for (const part of ['mechanism', 'settings', 'reports', 'messages', 'types', 'seed'])
      for (const given of wrong) play({ ...scenario(settings, report), [part]: given });
    for (const given of wrong) play(given);
    expect([...mute]).toEqual([]);
    expect(refused).toBeGreaterThan(50);
  },
);
