import type { InstanceGenerator } from '@mechane/core';
import { unknownFormat } from './errors.ts';

/** Writes an instance in a format of its distribution. @throws CliError `invalid-option` where the distribution has no such format. */
export function instanceWriter(
  generator: Pick<InstanceGenerator, 'id' | 'formats'> | undefined,
  format: string,
): (instance: unknown) => string {
  if (format === 'json') return (instance) => `${JSON.stringify(instance)}\n`;
  const { id = '', formats = {} } = generator ?? {};
  const write = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (write) return write;
  throw unknownFormat(id, format, ['json', ...Object.keys(formats)]);
}
