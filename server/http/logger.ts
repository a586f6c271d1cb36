/** What the server needs of pino. */
export interface Logger {
  error(details: object, message: string): void;
  warn(details: object, message: string): void;
}
