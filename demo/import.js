/** After an import: starts an analysis, and leads to the figures when it is published. */
import { query, t } from './page.js';

const START = `mutation DemoAnalyse { startAnalysis(input: {}) {
  ... on StartedAnalysis { run { id } }
  ... on DomainError { message }
} }`;
const RUN = 'query DemoRun($id: ID!) { node(id: $id) { ... on AnalysisRun { status reason } } }';
const POLL_MS = 1000;

const state = document.querySelector('#state');
const analyse = document.querySelector('#analyse');
const figures = document.querySelector('#figures');

document.addEventListener('clv-import-finished', ({ detail }) => {
  state.textContent = '';
  analyse.hidden = detail.status !== 'DONE' || detail.accepted === 0;
  figures.hidden = true;
});

analyse.addEventListener('click', async () => {
  analyse.hidden = true;
  state.textContent = t('Analysing …');
  try {
    await analysed();
    state.textContent = '';
    figures.hidden = false;
    figures.focus();
  } catch ({ message }) {
    state.textContent = t('The analysis failed: %', message);
    analyse.hidden = false;
  }
});

/** Starts an analysis and waits until it is published. */
async function analysed() {
  const { startAnalysis } = await query(START);
  if (startAnalysis.message) throw new Error(startAnalysis.message);
  for (;;) {
    const { node } = await query(RUN, { id: startAnalysis.run.id });
    if (node.status === 'FAILED') throw new Error(node.reason);
    if (node.status === 'PUBLISHED') return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
