import { readFileSync } from 'node:fs';

import { gammaGamma } from '../../server/models/gamma-gamma.ts';
import { mbgNbd } from '../../server/models/mbg-nbd.ts';
import { scorer } from '../../server/models/score.ts';
import { cdnowCustomers, historyGroups, spendGroups } from '../support/cdnow.ts';
import { sharedData } from '../support/files.ts';
import type { Figures } from './bench.ts';

const ROUNDS = 7;

/** All 23,570 customers of the master file to 1997-09-30: fit MBG/NBD and Gamma-Gamma, score five horizons; the median of warm rounds. */
export async function scoreCdnow(): Promise<Figures> {
  const customers = cdnowCustomers('master');
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    const transactions = mbgNbd.fit(historyGroups(customers));
    const spend = gammaGamma.fit(spendGroups(customers));
    const fitted = performance.now();
    const score = scorer(transactions, spend, { marginRate: 1, annualDiscountRate: 0.1 });
    for (const customer of customers) score(customer, customer);
    return { fit: fitted - start, score: performance.now() - fitted };
  });
  const median = (values: number[]) => Math.round(values.sort((a, b) => a - b)[ROUNDS >> 1]!) / 1000;
  const total = median(rounds.map(({ fit, score }) => fit + score));
  const peers = JSON.parse(readFileSync(sharedData('peer_timings.json'), 'utf8'));
  const peer = peers['lifetimes 0.11.3 (Python)']['CDNOW master to 1997-09-30, 23570 customers'];
  return {
    customers: customers.length,
    fitSeconds: median(rounds.map(({ fit }) => fit)),
    scoreSeconds: median(rounds.map(({ score }) => score)),
    totalSeconds: total,
    timesFasterThanLifetimes: Math.round((10 * (peer.total - peer.summary)) / total) / 10,
  };
}
