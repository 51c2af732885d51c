import type { AgentId, Mechanism } from '@mechane/core';

/** What a mechanism's own text mentions, as far as it can be read: where behaviour changes, there is often a constant beside it. */
export interface Literals {
  readonly numbers: readonly number[];
  /** Words that could be names of agents, or values of fields. */
  readonly words: readonly string[];
  /** Fields that it reads. */
  readonly fields: readonly string[];
}

const mostOfEach = 60;
const power = /(\d+)\s*\*\*\s*(\d+)/g;
const number = /(?<![\w.$\])])(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?(?![\w.])/gi;
const word = /'([\w@.:/-]{1,40})'|"([\w@.:/-]{1,40})"|`([\w@.:/-]{1,40})`/g;
const field = /(?:(?<!\.)\.|\{|,)\s*([A-Za-z_]\w{0,30})\b(?!\s*\()/g;

/** Reads the text of a mechanism's functions. */
export function literalsOf(mechanism: Mechanism): Literals {
  const text = ['decide', 'conduct', 'proxy', 'refuseReport', 'value', 'utility', 'claims']
    .map((name) => sourceOf((mechanism as object as Record<string, unknown>)[name]))
    .join('\n');
  const numbers = new Set<number>();
  for (const [, base, exponent] of text.matchAll(power)) numbers.add(Number(base) ** Number(exponent));
  for (const [found] of text.matchAll(number)) numbers.add(Number(found.replaceAll('_', '')));
  const words = new Set<AgentId>();
  for (const [, single, double, template] of text.matchAll(word)) words.add((single ?? double ?? template) as string);
  const fields = new Set<string>();
  for (const [, name] of text.matchAll(field)) fields.add(name as string);
  return {
    numbers: [...numbers].filter((value) => Number.isFinite(value) && value <= 2 ** 60).slice(0, mostOfEach),
    words: [...words].slice(0, mostOfEach),
    fields: [...fields].slice(0, mostOfEach),
  };
}

const comments = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;
/** How compilers call what was imported. */
const indirectCall = /\(0,\s*[\w$]+\.([\w$]+)\)/g;

/** How they name the modules of which something is used otherwise. */
const indirectName = /(?<![\w$.])__\w+__\.([\w$]+)/g;

/** The text as its author wrote it, whatever has compiled it, and without comments. */
function written(text: string): string {
  return text.replaceAll(comments, '').replaceAll(indirectCall, '$1').replaceAll(indirectName, '$1');
}

function sourceOf(code: unknown): string {
  try {
    return typeof code === 'function' ? written(Function.prototype.toString.call(code)) : '';
  } catch {
    return '';
  }
}
