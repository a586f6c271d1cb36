/** SQL of days as the clock of a workspace has them. @param workspace Placeholder of its id. */
export const timeZoneOf = (workspace: string): string => `(select time_zone from workspace where id = ${workspace})`;

/** The day that a time falls on. */
export const dayOf = (time: string, workspace: string): string =>
  `(${time} at time zone ${timeZoneOf(workspace)})::date`;

/** The time at which a day begins. */
export const startOf = (day: string, workspace: string): string =>
  `((${day})::timestamp at time zone ${timeZoneOf(workspace)})`;

/** The time at which a day is over. */
export const endOf = (day: string, workspace: string): string => startOf(`${day}::date + 1`, workspace);
