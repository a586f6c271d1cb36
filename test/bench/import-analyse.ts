import { findWorkspace } from '../../server/access/data/workspaces.ts';
import { startAnalysis } from '../../server/analysis/run-analysis.ts';
import { formatsNamed } from '../../server/import-formats.ts';
import { importFile } from '../../server/imports/import-file.ts';
import type { Database } from '../../server/store/database.ts';
import { sharedData } from '../support/files.ts';
import type { Figures } from './figures.ts';
import { seconds, withStore } from './store.ts';

const INPUT = {
  workspace: 'bench',
  path: sharedData('online_retail/online_retail.csv.gz'),
  formats: formatsNamed('online-retail'),
};

/** The 541,909 lines of Online Retail, imported, analysed, and imported again. */
export const importAnalyse = (engine: Database['engine']): Promise<Figures> =>
  withStore(engine, async ({ pool }) => {
    const importing = performance.now();
    const { rows } = await importFile(pool, INPUT);
    const importSeconds = seconds(importing);
    const analysing = performance.now();
    await (await startAnalysis(pool, await findWorkspace(pool, 'bench'), {})).done;
    const analyseSeconds = seconds(analysing);
    const again = performance.now();
    await importFile(pool, INPUT);
    return {
      importSeconds,
      analyseSeconds,
      secondImportSeconds: seconds(again),
      linesPerSecond: Math.round(rows / importSeconds),
      linesPerSecondWithAnalysis: Math.round(rows / (importSeconds + analyseSeconds)),
    };
  });
