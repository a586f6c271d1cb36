import { builder } from './builder.ts';
import './analysis-run.ts';
import './api-key.ts';
import './clv-report.ts';
import './cohort-report.ts';
import './customer.ts';
import './customer-list.ts';
import './customer-why.ts';
import './errors.ts';
import './forecast.ts';
import './import-job.ts';
import './key-mutations.ts';
import './product.ts';
import './retention.ts';
import './rfm-report.ts';
import './scalars.ts';
import './start-analysis.ts';
import './viewer.ts';
import './workspace.ts';

builder.queryType({ description: 'Questions about the workspace of the API key.' });
builder.mutationType({ description: 'Changes in the workspace of the API key.' });

export const schema = builder.toSchema({ sortSchema: false });
