import {
  CAMPAIGN_CHANNELS,
  CAMPAIGN_CONTROLS,
  CAMPAIGN_COVARIATES,
  CAMPAIGN_DIMENSIONS,
  CAMPAIGN_KINDS,
  CAMPAIGN_METRICS,
  CAMPAIGN_STATUSES,
  CAMPAIGN_TRIGGERS,
  EXPOSURE_STEPS,
  STRATA,
} from '../../server/domain/campaigns.ts';
import { builder } from '../builder.ts';
import { described } from '../described.ts';

export const CampaignKind = builder.enumType('CampaignKind', {
  description: 'What a campaign is for.',
  values: described(CAMPAIGN_KINDS, {
    AWARENESS: 'That people know the shop.',
    ONBOARDING: 'That new customers find their way.',
    CART_ABANDONMENT: 'That what was left in a cart is bought.',
    REPEAT_PURCHASE: 'That one-time buyers buy again.',
    REPLENISHMENT: 'That what runs out is bought again in time.',
    CROSS_SELL: 'That something is bought that goes with what was bought.',
    LOYALTY: 'That good customers stay so.',
    WIN_BACK: 'That customers come back who have stopped buying.',
    REVIEW_REQUEST: 'That buyers write a review.',
    REFERRAL: 'That customers bring others.',
    MILESTONE: 'A birthday, an anniversary, an order of a round number.',
    SEASONAL: 'A season, a holiday, a sale.',
  }),
});

export const CampaignChannel = builder.enumType('CampaignChannel', {
  description: 'What messages go by.',
  values: described(CAMPAIGN_CHANNELS, {
    EMAIL: 'E-mail.',
    PUSH: 'A notification on the telephone.',
    IN_APP: 'Inside the app.',
    SMS: 'Text message.',
    WEB: 'On the site.',
  }),
});

export const CampaignTrigger = builder.enumType('CampaignTrigger', {
  description: 'What sends a message.',
  values: described(CAMPAIGN_TRIGGERS, {
    BROADCAST: 'It goes to the whole audience once.',
    SCHEDULE: 'The calendar, again and again.',
    ACTION: 'Something that the customer did.',
    INACTION: 'Something that the customer has not done for a while.',
  }),
});

export const CampaignStatus = builder.enumType('CampaignStatus', {
  description: 'How far a campaign has come.',
  values: described(CAMPAIGN_STATUSES, {
    DRAFT: 'Nobody has been assigned.',
    RUNNING: 'Customers are assigned and reached.',
    STOPPED: 'Nobody is assigned any more; what became of those who were goes on to be counted.',
  }),
});

export const CampaignControl = builder.enumType('CampaignControl', {
  description: 'Whom the customers of a campaign are compared with.',
  values: described(CAMPAIGN_CONTROLS, {
    NONE: 'Nobody: what it caused cannot be told.',
    VARIANT: 'A variant of its own that gets nothing.',
    HOLDOUT: 'The customers of the audience whom no campaign may reach, see `Workspace.globalHoldoutShare`.',
  }),
});

export const CampaignStratum = builder.enumType('CampaignStratum', {
  description: 'Groups within which the variants of a campaign are balanced to one customer.',
  values: described(STRATA, { SEGMENT: 'RFM segments.', TIER: 'Tiers of value, M1 to M5.' }),
});

export const CampaignMetric = builder.enumType('CampaignMetric', {
  description:
    'What a campaign is judged by: always per customer who was assigned, whether or not anything was sent or opened, so that variants stay comparable.',
  values: described(CAMPAIGN_METRICS, {
    CLICK: 'Share who clicked or visited.',
    CONVERSION: 'Share who ordered in the window, or were reported as converted in it.',
    ORDERS: 'Orders in the window.',
    REVENUE: 'Revenue of the orders in the window, less what was refunded of them.',
    MARGIN: 'Revenue less cost; where a cost is unknown, revenue times the margin rate of the published run.',
    CLV: '12-month CLV after the window, by the published run; unknown until a run has seen all windows to their end.',
  }),
});

export const CampaignDimension = builder.enumType('CampaignDimension', {
  description: 'What results are split by, all as of the assignment, so that the campaign has not changed it.',
  values: described(CAMPAIGN_DIMENSIONS, {
    SEGMENT: 'RFM segment, by the edges of the published run.',
    TIER: 'Tier of value: M1 (least) to M5, the M of RFM.',
    CHANNEL: 'Channel of the first order.',
    COUNTRY: 'Country.',
    CATEGORY: 'Category that the customer had spent most on.',
    GROUP: 'Group that the sender had put the customer in.',
  }),
});

export const CampaignCovariate = builder.enumType('CampaignCovariate', {
  description: 'What lifts are adjusted by, to make them sharper (CUPED); it must be known before the assignment.',
  values: described(CAMPAIGN_COVARIATES, {
    PRIOR_REVENUE: 'What the customer spent in the 365 days before, or as the sender told.',
    PREDICTED_CLV: '12-month CLV that had been published before.',
    NONE: 'Nothing.',
  }),
});

export const ExposureStep = builder.enumType('ExposureStep', {
  description: 'What became of a customer in a campaign.',
  values: described(EXPOSURE_STEPS, {
    ASSIGNED: 'Put into a variant: the window begins.',
    SENT: 'A message was sent.',
    DELIVERED: 'It arrived.',
    OPENED: 'It was opened.',
    CLICKED: 'Something in it was clicked, or the site visited; can be reported of a control group too.',
    CONVERTED: 'Did what the campaign wanted, as the sender knows it. Orders count without it.',
    UNSUBSCRIBED: 'Wants no more messages.',
    BOUNCED: 'It came back.',
    COMPLAINED: 'It was marked as spam.',
  }),
});
