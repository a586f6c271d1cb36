/** Up and down arrows in a table lead to the button of the row above or below. */
export function moveBetweenRows(event: KeyboardEvent): void {
  const row = (event.target as Element).closest('tr')!;
  const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
  if (!next) return;
  event.preventDefault();
  next.querySelector('button')?.focus();
}
