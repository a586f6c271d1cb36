import type { CampaignKind } from '../../domain/campaigns.ts';
import { DomainError } from '../../domain/errors.ts';
import { createRandom } from '../numerics/random.ts';
import { type Candidate, chancesOf, thompsonShares } from './allocation.ts';
import { effectPosteriors } from './effect-posterior.ts';
import { nothingReason, testedReason } from './next-best-reason.ts';
import {
  DO_NOTHING,
  type NextBest,
  type NextBestPlan,
  type NextBestRequest,
  type SegmentCounts,
} from './next-best-types.ts';
import { costOf, isTestedOn, type PairEvidence, pastEvidence } from './past-evidence.ts';
import { verdictOf } from './pays.ts';
import { eligibleIn, isMeantFor, type Seed, seedReason, seedsFor } from './seeds-of-retention.ts';
import { spend } from './spend.ts';
import type { Estimate } from './types.ts';

export const NEXT_BEST_DEFAULTS = { budget: null, exploration: 0.1, seed: 1 } as const;

/** Probabilities are within two points of those from more draws. */
const DRAWS = 4000;

/** A kind for a segment, with what is believed of its net value per customer; null where nothing was tested. */
interface Option extends Candidate {
  readonly kind: CampaignKind;
  readonly eligible: number;
  readonly cost: number | null;
  readonly value: Estimate | null;
}

/**
 * What to do with the customers of each segment: the kinds of campaigns that are expected to add most margin, less their cost, by
 * past experiments, or nothing. What was tested gets customers by its probability of being best (`thompsonShares`), what only a
 * rule of thumb proposes gets its part of the exploration, and the budget goes where it adds most (`spend`).
 * @throws DomainError naming the argument that is not acceptable.
 */
export function nextBest(request: NextBestRequest): NextBestPlan {
  assertRequest(request);
  const evidence = pastEvidence(request.effects);
  const segments = request.segments.filter(({ customers }) => customers > 0);
  const options = optionsOf(segments, evidence, request.seed);
  const drafts = segments.map((counts, i) => draftsOf(counts, options[i]!, evidence, request.exploration));
  const { customers, ...totals } = spend(
    drafts.flatMap((rows, i) => rows.map((row) => spendingOf(row, segments[i]!))),
    request.budget,
  );
  let next = 0;
  const rows = drafts.flatMap((ofSegment, i) =>
    rowsOf(
      segments[i]!,
      ofSegment.map((row) => ({ ...row, customers: customers[next++]! })),
      ofSegment.at(-1)!.customers,
    ),
  );
  return { rows, budget: request.budget, ...totals };
}

/** By segment: what was tested on it, or elsewhere and is meant for it too, and what a rule of thumb proposes. */
function optionsOf(segments: readonly SegmentCounts[], evidence: readonly PairEvidence[], seed: number): Option[][] {
  const tested = [...new Set(evidence.map(({ kind }) => kind))];
  const kindsFor = (counts: SegmentCounts) =>
    tested.filter(
      (kind) =>
        (isTestedOn(evidence, kind, counts.segment) || isMeantFor(kind, counts.segment)) &&
        eligibleIn(kind, counts) > 0,
    );
  const pairs = segments.flatMap((counts) => kindsFor(counts).map((kind) => ({ kind, segment: counts.segment })));
  const sampling = { draws: DRAWS, random: createRandom(seed) };
  const posteriors = pairs.length === 0 ? [] : effectPosteriors(evidence, pairs, sampling);
  return segments.map((counts) => {
    const option = (kind: CampaignKind) => {
      const eligible = eligibleIn(kind, counts);
      const cost = costOf(evidence, { kind, segment: counts.segment });
      return { kind, eligible, cost, most: eligible / counts.customers, draws: null, value: null };
    };
    const known = kindsFor(counts).map((kind) => {
      const unknown = option(kind);
      const { mean, draws } =
        posteriors[pairs.findIndex((pair) => pair.kind === kind && pair.segment === counts.segment)]!;
      const net = draws.map((draw) => draw - unknown.cost!);
      return { ...unknown, draws: net, value: { value: mean - unknown.cost!, interval: central(net) } };
    });
    const seeds = seedsFor(counts).filter((kind) => !tested.includes(kind));
    return [...known, ...seeds.map(option)];
  });
}

/** The 95% of draws in the middle. */
function central(draws: Float64Array): Estimate['interval'] {
  const sorted = draws.toSorted();
  const at = (probability: number) => sorted[Math.round(probability * (sorted.length - 1))]!;
  return { low: at(0.025), high: at(0.975) };
}

/** A segment's rows without a budget, DO_NOTHING last. */
function draftsOf(
  { segment, customers }: SegmentCounts,
  options: readonly Option[],
  evidence: readonly PairEvidence[],
  exploration: number,
): NextBest[] {
  const chances = chancesOf(options);
  const shares = thompsonShares(options, chances, exploration);
  const counts = wholeCustomers(shares, customers);
  const rows = options.map(({ kind, eligible, cost, value, draws }, i): NextBest => {
    const { pays, best } = chances.of[i]!;
    const isTested = isTestedOn(evidence, kind, segment);
    return {
      ...{ segment, kind, eligible, customers: counts[i]!, share: counts[i]! / customers },
      evidence: draws === null ? 'UNTESTED' : isTested ? 'TESTED' : 'RELATED',
      ...{ expectedNetValue: value, probabilityPays: pays, probabilityBest: best },
      verdict: pays === null ? null : verdictOf(pays),
      ...{ costPerCustomer: cost, cost: null },
      reason: pays === null ? seedReason(kind as Seed) : testedReason(kind, segment, evidence, pays),
    };
  });
  const isTested = rows.some((row) => row.evidence !== 'UNTESTED');
  const probabilityBest = isTested ? chances.nothing : null;
  const nothing: NextBest = {
    ...{ segment, kind: DO_NOTHING, evidence: null, eligible: customers },
    ...{ customers: counts.at(-1)!, share: counts.at(-1)! / customers },
    expectedNetValue: { value: 0, interval: { low: 0, high: 0 } },
    ...{ probabilityPays: null, verdict: null, probabilityBest, costPerCustomer: 0, cost: 0 },
    reason: nothingReason({ segment, probabilityBest, hasSeeds: rows.length > 0, cut: 0 }),
  };
  return [...rows, nothing];
}

/** Sums of shares are rounded, not shares: whole customers add up to all of them. */
function wholeCustomers(shares: readonly number[], customers: number): number[] {
  let [sum, before] = [0, 0];
  return shares.map((share, i) => {
    sum += share * customers;
    const until = i === shares.length - 1 ? customers : Math.min(customers, Math.round(sum));
    const count = until - before;
    before = until;
    return count;
  });
}

const spendingOf = ({ customers, costPerCustomer, expectedNetValue }: NextBest, { clv }: SegmentCounts) => ({
  customers,
  cost: costPerCustomer,
  value: expectedNetValue?.value ?? null,
  priority: clv ?? 0,
});

/** What the budget leaves of a segment's rows: the customers it does not reach get nothing. @param idle Who got nothing without it. */
function rowsOf({ segment, customers }: SegmentCounts, rows: readonly NextBest[], idle: number): NextBest[] {
  const campaigns = rows.slice(0, -1).map((row) => ({
    ...row,
    share: row.customers / customers,
    cost: row.costPerCustomer === null ? null : row.customers * row.costPerCustomer,
  }));
  const left = campaigns.reduce((rest, row) => rest - row.customers, customers);
  const nothing = rows.at(-1)!;
  const { probabilityBest } = nothing;
  const cut = left - idle;
  const reason = nothingReason({ segment, probabilityBest, hasSeeds: campaigns.length > 0, cut });
  return [
    ...campaigns.sort((a, b) => b.customers - a.customers),
    { ...nothing, customers: left, share: left / customers, reason },
  ];
}

function assertRequest({ budget, exploration, seed, segments }: NextBestRequest): void {
  must('budget', budget ?? 0, (value) => value >= 0 && value < Number.POSITIVE_INFINITY, '0 or more');
  must('exploration', exploration, (value) => value >= 0 && value < 1, 'at least 0 and below 1');
  must('seed', seed, Number.isSafeInteger, 'a whole number');
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
  for (const { customers } of segments) must('segments', customers, isCount, 'whole numbers of customers');
}

function must(field: string, value: number, isAccepted: (value: number) => boolean, accepted: string): void {
  if (isAccepted(value)) return;
  throw new DomainError('BAD_PLAN', `${field} must be ${accepted}, got ${value}`, [field]);
}
