import { type FileHandle, link, open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Journal, type JournalSink, journalWriter, readJournalLines } from '@mechane/core';
import { cannotKeepJournal } from './errors.ts';
import { bytesIn } from './read-input.ts';

/** A journal on disk, open for writing. */
export interface JournalFile {
  readonly sink: JournalSink;
  close(): Promise<void>;
}

/**
 * Begins a journal. The file appears with its first line whole, so a crash leaves either no journal or one that can be resumed.
 *
 * @throws CliError `journal-exists` rather than overwrite one.
 */
export async function createJournal(file: string, cwd: string): Promise<JournalFile> {
  const path = resolve(cwd, file);
  const beginning = `${path}.${process.pid}.tmp`;
  const handle = await openFor(beginning, 'wx');
  let isBegun = false;
  const append = async (line: string): Promise<void> => {
    await appendSynced(handle, line);
    if (isBegun) return;
    await publish(beginning, path);
    isBegun = true;
  };
  const close = async (): Promise<void> => {
    await handle.close();
    if (!isBegun) await rm(beginning, { force: true });
  };
  return { sink: journalWriter(append), close };
}

/** A journal that was read, and how to go on with it. */
export interface FoundJournal {
  readonly journal: Journal;
  /** Whether its run has ended. */
  readonly closed: boolean;
  /** Cuts off a torn last line and opens the file for what follows. */
  reopen(): Promise<JournalFile>;
}

/**
 * Reads a journal up to a last line that a crash has torn.
 *
 * @throws CliError `cannot-read`; MechaneError `invalid-journal` with the line that is wrong.
 */
export async function readJournalFile(file: string, cwd: string): Promise<FoundJournal> {
  const text = (await bytesIn(file, cwd)).toString('utf8');
  const { journal, closed, head, soundLength } = await readJournalLines(text);
  return {
    journal,
    closed,
    async reopen() {
      const handle = await openFor(resolve(cwd, file), 'r+');
      await handle.truncate(Buffer.byteLength(text.slice(0, soundLength)));
      await handle.close();
      const appending = await openFor(resolve(cwd, file), 'a');
      return { sink: journalWriter((line) => appendSynced(appending, line), head), close: () => appending.close() };
    },
  };
}

async function appendSynced(handle: FileHandle, line: string): Promise<void> {
  try {
    await handle.appendFile(line);
    await handle.datasync();
  } catch (cause) {
    throw cannotKeepJournal(cause);
  }
}

/** A link fails where a rename would overwrite. */
async function publish(beginning: string, path: string): Promise<void> {
  try {
    await link(beginning, path);
    await rm(beginning);
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
