/** The entries of a journal's file without what differs from run to run: the run's name, times, salts and so hashes. */
export function untimed(text: string): readonly object[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const { run, ...entry } = JSON.parse(line);
    return { ...entry, at: 0, salt: '', hash: '' };
  });
}
