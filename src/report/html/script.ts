/**
 * What the page runs: rows in chunks, filters, order. It puts into the page only what the report wrote escaped, asks no network, and the
 * page's policy lets no other script run. Plain JavaScript, as browsers read it.
 */
export const SCRIPT = String.raw`
'use strict';
document.documentElement.classList.add('scripted');
for (const root of document.querySelectorAll('[data-table]')) {
  const id = root.dataset.table;
  const table = document.getElementById(id);
  const body = table.tBodies[0];
  const form = root.querySelector('form');
  const shownText = root.querySelector('.shown');
  const more = root.querySelector('.more');
  const all = JSON.parse(document.getElementById(id + '-data').textContent);
  const CHUNK = Number(root.dataset.chunk);
  let texts;
  let order = all.map((_, i) => i);
  let view = order;
  let shown = Math.min(CHUNK, all.length);

  const collator = new Intl.Collator(undefined, { numeric: true });
  const searchable = () => texts ??= all.map(([markup]) => markup.replace(/<[^>]*>/g, ' ').toLowerCase());
  const markupOf = (from, to) => view.slice(from, to).map((i) => all[i][0]).join('');
  const say = () => {
    shownText.textContent = root.dataset.shown.replace('{shown}', view.length).replace('{total}', all.length);
    more.hidden = shown >= view.length;
  };
  const draw = () => {
    shown = Math.min(CHUNK, view.length);
    body.innerHTML = markupOf(0, shown);
    more.parentElement.scrollTop = 0;
    say();
  };
  const grow = (to) => {
    const end = Math.min(to, view.length);
    body.insertAdjacentHTML('beforeend', markupOf(shown, end));
    shown = Math.max(shown, end);
    say();
  };
  const filter = () => {
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severity = form.elements.severity?.value ?? '';
    const flags = (form.elements.fixable?.checked ? 1 : 0) | (form.elements.exploited?.checked ? 2 : 0);
    const within = words.length > 0 ? searchable() : [];
    view = order.filter((i) => {
      const row = all[i];
      return (severity === '' || row[1] === Number(severity)) && (row[2] & flags) === flags && words.every((word) => within[i].includes(word));
    });
    draw();
  };
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  for (const button of table.tHead.querySelectorAll('button')) {
    button.addEventListener('click', () => {
      const heading = button.closest('th');
      const down = heading.getAttribute('aria-sort') === 'ascending';
      for (const other of table.tHead.querySelectorAll('th')) other.setAttribute('aria-sort', 'none');
      heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const column = Number(button.dataset.column);
      const compare = (a, b) => {
        const [x, y] = [all[a][3][column], all[b][3][column]];
        const order = typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(x, y);
        return (down ? -order : order) || a - b;
      };
      order = [...order].sort(compare);
      filter();
    });
  }
  more.addEventListener('click', () => grow(shown + CHUNK));
  if ('IntersectionObserver' in window) {
    new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting) && shown < view.length) grow(shown + CHUNK);
    }, { root: root.querySelector('.scroll'), rootMargin: '600px' }).observe(more);
  }
  addEventListener('beforeprint', () => grow(view.length));
  (window.requestIdleCallback || setTimeout)(searchable);
  say();
}
`;
