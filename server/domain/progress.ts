/** Tells how much of a long work is done; never less than before, and all of it in the end. */
export type Progress = (done: number, total: number) => void;
