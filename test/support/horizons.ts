import { HORIZONS } from '../../server/domain/period.ts';

/** The same figure at every horizon of a run. */
export const everywhere = (value: number): number[] => HORIZONS.map(() => value);
