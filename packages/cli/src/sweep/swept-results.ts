import type { Context } from '../context.ts';
import { type CsvField, csvLines } from '../csv.ts';
import { type PlacedReport, ReportedElsewhere } from '../error-report.ts';
import { type Cell, headedTable } from '../table.ts';
import { printable } from '../terminal-text.ts';

/** How the results of a sweep are written: a line of JSON each, or a row of a table each. */
export type SweepFormat = 'json' | 'csv' | 'text';

/** What a line of a sweep’s results says, as far as tables show it. */
interface Answer {
  readonly metrics?: Readonly<Record<string, unknown>>;
  readonly outcome?: Readonly<Record<string, unknown>>;
  readonly error?: PlacedReport;
}

type Row = ReadonlyMap<string, CsvField>;

/** The results of a sweep, in the order of its combinations. */
export class SweptResults {
  readonly #format: SweepFormat;
  readonly #keys: readonly string[];
  readonly #context: Context;
  readonly #rows: Row[] = [];
  readonly #told = new Set<string>();
  #hasFailed = false;

  constructor(format: SweepFormat, keys: readonly string[], context: Context) {
    this.#format = format;
    this.#keys = keys;
    this.#context = context;
  }

  /** Whether any combination has no result. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Takes what answers some combinations, a line each. */
  async add(swept: readonly string[], answers: string): Promise<void> {
    const lines = answers.split('\n');
    let written = '';
    for (const [place, values] of swept.entries()) {
      const line = lines[place] as string;
      const failed = line.startsWith('{"error":');
      this.#hasFailed ||= failed;
      if (this.#format === 'json') written += `{"sweep":${values},${line.slice(1)}\n`;
      else this.#addRow(JSON.parse(values), JSON.parse(line));
    }
    await this.#context.output.write(written);
  }

  #addRow(swept: Readonly<Record<string, unknown>>, answer: Answer): void {
    this.#rows.push(rowOf(this.#keys, swept, answer));
    const { error } = answer;
    if (error === undefined || this.#told.has(error.code)) return;
    // A table has place for a code only: the first of each kind is told in full.
    this.#told.add(error.code);
    this.#context.reportError(new ReportedElsewhere(error));
  }

  /** Writes what is written only when all is known. */
  async finish(): Promise<void> {
    if (this.#format === 'json' || this.#rows.length === 0) return;
    const names = new Set(this.#rows.flatMap((row) => [...row.keys()]));
    const hasErrors = names.delete(errorColumn);
    const columns = [...names, ...(hasErrors ? [errorColumn] : [])];
    const headings = columns.map((column) => column.slice(column.indexOf(' ') + 1));
    const rows = this.#rows.map((row) => columns.map((column) => row.get(column) ?? null));
    const { output, style } = this.#context;
    if (this.#format === 'csv') {
      await output.write(csvLines([headings, ...rows]));
      return;
    }
    const heading = headings.map((text): Cell => ({ text: printable(text), emphasis: style.faint, align: 'right' }));
    const cells = rows.map((row) => row.map((value): Cell => ({ text: shown(value), align: 'right' })));
    await output.write(headedTable(heading, cells, this.#context.columns ?? Infinity, this.#keys.length));
  }
}

/** Columns are named by what they come from, so that a setting is not taken for a metric of the same name. */
const errorColumn = 'error error';

function rowOf(
  keys: readonly string[],
  swept: Readonly<Record<string, unknown>>,
  { metrics, outcome, error }: Answer,
): Row {
  return new Map([
    ...keys.map((key) => [`swept ${key}`, plain(swept[key])] as const),
    ...singleValues('metrics', metrics),
    ...singleValues('outcome', outcome),
    ...(error === undefined ? [] : [[errorColumn, error.code] as const]),
  ]);
}

/** What is one value, and not a list or a record: tables have no place for those. */
function singleValues(from: string, values: Readonly<Record<string, unknown>> = {}): (readonly [string, CsvField])[] {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? [] : [[`${from} ${name}`, value as CsvField] as const],
  );
}

function plain(value: unknown): CsvField {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as CsvField);
}

function shown(value: CsvField): string {
  if (value === null) return '–';
  return typeof value === 'number' ? `${Number(value.toPrecision(6))}` : printable(`${value}`);
}
