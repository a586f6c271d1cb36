import { expect, it } from 'vitest';

import { formatsNamed } from '../../../server/import-formats.ts';
import { openTable } from '../../../server/imports/reading/open-table.ts';
import { testFile } from '../../support/files.ts';
import { countFile } from '../../support/order-file.ts';

it.each([
  [
    'shopify-customers',
    'Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags',
    '\'7210448301122,Ann,Lee,Ann@Example.com,yes,,1 Road,,Elko,NV,US,89801,,,no,7790.44,6,,yes,"vip, retail"',
    { customer: 'ann@example.com', name: 'Ann Lee', country: 'US', since: null },
  ],
  [
    'shopify-customers',
    'First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt',
    'Ann,Lee,ann@example.com,no,,1 Road,,Elko,Nevada,NV,United States,US,89801,,no,0.00,0,,,no',
    { customer: 'ann@example.com', name: 'Ann Lee', country: 'US' },
  ],
  [
    'woo-customers',
    'Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code',
    'Ann Lee,ann,2026-03-01 10:00:00,2025-02-01 10:00:00,ann@example.com,3,90.00,30.00,DE,Bonn,,53111',
    { customer: 'ann@example.com', name: 'Ann Lee', country: 'DE', since: new Date('2025-02-01T10:00:00Z') },
  ],
  [
    'brevo-contacts',
    'CONTACT ID;EMAIL;LASTNAME;FIRSTNAME;WHATSAPP;SMS;DOUBLE_OPT-IN;OPT_IN;LANDLINE_NUMBER;EXT_ID;CONTACT_TIMEZONE;JOB_TITLE;LINKEDIN;ADDED_TIME;MODIFIED_TIME',
    '12;ann@example.com;Lee;Ann;;;;Yes;;;;;;2025-02-01 10:00:00;2025-02-02 10:00:00',
    { customer: 'ann@example.com', name: 'Ann Lee', since: new Date('2025-02-01T10:00:00Z') },
  ],
  [
    'klaviyo-profiles',
    'Email,Klaviyo ID,First Name,Last Name,Organization,Title,Phone Number,Address,Address 2,City,State / Region,Country,Zip Code,Source,Email Marketing Consent,Email Marketing Consent Timestamp,Profile Created On,Date Added',
    'ann@example.com,01H,Ann,Lee,,,,,,Bonn,,Germany,,Website,SUBSCRIBED,2025-03-01 10:00:00,2025-02-01 10:00:00,2025-03-01 10:00:00',
    { customer: 'ann@example.com', name: 'Ann Lee', country: 'Germany', since: new Date('2025-02-01T10:00:00Z') },
  ],
  [
    'mailchimp-audience',
    'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS',
    'ann@example.com,Ann,Lee,2,,,2025-02-01 10:00:00,203.0.113.7,,,,,Europe/Berlin,de,,2025-03-01 10:00:00,1,a,,"""VIP"""',
    { customer: 'ann@example.com', name: 'Ann Lee', country: 'de', since: new Date('2025-02-01T10:00:00Z') },
  ],
] as const)('reads the contacts of %s, by e-mail address', async (source, header, row, contact) => {
  const counted = await countFile(`${header}\n${row}\n`);
  expect(counted).toMatchObject({ source, accepted: 1, rejected: {} });
  expect(counted.lines).toMatchObject([contact]);
});

it('knows a contact without an address by the id, and rejects one without either', async () => {
  const header = 'Customer ID,Email,First Name,Accepts Email Marketing,Total Spent,Total Orders,Tags';
  const counted = await countFile(`${header}\n'77,,Ann,no,0,0,\n,,Bo,no,0,0,\n`);
  expect(counted).toMatchObject({ accepted: 1, rejected: { MISSING_CUSTOMER: 1 } });
  expect(counted.lines).toMatchObject([{ customer: '77', name: 'Ann' }]);
});

it('reads any list of customers by common names where it is named, and the id goes before the address', async () => {
  const table = await openTable(
    testFile('Customer ID;E-Mail;Given name;Surname;Country\n7;ann@example.com;Ann;Lee;DE\n'),
  );
  const [format] = formatsNamed('customers');
  const file = await format!.open(table, { timeZone: 'UTC' });
  for await (const row of table.rows())
    expect([...file.read(row)]).toMatchObject([
      { lines: [{ customer: '7', email: 'ann@example.com', name: 'Ann Lee', country: 'DE', channel: null }] },
    ]);
  expect(format!.recognise(table.first)).toBe(0);
  await expect(
    format!.open(await openTable(testFile('Name;City\nAnn;Bonn\n')), { timeZone: 'UTC' }),
  ).rejects.toMatchObject({
    code: 'MISSING_COLUMN',
  });
});
