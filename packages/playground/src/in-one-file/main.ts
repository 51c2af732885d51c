// The playground as one script without any other file: the page where there is one, and its workers by their names.

if (typeof document === 'undefined') {
  void work(self.name);
} else {
  const at = document.getElementById('mechane-shown')?.dataset.at;
  if (location.hash === '' && at !== undefined) location.hash = at;
  void import('../main.tsx');
}

async function work(name: string): Promise<void> {
  if (name === 'kit') await import('../kit/kit-worker.ts');
  else if (name === 'solver') await import('../games/solver.ts');
  else await import('../simulation/simulator.ts');
}
