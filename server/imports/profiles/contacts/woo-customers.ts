import type { CustomerProfile } from '../../formats/customers.ts';

/** WooCommerce's Analytics > Customers. */
export const wooCustomers: CustomerProfile = {
  title: 'WooCommerce customers',
  recognisedBy: ['Username', 'Last Active', 'Sign Up', 'Total Spend', 'AOV'],
  columns: {
    email: ['Email'],
    name: ['Name'],
    country: ['Country / Region'],
    since: ['Sign Up'],
  },
};
