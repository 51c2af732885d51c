import type { Mechanism, Random } from '@mechane/core';
import { readSettings } from '@mechane/core/host';
import { isRecord } from '../game/leaves.ts';
import { same } from '../game/same.ts';
import { agentName } from './names.ts';
import { SchemaValues } from './schema-values.ts';

const mostVariations = 18;
const mostPerField = 4;
/** How long a machine may search is no rule, and what comes of it when time is up is not the same twice. */
const limitOfSearch = /^(time|node|memory|search)\w*limit$|^seconds$|^timeout$/i;

/**
 * Settings beside those that a subject names: every optional field left out or given, every value of an enumeration, single numbers a little more
 * or less, ties by lot and by priority. Each differs in one thing from one of those named, and is a valid setting of the mechanism. Lists and
 * tables are left as they are: what fits into them, schemas seldom say in full.
 */
export function drawSettings(mechanism: Mechanism, named: readonly unknown[], random: Random): readonly unknown[] {
  const schema = new SchemaValues(mechanism.settings);
  const variations: unknown[] = [];
  const add = (settings: unknown): void => {
    if ([...named, ...variations].some((other) => same(other, settings))) return;
    try {
      readSettings(mechanism, settings);
      variations.push(settings);
    } catch {
      // The schema knows better than JSON Schema can say.
    }
  };
  const bases = named.filter(isRecord);
  for (const base of bases.slice(0, 1)) for (const settings of tieRules(base, random)) add(settings);
  const fields = bases.flatMap((base, index) => [...changedFields(schema, base, index === 0, random)]);
  for (const settings of random.shuffled(fields)) {
    if (variations.length >= mostVariations) break;
    add(settings);
  }
  return variations;
}

function* tieRules(base: Readonly<Record<string, unknown>>, random: Random): Generator<unknown> {
  const names = [agentName(3), agentName(1), agentName(2), agentName(0), agentName(4)];
  if (!('breakTie' in base)) {
    yield { ...base, breakTie: 'lot' };
    yield { ...base, breakTie: { priority: random.shuffled(names) } };
  }
}

/** The settings with one field changed, and as they would be without it. */
function* changedFields(
  schema: SchemaValues,
  base: Readonly<Record<string, unknown>>,
  isFirst: boolean,
  random: Random,
): Generator<unknown> {
  const { breakTie, ...own } = base;
  const rule = breakTie === undefined ? {} : { breakTie };
  for (const [key, values] of schema.missingFields(own, random)) {
    if (limitOfSearch.test(key)) continue;
    const simple = values.filter(isSimple);
    for (const value of simple.slice(0, mostPerField)) yield { ...own, [key]: value, ...rule };
  }
  for (const key of schema.dispensableFields(own)) {
    const { [key]: _, ...rest } = own;
    yield { ...rest, ...rule };
  }
  for (const [key, values] of schema.otherValues(own, random)) {
    const listed = values.filter(
      (value) => typeof value !== 'number' && isSimple(value) && isRecord(value) === isRecord(own[key]),
    );
    for (const value of listed.slice(0, 2 * mostPerField)) yield { ...own, [key]: value, ...rule };
  }
  if (!isFirst) return;
  for (const [key, number] of Object.entries(own)) {
    if (typeof number !== 'number' || Math.abs(number) > 1_000) continue;
    for (const other of new Set([number + 1, number - 1, 0, number / 2, number + 0.25])) {
      if (other !== number) yield { ...own, [key]: other, ...rule };
    }
  }
}

/** One thing, or a few by name. */
function isSimple(value: unknown): boolean {
  if (!isRecord(value)) return !Array.isArray(value);
  const parts = Object.values(value);
  return parts.length > 0 && parts.every((part) => typeof part !== 'object');
}
