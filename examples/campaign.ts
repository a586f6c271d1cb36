/**
 * A marketer creates a campaign with a control group, starts it, reports the sends, and reads its results.
 * The key needs the scopes customers:read, campaigns:read, campaigns:write and exposures:write.
 *
 *     PERENNIAL_KEY=... npx tsx examples/campaign.ts "Autumn win-back"
 */
import { client, result } from './client.ts';
import {
  CampaignResultsDocument,
  CreateCampaignDocument,
  RecipientsDocument,
  RecordExposuresDocument,
  StartCampaignDocument,
} from './generated/graphql.ts';

const [name = 'Autumn win-back'] = process.argv.slice(2);
const variant = '10% off';

const input = {
  name,
  kind: 'WIN_BACK' as const,
  channel: 'EMAIL' as const,
  variants: [{ name: variant }, { name: 'nothing', isControl: true }],
};
const { campaign } = result((await client.request(CreateCampaignDocument, { input })).createCampaign);
if (campaign === null) throw new Error('the key lacks the scope campaigns:read');
const { id } = campaign;

const { enrolled } = result((await client.request(StartCampaignDocument, { id })).startCampaign);
console.log(`assigned ${enrolled} customers`);

// Here the shop's own e-mail tool sends the messages.
const { customers } = await client.request(RecipientsDocument, { campaign: name, variant });
const at = new Date().toISOString();
const exposures = customers.nodes.map(({ externalId }) => ({
  campaign: name,
  customer: externalId,
  variant,
  step: 'SENT' as const,
  at,
}));
const { recorded } = result((await client.request(RecordExposuresDocument, { exposures })).recordExposures);
console.log(`recorded ${recorded} sends`);

const { results } = (await client.request(CampaignResultsDocument, { id })).campaign!;
console.log(`${results.evidence}: ${results.evidenceText}`);
for (const { variant, assigned, open, lift } of results.variants) {
  const range =
    lift === null
      ? 'no lift yet'
      : `${lift.absolute.value} (${lift.absolute.interval.low} to ${lift.absolute.interval.high})`;
  console.log(`${variant}: ${assigned} assigned, ${open} within their window, ${range}`);
}
