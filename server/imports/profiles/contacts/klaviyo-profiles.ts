import type { CustomerProfile } from '../../formats/customers.ts';

/** Klaviyo's export of a list or segment. */
export const klaviyoProfiles: CustomerProfile = {
  title: 'Klaviyo profiles',
  recognisedBy: ['Email', 'Klaviyo ID', 'Email Marketing Consent'],
  columns: {
    customer: ['External ID', 'Klaviyo ID'],
    email: ['Email'],
    'first name': ['First Name'],
    'last name': ['Last Name'],
    country: ['Country'],
    since: ['Profile Created On', 'Date Added'],
  },
};
