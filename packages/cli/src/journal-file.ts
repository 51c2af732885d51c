import { type FileHandle, link, open, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type JournalWriter, journalWriter, type ReadLines, readJournalLines, type WriterOptions } from '@mechane/core';
import { cannotKeepJournal } from './errors.ts';
import { lockJournal } from './journal-lock.ts';
import { bytesIn } from './read-input.ts';

/**
 * A journal on disk, open for writing by this process alone. Each entry is synced before its receipt is given; entries that come together are
 * synced together.
 */
export interface JournalFile {
  readonly sink: JournalWriter;
  close(): Promise<void>;
}

/** A journal that was read, open for what follows. */
export interface OpenedJournal extends JournalFile, Pick<ReadLines, 'journal' | 'closed'> {}

/**
 * Begins a journal. The file appears with its first line whole, so a crash leaves either no journal or one that can be resumed.
 *
 * @throws CliError `journal-exists` rather than overwrite one; `journal-in-use` where another process is about to begin it.
 */
export async function createJournal(file: string, cwd: string, options: WriterOptions = {}): Promise<JournalFile> {
  const path = resolve(cwd, file);
  const unlock = await locked(path);
  const beginning = `${path}.${process.pid}.tmp`;
  let isBegun = false;
  try {
    const handle = await openFor(beginning, 'wx');
    const append = async (lines: string): Promise<void> => {
      await appendSynced(handle, lines);
      if (isBegun) return;
      await publish(beginning, path);
      isBegun = true;
    };
    const close = async (): Promise<void> => {
      await handle.close();
      if (!isBegun) await rm(beginning, { force: true });
      await unlock();
    };
    return { sink: journalWriter(append, undefined, options), close };
  } catch (thrown) {
    await unlock();
    throw thrown;
  }
}

/**
 * Opens a journal to go on with it: cuts off a torn last line.
 *
 * @throws CliError `cannot-read`; `journal-in-use` while another process writes it; MechaneError `invalid-journal` with the line that is wrong.
 */
export async function openJournal(file: string, cwd: string, options: WriterOptions = {}): Promise<OpenedJournal> {
  const path = resolve(cwd, file);
  // Whoever reads it before the lock may go on with what has changed since.
  const unlock = await locked(path);
  try {
    const { journal, closed, head, soundLength, text } = await linesOf(file, cwd);
    const handle = await openFor(path, 'r+');
    try {
      await handle.truncate(Buffer.byteLength(text.slice(0, soundLength)));
      await handle.datasync();
    } finally {
      await handle.close();
    }
    const appending = await openFor(path, 'a');
    const sink = journalWriter((lines) => appendSynced(appending, lines), head, options);
    const close = async (): Promise<void> => {
      await appending.close();
      await unlock();
    };
    return { journal, closed, sink, close };
  } catch (thrown) {
    await unlock();
    throw thrown;
  }
}

/**
 * Reads a journal up to a last line that a crash has torn.
 *
 * @throws CliError `cannot-read`; MechaneError `invalid-journal` with the line that is wrong.
 */
export async function readJournalFile(file: string, cwd: string): Promise<ReadLines> {
  return linesOf(file, cwd);
}

async function linesOf(file: string, cwd: string): Promise<ReadLines & { readonly text: string }> {
  const text = (await bytesIn(file, cwd)).toString('utf8');
  return { ...(await readJournalLines(text)), text };
}

async function locked(path: string): Promise<() => Promise<void>> {
  try {
    return await lockJournal(path);
  } catch (cause) {
    throw cannotKeepJournal(cause);
  }
}

async function appendSynced(handle: FileHandle, lines: string): Promise<void> {
  try {
    await handle.appendFile(lines);
    await handle.datasync();
  } catch (cause) {
    throw cannotKeepJournal(cause);
  }
}

/** A link fails where a rename would overwrite. The folder is synced, too: a file that nobody finds after a crash keeps no word. */
async function publish(beginning: string, path: string): Promise<void> {
  try {
    await link(beginning, path);
    await rm(beginning);
    if (process.platform === 'win32') return;
    const folder = await open(dirname(path), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (cause) {
    throw cannotKeepJournal(cause);
  }
}

async function openFor(path: string, flags: string): Promise<FileHandle> {
  try {
    return await open(path, flags);
  } catch (cause) {
    throw cannotKeepJournal(cause);
  }
}
