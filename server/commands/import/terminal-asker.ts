import { DomainError } from '../../domain/errors.ts';
import type { Answer, Asker } from './questions.ts';

/** Whether somebody sits in front of this process, who can see and answer questions. */
export const isAnswerable = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

const MOST_SHOWN = 12;

/** Asks on standard error, which leaves standard output to the result. */
export async function terminalAsker(): Promise<Asker> {
  // Most imports ask nothing.
  const { isCancel, select, text } = await import('@clack/prompts');
  const output = process.stderr;
  const cancelled = () => new DomainError('CANCELLED', 'nothing was imported');
  return {
    show: (shown) => void output.write(`\n${shown}\n\n`),
    async choose<Value>(message: string, answers: readonly Answer<Value>[]) {
      // By place, because the library has other rules for values that are objects.
      const options = answers.map(({ label, hint }, value) => ({ value, label, ...(hint && { hint }) }));
      const place = await select({ message, options, maxItems: MOST_SHOWN, output });
      if (isCancel(place)) throw cancelled();
      return answers[place]!.value;
    },
    async write(message, placeholder, fault) {
      const validate = (typed: string | undefined) => fault(typed ?? '') ?? undefined;
      const typed = await text({ message, placeholder, validate, output });
      if (isCancel(typed)) throw cancelled();
      return typed ?? '';
    },
  };
}
