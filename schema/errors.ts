import { DomainError } from '../server/domain/errors.ts';
import { builder } from './builder.ts';

builder.objectType(DomainError, {
  name: 'DomainError',
  description: 'Error in the request: what was wrong, and what is accepted.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable upper-case identifier for programs, such as BAD_SCOPE.' }),
    message: t.exposeString('message', { description: 'What was wrong and what is accepted, in English.' }),
    field: t.exposeStringList('field', {
      description: 'Path of the input field that caused the error. Empty when no single field did.',
    }),
  }),
});
