import type { ForetoldCell, ValueSummary } from '../../scores/evaluate-value.ts';
import type { About } from './about-orders.ts';

const [WIDTH, HEIGHT] = [520, 240];
const PAD = { left: 64, right: 12, top: 12, bottom: 28 };

/** One page that needs nothing else: pictures of totals and of customers, and the figures behind them as a table. */
export function valuePage(about: About, cells: readonly ForetoldCell[], summary: ValueSummary): string {
  const horizons = [...new Set(cells.map(({ months }) => months))].map((months) => ({
    months,
    own: cells.filter((cell) => cell.months === months),
  }));
  const { totals, totalsHeld, customersHeld } = summary;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Forecasts of value against what came</title>
<style>${STYLE}</style>
<h1>${totalsHeld} of ${totals} totals came to lie in their 80% range</h1>
<p>${about.orders.toLocaleString('en')} orders of ${about.customers.toLocaleString('en')} customers, ${about.from} to ${about.until}. ${percent(customersHeld ?? 0)} of the customers
came to lie in their own range. 80% were promised of both.</p>
<main>
${horizons.map(({ months, own }) => figure(`Revenue of the next ${months} months`, TOTALS, totalsPicture(own))).join('\n')}
${horizons.map(({ months, own }) => figure(`Customers, next ${months} months`, CUSTOMERS, customersPicture(own))).join('\n')}
</main>
${tableOf(cells)}
</html>
`;
}

const TOTALS = 'The bar is the 80% range, the line across it the forecast, the dot what came; a red ring is a miss.';
const CUSTOMERS =
  'Each dot is a tenth of the customers of one forecast: mean revenue foretold (across) and seen (up). Dots on the line are right.';

const figure = (title: string, caption: string, picture: string) =>
  `<figure><figcaption><b>${title}</b>${caption}</figcaption>${picture}</figure>`;

/** Position of a value between 0 and the largest. */
function scale(largest: number, from: number, to: number): (value: number) => number {
  return (value) => from + ((to - from) * value) / Math.max(largest, Number.MIN_VALUE);
}

function totalsPicture(cells: readonly ForetoldCell[]): string {
  const largest = Math.max(...cells.flatMap(({ p90, actual }) => [p90, actual]));
  const y = scale(largest, HEIGHT - PAD.bottom, PAD.top);
  const slot = (WIDTH - PAD.left - PAD.right) / cells.length;
  const marks = cells.map(({ asOf, p10, p90, predicted, actual, held }, i) => {
    const x = PAD.left + slot * (i + 0.5);
    const half = Math.min(14, slot / 4);
    return `<g><title>${asOf}: ${money(predicted)} (${money(p10)} to ${money(p90)}), came ${money(actual)}</title>
<rect class="range" x="${at(x - half)}" width="${at(2 * half)}" y="${at(y(p90))}" height="${at(y(p10) - y(p90))}"/>
<path class="told" d="M${at(x - half)} ${at(y(predicted))}h${at(2 * half)}"/>
<circle class="${held ? 'came' : 'came missed'}" cx="${at(x)}" cy="${at(y(actual))}" r="4"/></g>
${cells.length > 8 && i % 2 === 1 ? '' : `<text x="${at(x)}" y="${HEIGHT - 8}" text-anchor="middle">${asOf.slice(0, 7)}</text>`}`;
  });
  return svg('Totals against their ranges', `${gridOf([0, 0.25, 0.5, 0.75, 1], largest, y)}${marks.join('')}`);
}

function customersPicture(cells: readonly ForetoldCell[]): string {
  const bins = cells.flatMap(({ calibration }) => calibration);
  const largest = Math.max(...bins.flatMap(({ meanPredicted, meanActual }) => [meanPredicted, meanActual]));
  // Most customers are worth little: roots give them room.
  const root = Math.sqrt(largest);
  const across = scale(root, PAD.left, WIDTH - PAD.right);
  const up = scale(root, HEIGHT - PAD.bottom, PAD.top);
  const [x, y] = [(value: number) => across(Math.sqrt(value)), (value: number) => up(Math.sqrt(value))];
  const dots = bins.map(
    ({ meanPredicted, meanActual, customers }) =>
      `<circle class="bin" cx="${at(x(meanPredicted))}" cy="${at(y(meanActual))}" r="3.5"><title>${customers} customers: ${money(meanPredicted)} foretold, ${money(meanActual)} came</title></circle>`,
  );
  const told = [0.25, 1].map(
    (share) =>
      `<text x="${at(x(share * largest))}" y="${HEIGHT - 8}" text-anchor="end">${money(share * largest)}</text>`,
  );
  const line = `<path class="right" d="M${at(x(0))} ${at(y(0))}L${at(x(largest))} ${at(y(largest))}"/>`;
  return svg(
    'Calibration of customers',
    `${gridOf([0, 0.25, 0.5, 1], largest, y)}${line}${dots.join('')}${told.join('')}`,
  );
}

/** Horizontal lines at shares of the largest value. */
const gridOf = (shares: readonly number[], largest: number, y: (value: number) => number) =>
  shares
    .map((share) => share * largest)
    .map(
      (value) =>
        `<path class="grid" d="M${PAD.left} ${at(y(value))}H${WIDTH - PAD.right}"/><text x="${PAD.left - 6}" y="${at(y(value) + 4)}" text-anchor="end">${money(value)}</text>`,
    )
    .join('');

const svg = (label: string, content: string) =>
  `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}; the table below has the figures">${content}</svg>`;

function tableOf(cells: readonly ForetoldCell[]): string {
  const head = ['As of', 'Months', 'Customers', 'Model', 'Actual', 'Predicted', 'p10', 'p90', 'Held', 'Bias'];
  const more = ['Customers held', 'Error per customer', 'At own rates'];
  const rows = cells.map((cell) =>
    [
      ...[cell.asOf, cell.months, cell.customers, cell.model],
      ...[cell.actual, cell.predicted, cell.p10, cell.p90].map(money),
      ...[cell.held ? 'yes' : 'no', cell.bias === null ? '–' : percent(cell.bias), percent(cell.customersHeld)],
      ...[cell.valueMae, cell.baselineMae].map(money),
    ]
      .map((each) => `<td>${each}`)
      .join(''),
  );
  const titles = [...head, ...more].map((each) => `<th>${each}`).join('');
  return `<div class="wide"><table><thead><tr>${titles}<tbody>${rows.map((row) => `<tr>${row}`).join('\n')}</table></div>`;
}

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const money = (amount: number) => COMPACT.format(amount);
const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
/** A position, short enough to read. */
const at = (position: number) => position.toFixed(1);

const STYLE = `
:root { color-scheme: light dark; --accent: light-dark(#3b46c4, #929bff); --danger: light-dark(#b3261e, #ff9c93);
  --line: color-mix(in srgb, currentcolor 13%, transparent); --muted: color-mix(in srgb, currentcolor 66%, transparent) }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; font-variant-numeric: tabular-nums }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 2rem }
figure { margin: 0 } figcaption { color: var(--muted); font-size: 0.875rem } figcaption b { display: block; color: CanvasText; font-size: 1rem }
svg { width: 100%; height: auto; font-size: 11px; fill: var(--muted) }
.grid { stroke: var(--line) } .range { fill: var(--accent); fill-opacity: 0.2 } .told { stroke: var(--accent); stroke-width: 2 }
.came { fill: CanvasText } .missed { stroke: var(--danger); stroke-width: 3 } .bin { fill: var(--accent); fill-opacity: 0.7 }
.right { stroke: var(--muted); stroke-dasharray: 4 3; fill: none }
.wide { overflow-x: auto; margin-top: 2rem } table { border-collapse: collapse; font-size: 0.875rem; white-space: nowrap }
th, td { padding: 0.25rem 0.75rem; text-align: end; border-bottom: 1px solid var(--line) }`;
