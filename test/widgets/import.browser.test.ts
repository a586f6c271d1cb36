import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportFinish } from '../../widgets/shared/events.ts';

import { inside, mount, texts, the } from './mount.ts';
import { importAnswer, importJob, importPreview, refusedFor } from './stub-import.ts';
import { type Sent, stubServer } from './stub-server.ts';

const TAG = 'clv-import';

/** An upload that the test answers by hand. */
class StubUpload {
  static latest: StubUpload;
  readonly upload: { onprogress?: (event: { loaded: number }) => void } = {};
  readonly headers: Record<string, string> = {};
  url = '';
  status = 0;
  response: unknown = null;
  isAborted = false;
  onload = () => {};
  onerror = () => {};
  onabort = () => {};

  constructor() {
    StubUpload.latest = this;
  }
  open(_method: string, url: URL) {
    this.url = url.href;
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  send() {}
  abort() {
    this.isAborted = true;
    this.onabort();
  }
  answer(status: number, response: unknown) {
    Object.assign(this, { status, response });
    this.onload();
  }
}

beforeEach(() => void vi.stubGlobal('XMLHttpRequest', StubUpload));
afterEach(() => vi.unstubAllGlobals());

const show = async (selector: string) => {
  await vi.waitFor(() => expect(inside(the(TAG), selector)).not.toHaveLength(0));
  return inside(the(TAG), selector)[0]!;
};
const button = (name: string) => inside(the(TAG), 'button').find(({ textContent }) => textContent!.trim() === name)!;
const selectOf = (label: string) =>
  inside(the(TAG), 'label')
    .find(({ textContent }) => textContent!.includes(label))!
    .querySelector('select')!;

function choose(select: HTMLSelectElement, value: string) {
  select.value = value;
  select.dispatchEvent(new Event('change'));
}

async function dropped(...files: File[]): Promise<void> {
  const zone = await show('.drop:not(.bone)');
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  zone.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
  await the(TAG).updateComplete;
}

const FILE = new File(['x'.repeat(2_000_000)], 'orders.csv');

/** An element that looks at a file. @param answer In place of the usual answers. */
async function looking(answer: (sent: Sent) => unknown = ({ operation }) => importAnswer(operation)): Promise<Sent[]> {
  const sent = stubServer(answer);
  mount(`<clv-import endpoint="/shop/graphql" token="key"></clv-import>`);
  await dropped(FILE);
  StubUpload.latest.answer(201, { upload: 'u1' });
  await show('.look');
  return sent;
}

const previews = (sent: readonly Sent[]) => sent.filter(({ operation }) => operation === 'ImportPreview');

describe('a file that is dropped', () => {
  it('is sent beside GraphQL with its name and the key, and its bytes are counted', async () => {
    stubServer();
    mount(`<clv-import endpoint="/shop/graphql" token="key"></clv-import>`);
    await dropped(FILE);
    const { url, headers, upload } = StubUpload.latest;
    expect(new URL(url).pathname + new URL(url).search).toBe('/shop/uploads?name=orders.csv');
    expect(headers.authorization).toBe('Bearer key');
    upload.onprogress!({ loaded: 500_000 });
    await the(TAG).updateComplete;
    expect(texts(the(TAG), '.progress .note')).toEqual(['500.0 kB of 2.0 MB']);
    expect((inside(the(TAG), 'progress')[0] as HTMLProgressElement).value).toBe(0.25);
  });

  it('is no longer sent when the user cancels', async () => {
    stubServer();
    mount(`<clv-import endpoint="/graphql"></clv-import>`);
    await dropped(FILE);
    button('Cancel').click();
    await show('.drop:not(.bone)');
    expect(StubUpload.latest.isAborted).toBe(true);
    expect(texts(the(TAG), '.fault')).toEqual(['']);
  });

  it('is refused in the server’s words, and another can be dropped', async () => {
    stubServer();
    mount(`<clv-import endpoint="/graphql"></clv-import>`);
    await dropped(FILE);
    const error = { message: 'the file is too large', extensions: { code: 'FILE_TOO_LARGE' } };
    StubUpload.latest.answer(413, { errors: [error] });
    await show('.drop:not(.bone)');
    await vi.waitFor(() => expect(texts(the(TAG), '.fault')).toEqual(['the file is too large (FILE_TOO_LARGE)']));
  });

  it('is not sent where there are two', async () => {
    stubServer();
    mount(`<clv-import endpoint="/graphql"></clv-import>`);
    await dropped(FILE, FILE);
    expect(texts(the(TAG), '.fault')).toEqual(['Only one file can be imported at a time.']);
    expect(inside(the(TAG), '.drop')).toHaveLength(1);
  });
});

describe('a file that is recognised', () => {
  it('shows what it was taken for, the columns that are used with their rows, and what it comes to', async () => {
    await looking();
    await show('.figures');
    expect(texts(the(TAG), '.lead')).toEqual(['Taken for: Shopify orders']);
    expect(texts(the(TAG), '.rows th bdi')).toEqual(['Name', 'Email', 'Paid at', 'Total']);
    expect(texts(the(TAG), '.rows tbody tr:first-child td')).toEqual([
      '#1001',
      'ann@example.com',
      '2026-05-03 10:00',
      '20.00',
    ]);
    expect(texts(the(TAG), '.amounts tr:not(:has(.note))')).toEqual([
      'Sales before discounts €212.50',
      'Discounts -€10.00',
      'Gross, after discounts €202.50',
      'Refunds -€70.00',
      'Net sales €132.50',
      'Tax €19.00',
      'Shipping €5.00',
      'Without a customer (not counted) €7.50',
    ]);
    expect(texts(the(TAG), '.amounts .note')).toEqual(['Not part of revenue']);
    expect(texts(the(TAG), '.lists dl > div')).toEqual([
      'Cancelled1 row',
      'Bad date2 rows',
      'Rows that are there twice; both count2 · €15.00',
    ]);
  });

  it('names tax and shipping as revenue where the workspace counts them', async () => {
    await looking(({ operation }) =>
      operation === 'Import'
        ? { ...(importAnswer(operation) as object), workspace: { revenue: 'TOTAL_SALES' } }
        : importAnswer(operation),
    );
    await show('.figures');
    expect(texts(the(TAG), '.amounts .note')).toEqual(['Counted as revenue too']);
  });

  it('moves the focus to what it was taken for', async () => {
    await looking();
    await vi.waitFor(() => expect(the(TAG).shadowRoot!.activeElement?.className).toContain('lead'));
  });

  it('is looked at again when a header is read as another column', async () => {
    const sent = await looking();
    button('Show all 5 columns').click();
    await the(TAG).updateComplete;
    choose(selectOf('Notes'), 'channel');
    await vi.waitFor(() => expect(previews(sent)).toHaveLength(2));
    expect(previews(sent)[1]!.variables).toEqual({
      upload: 'u1',
      choices: { map: [{ column: 'channel', header: 'Notes' }] },
    });
  });

  it('is imported as it was shown, and the page hears of its start and end', async () => {
    const sent = await looking();
    const heard: string[] = [];
    let finish: ImportFinish | undefined;
    the(TAG).addEventListener('clv-import-started', ({ detail }) => heard.push(`started ${detail.id}`));
    the(TAG).addEventListener('clv-import-finished', ({ detail }) => {
      finish = detail;
    });
    await vi.waitFor(() => expect((button('Import') as HTMLButtonElement).disabled).toBe(false));
    button('Import').click();
    await vi.waitFor(() => expect(finish).toBeDefined());
    expect(heard).toEqual(['started id of import']);
    expect(finish).toEqual({
      id: 'id of import',
      fileName: 'orders.csv',
      status: 'DONE',
      source: 'shopify-orders',
      accepted: 8,
    });
    const [{ variables }] = sent.filter(({ operation }) => operation === 'StartImport') as [Sent];
    expect(variables).toEqual({ input: { upload: 'u1', choices: {}, saveProfileAs: null } });
  });
});

describe('saved choices', () => {
  it('are read by name, and saved under the name that is typed', async () => {
    const sent = await looking();
    choose(selectOf('Saved choices'), 'our shop');
    await vi.waitFor(() => expect(previews(sent)).toHaveLength(2));
    await show('.figures');
    const name = inside(the(TAG), 'input[list=saveAs-proposals]')[0] as HTMLInputElement;
    name.value = 'spring';
    name.dispatchEvent(new Event('change'));
    button('Import').click();
    await show('.rejects');
    const [{ variables }] = sent.filter(({ operation }) => operation === 'StartImport') as [Sent];
    expect(variables).toEqual({ input: { upload: 'u1', choices: { profile: 'our shop' }, saveProfileAs: 'spring' } });
  });
});

it('of recipients without times is looked at again with the time of sending', async () => {
  const recipients = importPreview({ source: 'campaign', sourceTitle: 'campaign', holds: 'EXPOSURES', columns: [] });
  const sent = await looking(({ operation }) =>
    operation === 'ImportPreview' ? { importPreview: recipients } : importAnswer(operation),
  );
  const field = inside(the(TAG), 'input[type=datetime-local]')[0] as HTMLInputElement;
  field.value = '2026-05-03T10:00';
  field.dispatchEvent(new Event('change'));
  await vi.waitFor(() => expect(previews(sent)).toHaveLength(2));
  expect(previews(sent)[1]!.variables.choices).toEqual({ sentAt: new Date('2026-05-03T10:00').toISOString() });
  await vi.waitFor(() => expect(field.value).toBe('2026-05-03T10:00'));
});

describe('a file that is refused', () => {
  it('shows why and the choice that mends it, and is looked at again with that choice', async () => {
    const refused = refusedFor('AMBIGUOUS_DATES', ['placed at'], ['03/05/2026', '04/05/2026']);
    const sent = await looking(({ operation, variables }) =>
      operation === 'ImportPreview' && !(variables.choices as { dateFormat?: string }).dateFormat
        ? { importPreview: refused }
        : importAnswer(operation),
    );
    expect(texts(the(TAG), '[part=refusal] p')).toEqual(['The dates in “placed at” can be read in two ways.']);
    expect((button('Import') as HTMLButtonElement).disabled).toBe(true);
    expect(sent.some(({ operation }) => operation === 'ImportReport')).toBe(false);
    const select = selectOf('Dates are written');
    expect([...select.options].map(({ value }) => value)).toEqual(['', 'dd/MM/yyyy', 'MM/dd/yyyy']);
    choose(select, 'MM/dd/yyyy');
    await show('.figures');
    expect(inside(the(TAG), '[part=refusal]')).toEqual([]);
    expect(previews(sent).at(-1)!.variables.choices).toEqual({ dateFormat: 'MM/dd/yyyy' });
  });

  it('asks what each unknown state means', async () => {
    const refused = refusedFor('UNKNOWN_STATES', ['state'], ['ready', 'on its way']);
    const sent = await looking(({ operation }) =>
      operation === 'ImportPreview' ? { importPreview: refused } : importAnswer(operation),
    );
    choose(selectOf('“ready” means'), 'PAID');
    await vi.waitFor(() => expect(previews(sent)).toHaveLength(2));
    choose(selectOf('“on its way” means'), 'PENDING');
    await vi.waitFor(() => expect(previews(sent)).toHaveLength(3));
    expect(previews(sent)[2]!.variables.choices).toEqual({
      states: [
        { state: 'ready', meaning: 'PAID' },
        { state: 'on its way', meaning: 'PENDING' },
      ],
    });
  });

  it('shows all its columns where what is missing may be among them, and asks what it holds', async () => {
    const unknown = { ...refusedFor('UNKNOWN_COLUMNS'), source: null, sourceTitle: null, holds: null };
    await looking(({ operation }) =>
      operation === 'ImportPreview' ? { importPreview: unknown } : importAnswer(operation),
    );
    expect(texts(the(TAG), '.rows th bdi')).toContain('Notes');
    expect(selectOf('The file holds').options).toHaveLength(5);
  });

  it('shows the server’s reason where it is none that a choice mends', async () => {
    const damaged = { ...refusedFor('DAMAGED_GZIP'), layout: null, header: [], rows: [], columns: [] };
    await looking(({ operation }) =>
      operation === 'ImportPreview' ? { importPreview: damaged } : importAnswer(operation),
    );
    expect(texts(the(TAG), '[part=refusal] p')).toEqual(['refused: DAMAGED_GZIP']);
  });
});

describe('an import', () => {
  async function imported(answer: (asked: number) => unknown): Promise<void> {
    let asked = 0;
    await looking(({ operation }) => (operation === 'ImportProgress' ? answer(++asked) : importAnswer(operation)));
    await show('.figures');
    button('Import').click();
  }

  it('shows its progress in rows until it has ended', async () => {
    await imported((asked) => ({ node: importJob(asked < 2 ? { status: 'RUNNING', rows: 4, progress: 0.3 } : {}) }));
    await vi.waitFor(() => expect(texts(the(TAG), '.progress .note')).toEqual(['4 rows read']));
    await vi.waitFor(() => expect(texts(the(TAG), '.lead')).toEqual(['Imported: orders.csv']), 3000);
  });

  it('shows the first rejected rows, and leads to another file', async () => {
    await imported(() => ({ node: importJob() }));
    await show('.rejects');
    expect(texts(the(TAG), '.rejects tbody td')).toEqual(['3', 'Bad date', '#1003,eve@example.com,never,5']);
    button('Choose another file').click();
    await show('.drop:not(.bone)');
    expect(inside(the(TAG), '.rejects')).toEqual([]);
  });

  it('saves the rejected rows with the key', async () => {
    await imported(() => ({ node: importJob() }));
    await show('.rejects');
    const asked = vi.fn(async (_url: URL, _init: RequestInit) => new Response('line,reason\n'));
    vi.stubGlobal('fetch', asked);
    const saved = vi.fn((event: Event) => event.preventDefault());
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function save() {
      saved(new Event(this.download));
    };
    button('Download all rejected rows (CSV)').click();
    await vi.waitFor(() => expect(saved).toHaveBeenCalledOnce());
    HTMLAnchorElement.prototype.click = click;
    const [url, { headers }] = asked.mock.calls[0]!;
    expect([url.pathname, headers]).toEqual(['/shop/imports/1/rejects.csv', { authorization: 'Bearer key' }]);
    expect(saved.mock.calls[0]![0].type).toBe('rejected-orders.csv.csv');
  });

  it('that failed shows why', async () => {
    await imported(() => ({ node: importJob({ status: 'FAILED', reason: 'the server was stopped' }) }));
    await vi.waitFor(() => expect(texts(the(TAG), '.lead')).toEqual(['The import failed: orders.csv']));
    expect(texts(the(TAG), '.look > p')).toEqual(['the server was stopped']);
  });

  it('that was not started shows why and can be tried again', async () => {
    await looking(({ operation }) =>
      operation === 'StartImport'
        ? { startImport: { __typename: 'DomainError', message: 'no such upload', code: 'UNKNOWN_UPLOAD' } }
        : importAnswer(operation),
    );
    await show('.figures');
    button('Import').click();
    await vi.waitFor(() => expect(texts(the(TAG), '.fault')).toEqual(['no such upload']));
    expect((button('Import') as HTMLButtonElement).disabled).toBe(false);
  });
});

it.each([
  ['de', 'ltr'],
  ['ar', 'rtl'],
])('is not wider than a card of 280 px in %s', async (lang, dir) => {
  await looking(({ operation }) =>
    operation === 'ImportPreview' ? { importPreview: importPreview() } : importAnswer(operation),
  );
  Object.assign(document.documentElement, { lang, dir });
  document.querySelector('main')!.style.width = '280px';
  await show('.figures');
  const { scrollWidth, clientWidth } = the(TAG);
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
});
