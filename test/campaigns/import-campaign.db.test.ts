import { describe, expect, it } from 'vitest';

import { formatsNamed } from '../../server/import-formats.ts';
import { importFile } from '../../server/imports/import-file.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, load } from '../support/shop.ts';

const campaign = (db: Database, header: string, ...rows: readonly string[]) =>
  load(db, testFile(`${header}\n${rows.join('\n')}\n`), 'campaign');

const rowsOf = async ({ pool }: Database, sql: string) => (await pool.query(sql)).rows;

const exposures = (db: Database, columns: string) =>
  rowsOf(
    db,
    `select cu.external_id as customer, v.name as variant, ${columns}
     from campaign_exposure e join customer cu on cu.id = e.customer_id join campaign_variant v on v.id = e.variant_id
     join campaign ca on ca.id = e.campaign_id order by ca.name, 1, 2`,
  );

const WIDE = 'Campaign Name,Contact ID,variation,kind,weight,sent at,opened,clicked at,control';

describe('a file with a row a recipient', () => {
  it('makes the campaign and its variants, and keeps the time of each step', async () => {
    const db = await testDatabase();
    const report = await campaign(
      db,
      WIDE,
      'Spring,ann,10% off,Win-back,2,2026-03-01 08:00,2026-03-01 09:30,,no',
      'Spring,bob,nothing,win back,1,2026-03-01,,,yes',
    );
    expect(report).toMatchObject({ rows: 2, accepted: 2, customers: 2 });
    expect(await rowsOf(db, 'select name, kind, status, control, started_at::text as started from campaign')).toEqual([
      { name: 'Spring', kind: 'WIN_BACK', status: 'RUNNING', control: 'VARIANT', started: '2026-03-01 00:00:00+00' },
    ]);
    expect(
      await rowsOf(db, 'select name, weight, is_control as control from campaign_variant order by position'),
    ).toEqual([
      { name: '10% off', weight: 2, control: false },
      { name: 'nothing', weight: 1, control: true },
    ]);
    expect(await exposures(db, 'e.assigned_at::text as assigned, e.opened_at::text as opened')).toEqual([
      { customer: 'ann', variant: '10% off', assigned: '2026-03-01 08:00:00+00', opened: '2026-03-01 09:30:00+00' },
      { customer: 'bob', variant: 'nothing', assigned: '2026-03-01 00:00:00+00', opened: null },
    ]);
  });

  it('takes a yes for the time of the step before, and a no for nothing', async () => {
    const db = await testDatabase();
    await campaign(db, WIDE, 'S,ann,a,loyalty,1,2026-03-01 08:00,yes,1,no', 'S,bob,a,loyalty,1,2026-03-01,no,0,no');
    expect(await exposures(db, 'e.opened_at::text as opened, e.clicked_at is null as "notClicked"')).toEqual([
      { customer: 'ann', variant: 'a', opened: '2026-03-01 08:00:00+00', notClicked: false },
      { customer: 'bob', variant: 'a', opened: null, notClicked: true },
    ]);
  });

  it('changes nothing when it comes again, and keeps the first time of each step', async () => {
    const db = await testDatabase();
    const rows = ['S,ann,a,loyalty,1,2026-03-02,2026-03-05,,no', 'S,bob,a,loyalty,1,2026-03-02,,,no'];
    await campaign(db, WIDE, ...rows);
    const before = await rowsOf(db, 'select * from campaign_exposure order by customer_id');
    await campaign(db, WIDE, ...rows.toReversed());
    expect(await rowsOf(db, 'select * from campaign_exposure order by customer_id')).toEqual(before);
    await campaign(db, WIDE, 'S,ann,a,loyalty,1,2026-03-03,2026-03-04,,no');
    expect(await exposures(db, 'e.sent_at::date as sent, e.opened_at::date as opened')).toMatchObject([
      { customer: 'ann', sent: '2026-03-02', opened: '2026-03-04' },
      { customer: 'bob' },
    ]);
  });
});

describe('a file with a row an event', () => {
  it.each([
    ['Received Email', 'delivered_at'],
    ['Opened Email', 'opened_at'],
    ['Clicked Email', 'clicked_at'],
    ['Marked Email as Spam', 'complained_at'],
    ['processed', 'sent_at'],
    ['open', 'opened_at'],
    ['spamreport', 'complained_at'],
    ['hard_bounce', 'bounced_at'],
    ['Unsubscribed', 'unsubscribed_at'],
    ['converted', 'converted_at'],
  ])('takes "%s" for %s', async (event, column) => {
    const db = await testDatabase();
    await campaign(
      db,
      'flow,email,event,timestamp,kind',
      `Cart,ann@example.com,${event},2026-03-01T10:00Z,cart abandonment`,
    );
    expect(await exposures(db, `e.${column}::text as at`)).toEqual([
      { customer: 'ann@example.com', variant: 'all', at: '2026-03-01 10:00:00+00' },
    ]);
  });

  it('knows a customer by an e-mail address, in any letter case', async () => {
    const db = await testDatabase();
    await load(db, testFile('customer,order,placed at,email,unit price\nann,1,2026-01-02,ann@example.com,5\n'));
    await campaign(db, 'campaign,email,event,at,kind', 'S,Ann@Example.com,sent,2026-03-01,loyalty');
    expect(await exposures(db, '1 as one')).toEqual([{ customer: 'ann', variant: 'all', one: 1 }]);
  });
});

describe('a file with counts and no times, as of one campaign of Mailchimp', () => {
  const opened =
    'Email Address,First Name,Last Name,Address,Phone Number,Opens\nann@example.com,Ann,,,,3\nbo@x.org,,,,,0\n';
  const take = ({ pool }: Database, sentAt?: Date) =>
    importFile(pool, {
      workspace: 'shop',
      path: testFile(opened),
      formats: formatsNamed(),
      choices: { campaign: 'May', kind: 'LOYALTY', sentAt },
    });

  it('takes opens for those of the day on which the campaign began', async () => {
    const db = await testDatabase();
    await campaign(db, 'campaign,email,sent at,kind', 'May,ann@example.com,2026-05-02 08:00,loyalty');
    expect(await take(db)).toMatchObject({ accepted: 1, excluded: { NOT_OPENED: 1 }, rejected: {} });
    expect(await exposures(db, 'e.opened_at::text as opened, e.sent_at::text as sent')).toMatchObject([
      { customer: 'ann@example.com', opened: '2026-05-02 08:00:00+00', sent: '2026-05-02 08:00:00+00' },
    ]);
  });

  it('makes the campaign where the time of sending is given: all rows were sent, and those with a count opened', async () => {
    const db = await testDatabase();
    expect(await take(db, new Date('2026-05-02T08:00Z'))).toMatchObject({ accepted: 2, excluded: {}, rejected: {} });
    expect(await exposures(db, 'e.opened_at::text as opened, e.sent_at::date as sent')).toMatchObject([
      { customer: 'ann@example.com', opened: '2026-05-02 08:00:00+00', sent: '2026-05-02' },
      { customer: 'bo@x.org', opened: null, sent: '2026-05-02' },
    ]);
  });

  it('is refused, row by row, where nothing says when the campaign began', async () => {
    const db = await testDatabase();
    expect(await take(db)).toMatchObject({ accepted: 0, rejected: { MISSING_TIME: 1 } });
  });
});

describe('a file of new campaigns whose kind nothing names', () => {
  const header = 'campaign,customer,sent at,kind';
  const row = 'May,ann,2026-05-02,';

  it('is refused before anything is stored', async () => {
    const db = await testDatabase();
    const refused = campaign(db, header, row, 'June,bob,2026-06-02,');
    await expect(refused).rejects.toMatchObject({ code: 'MISSING_KIND', message: expect.stringContaining('win-back') });
    expect(await rowsOf(db, 'select id from import_job')).toEqual([]);
  });

  it('is taken as soon as one row can be stored', async () => {
    const db = await testDatabase();
    const mixed = await campaign(db, header, row, 'June,bob,2026-06-02,loyalty');
    expect(mixed).toMatchObject({ accepted: 1, rejected: { UNKNOWN_CAMPAIGN: 1 } });
    expect(await campaign(db, header, row, 'June,cem,2026-06-02,')).toMatchObject({ accepted: 1 });
  });
});

describe('bad rows', () => {
  it('are rejected with what was wrong, and the others taken', async () => {
    const db = await testDatabase();
    const head = 'campaign,customer,variant,sent at,kind,control,weight';
    const { rejected, accepted } = await campaign(
      db,
      head,
      'Known,ann,a,2026-03-01,loyalty,no,1',
      'Unknown,ann,a,2026-03-01,,,',
      'Known,bob,z,2026-03-01,,,',
      'Known,bob,a,yesterday,,,',
      'Known,bob,a,,,,',
      'Known,,a,2026-03-01,,,',
      ',bob,a,2026-03-01,,,',
      'Known,bob,a,2026-03-01,fun,,',
      'Known,bob,a,2026-03-01,,maybe,',
      'Known,bob,a,2026-03-01,,,-1',
    );
    expect(accepted).toBe(1);
    expect(rejected).toEqual({
      UNKNOWN_CAMPAIGN: 1,
      UNKNOWN_VARIANT: 1,
      BAD_DATE: 1,
      MISSING_TIME: 1,
      MISSING_CUSTOMER: 1,
      MISSING_CAMPAIGN: 1,
      BAD_KIND: 1,
      BAD_CONTROL: 1,
      BAD_NUMBER: 1,
    });
    const { rejected: events } = await campaign(db, 'campaign,customer,event,at', 'Known,bob,danced,2026-03-01');
    expect(events).toEqual({ UNKNOWN_EVENT: 1 });
  });

  it('of a file without times name the columns that are wanted', async () => {
    const db = await testDatabase();
    await expect(campaign(db, 'campaign,customer', 'S,ann')).rejects.toThrow('no column for times');
  });
});

it('keeps a customer of two variants in both, marked in both', async () => {
  const db = await testDatabase();
  await campaign(
    db,
    WIDE,
    'S,ann,a,loyalty,1,2026-03-01,,,no',
    'S,bob,a,loyalty,1,2026-03-01,,,no',
    'S,ann,b,loyalty,1,2026-03-02,,,no',
  );
  expect(await exposures(db, 'e.is_contaminated as contaminated')).toEqual([
    { customer: 'ann', variant: 'a', contaminated: true },
    { customer: 'ann', variant: 'b', contaminated: true },
    { customer: 'bob', variant: 'a', contaminated: false },
  ]);
});

describe('the customer as of the assignment', () => {
  const ORDERS = `customer,order,placed at,product,category,unit price,channel,country
ann,1,2025-01-05,tea,Tea,30,Search,DE
ann,2,2025-02-28,pot,Ware,20,Search,DE
ann,3,2025-03-10,pot,Ware,500,Search,DE
bob,4,2025-03-20,tea,Tea,9,Mail,FR
${Array.from({ length: 20 }, (_, i) => `c${i},x${i},2025-0${1 + (i % 6)}-1${i % 9},tea,Tea,${5 + i},Search,DE`).join('\n')}
`;

  it('comes from the orders before it, with the segment once an analysis knows the edges', async () => {
    const db = await testDatabase();
    await load(db, testFile(ORDERS));
    await campaign(
      db,
      'campaign,customer,event,at,kind',
      'S,ann,sent,2025-03-01,loyalty',
      'S,bob,sent,2025-03-01,loyalty',
    );
    const columns = 'e.prior_revenue as prior, e.channel, e.country, e.category, e.segment, e.tier';
    const before = await exposures(db, columns);
    expect(before).toEqual([
      {
        customer: 'ann',
        variant: 'all',
        prior: 50,
        channel: 'Search',
        country: 'DE',
        category: 'Tea',
        segment: null,
        tier: null,
      },
      {
        customer: 'bob',
        variant: 'all',
        prior: 0,
        channel: 'Mail',
        country: 'FR',
        category: null,
        segment: null,
        tier: null,
      },
    ]);
    await analyse(db);
    const [ann, bob] = await exposures(db, columns);
    expect(bob).toMatchObject({ segment: 'PROSPECT', tier: null });
    expect(ann.segment).not.toBe(null);
    expect(ann.tier).toMatch(/^M[1-5]$/);
  });

  it('is computed again when an order from before comes later', async () => {
    const db = await testDatabase();
    await load(db, testFile(ORDERS));
    await campaign(db, 'campaign,customer,event,at,kind', 'S,ann,sent,2025-03-01,loyalty');
    await load(db, testFile('customer,order,placed at,unit price\nann,0,2024-12-24,7\n'));
    await analyse(db);
    expect(await exposures(db, 'e.prior_revenue as prior')).toEqual([{ customer: 'ann', variant: 'all', prior: 57 }]);
  });
});
