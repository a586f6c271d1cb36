/** Reports how much of a long task is done: never less than before, and all of it at the end. */
export type Progress = (done: number, total: number) => void;
