import type { CustomerProfile } from '../../formats/customers.ts';

/** Shopify's customers. Its orders name customers by e-mail address, so the list does too. */
export const shopifyCustomers: CustomerProfile = {
  title: 'Shopify customers',
  recognisedBy: ['Accepts Email Marketing', 'Total Spent', 'Total Orders', 'Tags'],
  columns: {
    customer: ['Customer ID'],
    email: ['Email'],
    'first name': ['First Name'],
    'last name': ['Last Name'],
    country: ['Default Address Country Code', 'Country Code', 'Country'],
  },
};
