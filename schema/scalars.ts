import { GraphQLError } from 'graphql';

import { builder } from './builder.ts';

builder.scalarType('Decimal', {
  description: 'Exact decimal number as text, such as "180.50". Inputs can also be numbers.',
  serialize: (value) => value,
  parseValue: (value) => {
    const text = typeof value === 'number' ? String(value) : value;
    return matching(text, /^-?\d{1,15}(\.\d{1,10})?$/, 'a decimal number such as "180.50"');
  },
});

builder.scalarType('CurrencyCode', {
  description: 'ISO 4217 currency code, such as "EUR".',
  serialize: (value) => value,
  parseValue: (value) => matching(value, /^[A-Z]{3}$/, 'an ISO 4217 code such as "EUR"'),
});

builder.scalarType('Date', {
  description: 'Calendar day, such as "2026-10-31". Days begin at midnight UTC.',
  serialize: (value) => value,
  parseValue: (value) => {
    const text = matching(value, /^\d{4}-\d\d-\d\d$/, 'a day such as "2026-10-31"');
    const day = new Date(`${text}T00:00:00Z`);
    if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text)) {
      throw new GraphQLError(`"${text}" is no day of the calendar`);
    }
    return text;
  },
});

builder.scalarType('DateTime', {
  description: 'Time in UTC, ISO 8601, such as "2026-10-31T12:00:00.000Z".',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const text = matching(
      value,
      /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/,
      'an instant such as "2026-10-31T12:00:00Z"',
    );
    const instant = new Date(text);
    if (Number.isNaN(instant.getTime())) throw new GraphQLError(`"${text}" is no instant`);
    return instant;
  },
});

function matching(value: unknown, form: RegExp, expected: string): string {
  if (typeof value === 'string' && form.test(value)) return value;
  throw new GraphQLError(`expected ${expected}, got ${JSON.stringify(value)}`);
}
