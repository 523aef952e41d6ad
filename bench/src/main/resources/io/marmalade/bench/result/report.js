// Tables sort by the column that is clicked (again: the other way; a third time: as they were), and a field picks rows.
for (const table of document.querySelectorAll('table')) {
  const body = table.tBodies[0], rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const value = (row, i) => { const c = row.cells[i]; return c ? c.dataset.v ?? c.textContent : ''; };
  const less = (a, b) => {
    if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? String(a).localeCompare(String(b)) : x - y;
  };
  heads.forEach((head, i) => {
    head.tabIndex = 0;
    head.title = 'sort';
    const sort = () => {
      const way = head.dataset.way === 'up' ? 'down' : head.dataset.way === 'down' ? '' : 'up';
      heads.forEach(h => delete h.dataset.way);
      if (way) head.dataset.way = way;
      table.classList.toggle('sorted', way !== '');
      const sorted = way ? [...rows].filter(r => !r.classList.contains('part')).sort((a, b) => {
        const [x, y] = [value(a, i), value(b, i)];
        return way === 'up' || x === '' || y === '' ? less(x, y) : less(y, x);
      }) : rows;
      body.append(...(way ? [...rows.filter(r => r.classList.contains('part')), ...sorted] : sorted));
    };
    head.onclick = sort;
    head.onkeydown = event => { if (event.key === 'Enter') sort(); };
  });
}
const field = document.querySelector('nav input');
field.hidden = false;
field.oninput = () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(w => w);
  for (const row of document.querySelectorAll('tbody tr')) {
    const text = row.textContent.toLowerCase();
    row.hidden = words.length > 0 && (row.classList.contains('part') || !words.every(w => text.includes(w)));
  }
  for (const table of document.querySelectorAll('table')) table.classList.toggle('picked', words.length > 0);
  for (const figure of document.querySelectorAll('figure')) {
    const text = figure.textContent.toLowerCase();
    figure.hidden = words.length > 0 && !words.every(w => text.includes(w));
  }
};
