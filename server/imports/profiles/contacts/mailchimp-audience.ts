import type { CustomerProfile } from '../../formats/customers.ts';

/** Mailchimp's export of an audience: subscribed, unsubscribed or cleaned contacts. */
export const mailchimpAudience: CustomerProfile = {
  title: 'Mailchimp audience',
  recognisedBy: ['Email Address', 'MEMBER_RATING', 'OPTIN_TIME', 'CONFIRM_TIME'],
  columns: {
    email: ['Email Address'],
    'first name': ['First Name', 'FNAME'],
    'last name': ['Last Name', 'LNAME'],
    country: ['Country', 'CC'],
    since: ['CONFIRM_TIME'],
  },
};
