import { packHistories, packSpend } from '../../server/compute/packed.ts';
import { inWorker, PARALLEL_JOBS } from '../../server/compute/pool.ts';
import type { CustomerColumns } from '../../server/compute/score-columns.ts';
import { mbgNbd } from '../../server/engine/models/mbg-nbd.ts';
import type { History, SpendGroup } from '../../server/engine/models/types.ts';
import { createRandom } from '../../server/engine/numerics/random.ts';
import { everywhere } from '../support/horizons.ts';
import { dayGroups } from './day-groups.ts';
import type { Figures } from './figures.ts';

const SIZES = [10_000, 100_000, 1_000_000];
/** Customers that a worker scores at a time. */
const BATCH = 50_000;
const SETTINGS = { marginRate: 0.4, annualDiscountRate: 0.1 };
const DAYS = 730;

/** Customers who first bought on any day of two years, as MBG/NBD and Gamma-Gamma would have them. */
function simulated(size: number): CustomerColumns {
  const random = createRandom(1);
  const column = () => new Float64Array(size);
  const customers = { x: column(), tx: column(), T: column(), spendX: column(), m: column() };
  for (let i = 0; i < size; i++) {
    const T = Math.floor(random.uniform() * DAYS) / 7;
    const weeks = mbgNbd.simulate({ r: 0.6, alpha: 8, a: 0.8, b: 2 }, T, random);
    const days = new Set(weeks.map((week) => Math.ceil(week * 7)));
    days.delete(0);
    const x = days.size;
    customers.T[i] = T;
    customers.x[i] = x;
    customers.tx[i] = x === 0 ? 0 : Math.min(Math.ceil(weeks.at(-1)! * 7) / 7, T);
    customers.spendX[i] = x;
    customers.m[i] = x === 0 ? 0 : random.gamma(6 * x, (6 * x) / random.gamma(4, 0.1));
  }
  return { ...customers, paying: column().fill(1), stratum: new Uint16Array(size) };
}

function* historiesOf({ x, tx, T }: CustomerColumns): Generator<History> {
  for (let i = 0; i < x.length; i++) yield { x: x[i]!, tx: tx[i]!, T: T[i]! };
}

function repeatSpendOf({ x, m }: CustomerColumns): SpendGroup[] {
  const spend: SpendGroup[] = [];
  for (let i = 0; i < x.length; i++) if (x[i]! > 0) spend.push({ x: x[i]!, m: m[i]!, count: 1 });
  return spend;
}

async function measured(size: number): Promise<{ readonly fit: number; readonly score: number }> {
  const customers = simulated(size);
  const start = performance.now();
  const base = await inWorker('fitBase', {
    chosen: 'mbg',
    fallbackReason: null,
    histories: packHistories(dayGroups(historiesOf(customers))),
    repeatSpend: packSpend(repeatSpendOf(customers)),
    allSpend: packSpend([{ x: 1, m: 40, count: 1 }]),
    settings: SETTINGS,
    deviations: everywhere(0.15),
  });
  const fitted = performance.now();
  const now = { transactions: [base.transactions.fit], spend: base.spend.fit, settings: SETTINGS };
  const setup = { key: `${size}`, now, before: null, deviations: null };
  const batches = Array.from({ length: Math.ceil(size / BATCH) }, (_, i) => i * BATCH);
  const scoreBatches = async () => {
    for (let from = batches.shift(); from !== undefined; from = batches.shift()) {
      const part = Object.fromEntries(
        Object.entries(customers).map(([name, column]) => [name, column.slice(from, from! + BATCH)]),
      ) as unknown as CustomerColumns;
      await inWorker('scoreColumns', { setup, customers: part, before: null });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_JOBS }, scoreBatches));
  return { fit: (fitted - start) / 1000, score: (performance.now() - fitted) / 1000 };
}

/** Groups, fits and scores in worker threads, from ten thousand customers to a million: the seconds should grow with them, and no faster. */
export async function million(): Promise<Figures> {
  const figures: Record<string, number> = {};
  const round = (seconds: number) => Math.round(1000 * seconds) / 1000;
  await measured(SIZES[0]!);
  for (const size of SIZES) {
    const { fit, score } = await measured(size);
    figures[`fitSeconds, ${size} customers`] = round(fit);
    figures[`scoreSeconds, ${size} customers`] = round(score);
    figures[`microseconds per customer, ${size} customers`] = round((1e6 * (fit + score)) / size);
  }
  return figures;
}
