import {
  CAMPAIGN_CHANNELS,
  CAMPAIGN_CONTROLS,
  CAMPAIGN_COVARIATES,
  CAMPAIGN_DIMENSIONS,
  CAMPAIGN_METRICS,
  CAMPAIGN_STATUSES,
  CAMPAIGN_TRIGGERS,
  EXPOSURE_STEPS,
  STRATA,
} from '../../server/domain/campaigns.ts';
import { builder } from '../builder.ts';
import { described } from '../described.ts';

export const CampaignChannel = builder.enumType('CampaignChannel', {
  description: 'Channel of the messages of a campaign.',
  values: described(CAMPAIGN_CHANNELS, {
    EMAIL: 'E-mail.',
    PUSH: 'Push notification.',
    IN_APP: 'Message inside the app.',
    SMS: 'Text message.',
    WEB: 'Message on the website.',
  }),
});

export const CampaignTrigger = builder.enumType('CampaignTrigger', {
  description: 'What makes the campaign send a message.',
  values: described(CAMPAIGN_TRIGGERS, {
    BROADCAST: 'Nothing: the message goes to the whole audience once.',
    SCHEDULE: 'The calendar, such as every week.',
    ACTION: 'An action of the customer, such as a first order.',
    INACTION: 'A time without an action of the customer, such as 90 days without an order.',
  }),
});

export const CampaignStatus = builder.enumType('CampaignStatus', {
  description: 'State of a campaign.',
  values: described(CAMPAIGN_STATUSES, {
    DRAFT: 'No customer is assigned yet.',
    RUNNING: 'Customers are assigned and are sent messages.',
    STOPPED: 'No further customers are assigned. Orders of the assigned customers still count until their windows end.',
  }),
});

export const CampaignControl = builder.enumType('CampaignControl', {
  description: 'The control group of a campaign.',
  values: described(CAMPAIGN_CONTROLS, {
    NONE: 'No control group. The effect of the campaign cannot be measured.',
    VARIANT: 'A variant of the campaign that gets no message.',
    HOLDOUT: 'The customers of the audience who are in the global holdout; see `Workspace.globalHoldoutShare`.',
  }),
});

export const CampaignStratum = builder.enumType('CampaignStratum', {
  description: 'Groups within which the sizes of the variants differ from their weights by less than one customer.',
  values: described(STRATA, { SEGMENT: 'RFM segment.', TIER: 'Monetary score of RFM, 1 to 5.' }),
});

export const CampaignMetric = builder.enumType('CampaignMetric', {
  description:
    'Outcome that variants are compared by. It is measured per assigned customer, whether or not a message was sent or opened, so that variants stay comparable.',
  values: described(CAMPAIGN_METRICS, {
    CLICK: 'Share of customers who clicked or visited.',
    CONVERSION: 'Share of customers who ordered in the window or were reported as converted in it.',
    ORDERS: 'Number of orders in the window.',
    REVENUE: 'Revenue of the orders in the window minus their refunds.',
    MARGIN: 'Revenue minus costs. Where a cost is unknown, revenue multiplied by the margin rate of the published run.',
    CLV: '12-month CLV after the window, from the published run. Unknown until a run includes the end of every window.',
  }),
});

export const CampaignDimension = builder.enumType('CampaignDimension', {
  description:
    'Attribute that splits results into groups. It is taken as of the assignment, so that the campaign cannot have changed it.',
  values: described(CAMPAIGN_DIMENSIONS, {
    SEGMENT: 'RFM segment, by the score limits of the published run.',
    TIER: 'Monetary score of RFM: M1 (lowest) to M5 (highest).',
    CHANNEL: 'Channel of the first order.',
    COUNTRY: 'Country of the customer.',
    CATEGORY: 'Category that the customer spent most on before the assignment.',
    GROUP: 'Group that was reported with the exposure.',
  }),
});

export const CampaignCovariate = builder.enumType('CampaignCovariate', {
  description: 'Quantity from before the assignment that lifts are adjusted by, to narrow their intervals (CUPED).',
  values: described(CAMPAIGN_COVARIATES, {
    PRIOR_REVENUE:
      'Revenue of the customer in the 365 days before the assignment, or the `priorValue` that was reported.',
    PREDICTED_CLV: '12-month CLV that was published before the assignment.',
    NONE: 'No adjustment.',
  }),
});

export const ExposureStep = builder.enumType('ExposureStep', {
  description: 'Step of a customer in a campaign.',
  values: described(EXPOSURE_STEPS, {
    ASSIGNED: 'The customer was assigned to a variant. The window begins.',
    SENT: 'The message was sent.',
    DELIVERED: 'The message was delivered.',
    OPENED: 'The message was opened.',
    CLICKED: 'The customer clicked in the message or visited the site. Customers of a control group can visit too.',
    CONVERTED: 'The customer did what the campaign asked for. Orders count without this step.',
    UNSUBSCRIBED: 'The customer unsubscribed.',
    BOUNCED: 'The message bounced.',
    COMPLAINED: 'The customer marked the message as spam.',
  }),
});
