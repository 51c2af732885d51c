import { readdirSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';

const folder = new URL('../src/', import.meta.url);
const examples = readdirSync(folder).filter((file) => file.endsWith('.ts'));

afterEach(() => {
  vi.restoreAllMocks();
});

test.each(examples)('%s runs and says something', async (file) => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const error = vi.spyOn(console, 'error').mockReturnValue();
  await import(new URL(file, folder).href);
  expect(error).not.toHaveBeenCalled();
  expect(log).toHaveBeenCalled();
  expect(process.exitCode ?? 0).toBe(0);
});
