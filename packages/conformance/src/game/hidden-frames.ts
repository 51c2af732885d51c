/** What an engine tells of one call on the stack. */
interface Frame {
  getFileName?(): string | null | undefined;
  getScriptNameOrSourceURL?(): string | null | undefined;
}

type Prepare = (error: Error, frames: Frame[]) => unknown;

const engine = Error as object as { prepareStackTrace?: Prepare | undefined };
const own = folderOf(import.meta.url);

/**
 * Keeps the kit, and whoever called it, out of the stack traces that a mechanism could read, until the returned function is called. Only
 * engines that prepare stack traces in the open can do that.
 */
export function hideFrames(): () => void {
  const before = engine.prepareStackTrace;
  engine.prepareStackTrace = (error, frames) => {
    const first = frames.findIndex(isOwn);
    const shown = first === -1 ? frames : frames.slice(0, first);
    if (before) return before(error, shown);
    return [String(error), ...shown.map((frame) => `    at ${String(frame)}`)].join('\n');
  };
  return () => {
    engine.prepareStackTrace = before;
  };
}

function isOwn(frame: Frame): boolean {
  const file = frame.getFileName?.() ?? frame.getScriptNameOrSourceURL?.();
  return typeof file === 'string' && file.replace(/^file:\/\//, '').startsWith(own);
}

/** The folder of the kit's modules, of which this one is in a folder of its own; where a bundle is run from text, what stands for its address. */
function folderOf(url: string | undefined): string {
  if (url === undefined || !URL.canParse('..', url)) return url || 'a script without an address';
  return new URL('..', url).href.replace(/^file:\/\//, '');
}
