import type { ExposureStep } from '../../domain/campaigns.ts';

/** Letters alone identify the names of a step. */
const named = (step: ExposureStep, ...names: string[]) => names.map((name) => [name, step] as const);

/** What e-mail tools call the steps: Mailchimp, Klaviyo, Customer.io, SendGrid, Brevo, HubSpot, Mailgun, Postmark and others. */
const STEPS: ReadonlyMap<string, ExposureStep> = new Map([
  ...named(
    'ASSIGNED',
    'assigned',
    'enrolled',
    'entered',
    'triggered',
    'experimentviewed',
    'exposed',
    'exposure',
    'control',
  ),
  ...named(
    'SENT',
    'sent',
    'send',
    'sends',
    'emailsent',
    'sentemail',
    'messagesent',
    'processed',
    'request',
    'requests',
    'pushsent',
  ),
  ...named('SENT', 'accepted', 'smssent', 'sentsms', 'drafted', 'attempted'),
  ...named(
    'DELIVERED',
    'delivered',
    'delivery',
    'emaildelivered',
    'messagedelivered',
    'receivedemail',
    'received',
    'receivedsms',
  ),
  ...named('DELIVERED', 'smsdelivered', 'receivedpush', 'pushdelivered'),
  ...named(
    'OPENED',
    'opened',
    'open',
    'opens',
    'emailopened',
    'openedemail',
    'uniqueopened',
    'firstopening',
    'openedpush',
    'pushopened',
  ),
  ...named('OPENED', 'emailopen', 'messageopened', 'read', 'viewed', 'impression'),
  ...named(
    'CLICKED',
    'clicked',
    'click',
    'clicks',
    'emailclicked',
    'clickedemail',
    'emaillinkclicked',
    'linkclicked',
    'clickedsms',
  ),
  ...named('CLICKED', 'emailclick', 'visited', 'visit', 'messageclicked', 'smslinkclicked'),
  ...named('CONVERTED', 'converted', 'conversion', 'convert', 'goal', 'goalreached'),
  ...named('CONVERTED', 'placedorder', 'purchase', 'purchased', 'ordered'),
  ...named(
    'UNSUBSCRIBED',
    'unsubscribed',
    'unsubscribe',
    'unsub',
    'optout',
    'optedout',
    'unsubscribedfromemailmarketing',
  ),
  ...named('UNSUBSCRIBED', 'groupunsubscribe', 'emailunsubscribed', 'subscriptionchange', 'unsubscribedfromlist'),
  ...named(
    'BOUNCED',
    'bounced',
    'bounce',
    'bouncedemail',
    'hardbounce',
    'softbounce',
    'hardbounced',
    'softbounced',
    'emailbounced',
  ),
  ...named('BOUNCED', 'failed', 'failure', 'dropped', 'undelivered', 'rejected', 'invalidemail', 'blocked'),
  ...named(
    'COMPLAINED',
    'complained',
    'complaint',
    'complaints',
    'spam',
    'spamreport',
    'spamcomplaint',
    'markedemailasspam',
  ),
  ...named('COMPLAINED', 'emailmarkedasspam', 'markedasspam', 'abusereport', 'abuse', 'messagespammed'),
]);

/** The step that a tool's name of an event stands for. */
export const stepNamed = (name: string): ExposureStep | undefined => STEPS.get(lettersOf(name));

/** Events that are no step of a campaign: an open by a proxy shows nobody, and a contact may change for other reasons. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['deferred', 'SKIPPED'],
  ['proxyopen', 'PROXY_OPEN'],
  ['uniqueproxyopen', 'PROXY_OPEN'],
  ['loadedbyproxy', 'PROXY_OPEN'],
  ['contactdeleted', 'CONTACT_CHANGE'],
  ['contactupdated', 'CONTACT_CHANGE'],
  ['listaddition', 'CONTACT_CHANGE'],
  ['contactaddedtolist', 'CONTACT_CHANGE'],
]);

/** Why a tool's event is left out, as a message that was not sent (`Skipped: Smart Sending`); undefined for others. */
export const leftOutAs = (name: string): string | undefined =>
  /^\W*(skipped|suppressed)/i.test(name) ? 'SKIPPED' : OTHERS.get(lettersOf(name));

export const lettersOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}]/gu, '');
