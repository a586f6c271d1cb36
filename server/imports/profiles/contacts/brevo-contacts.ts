import type { CustomerProfile } from '../../formats/customers.ts';

/** Brevo's contacts; their attributes are what the account calls them. */
export const brevoContacts: CustomerProfile = {
  title: 'Brevo contacts',
  recognisedBy: ['CONTACT ID', 'EMAIL', 'ADDED_TIME', 'MODIFIED_TIME'],
  columns: {
    customer: ['EXT_ID', 'CONTACT ID'],
    email: ['EMAIL'],
    'first name': ['FIRSTNAME', 'PRENOM', 'VORNAME'],
    'last name': ['LASTNAME', 'NOM', 'NACHNAME'],
    country: ['COUNTRY'],
    since: ['ADDED_TIME'],
  },
};
