import type { RecordedFeedback as RecordedFeedbackShape } from '../../server/recommendations/record-feedback.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { orDomainError } from '../or-domain-error.ts';
import { RecommendationFeedbackKind } from './recommendation-enums.ts';

const writing = { scope: 'feedback:write' } as const;

const RecommendationEventInput = builder.inputType('RecommendationEventInput', {
  description: 'One event of a recommendation: shown, clicked or bought.',
  fields: (t) => ({
    recommendation: t.id({ required: true, description: 'Id of the recommendation, as a list returned it.' }),
    kind: t.field({
      type: RecommendationFeedbackKind,
      required: true,
      description: 'What happened to the recommendation.',
    }),
    at: t.field({
      type: 'DateTime',
      description:
        'When it happened, not in the future. Default: now. An event reported twice with the same time counts once.',
    }),
  }),
});

const RecordRecommendationFeedbackInput = builder.inputType('RecordRecommendationFeedbackInput', {
  description: 'Events of recommendations.',
  fields: (t) => ({
    events: t.field({
      type: [RecommendationEventInput],
      required: true,
      description: 'The events, in any order, 1 to 100.',
    }),
  }),
});

const RecordedFeedback = builder.objectRef<RecordedFeedbackShape>('RecordedFeedback').implement({
  description: 'Outcome of the recorded events.',
  authScopes: writing,
  fields: (t) => ({
    recorded: t.exposeInt('recorded', { description: 'Number of new events.' }),
    unchanged: t.exposeInt('unchanged', {
      description: 'Number of events that were reported before, or twice in the request.',
    }),
  }),
});

builder.mutationField('recordRecommendationFeedback', (t) =>
  t.field({
    type: RecordedFeedback,
    description:
      'Records events of recommendations: all of them or, after an error, none. The same event reported again changes nothing.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError(
      'RecordRecommendationFeedbackResult',
      'Outcome of the recorded events, or what was wrong with the request.',
    ),
    args: { input: t.arg({ type: RecordRecommendationFeedbackInput, required: true, description: 'The events.' }) },
    resolve: (_root, { input }, ctx) =>
      ctx.recommendations.recordFeedback(
        input.events.map(({ recommendation, kind, at }) => ({ recommendation, kind, at: at ?? null })),
      ),
  }),
);
