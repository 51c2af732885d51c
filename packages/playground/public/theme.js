// Before anything is painted: the paper that the reader chose, or that their system has; in a frame, that of the page around it.
(() => {
  const page = document.documentElement;
  const around = window.parent === window ? undefined : window.parent.document.documentElement;
  const follow = () => {
    page.dataset.theme = around.classList.contains('dark') ? 'dark' : 'light';
  };
  if (around === undefined) {
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    page.dataset.theme = localStorage.getItem('theme') ?? system;
    return;
  }
  page.classList.add('framed');
  follow();
  new MutationObserver(follow).observe(around, { attributes: true, attributeFilter: ['class'] });
})();
