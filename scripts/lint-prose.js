/**
 * `node scripts/lint-prose.js` checks the English of the pages, of the descriptions in schema/schema.graphql and of the doc
 * comments in the code: the names of things, articles, repeated words and, outside comments, the length of sentences.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse, visit as visitSchema } from 'graphql';
import { toNlcst } from 'mdast-util-to-nlcst';
import { toString as textOf } from 'nlcst-to-string';
import { ParseEnglish } from 'parse-english';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import retextIndefiniteArticle from 'retext-indefinite-article';
import retextRepeatedWords from 'retext-repeated-words';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';

/** What not to write, and what to write instead. */
const NAMES = [
  ['purchase days?', 'order day'],
  ['expected orders', 'expected order days'],
  ['credit notes?', 'refund'],
  ['facts?', 'order, refund, event or row'],
  ['bands?', 'interval'],
  ['offers?', 'recommendation'],
  ['tells?|told|telling', 'shows, returns, detects or known'],
  ['says?|said', 'shows, states or means'],
  ['speaks? (for|of)', 'supports, or the reason for'],
  ['whom', 'who, customers that'],
  ['lately|of old|hence|lest|dearer', 'recently, earlier, so that, more expensive'],
];
const MOST_WORDS = 32;

/** @typedef {{ path: string, line: number, text: string, isComment: boolean }} Passage */

/** @param {string[]} patterns */
const tracked = (...patterns) =>
  execFileSync('git', ['ls-files', '--', ...patterns], { encoding: 'utf8' })
    .trim()
    .split('\n');

/** @param {string} path @returns {Passage} */
const page = (path) => ({ path, line: 1, text: readFileSync(path, 'utf8'), isComment: false });

/** @param {string} path @returns {Passage[]} */
function descriptions(path) {
  /** @type {Passage[]} */
  const passages = [];
  visitSchema(parse(readFileSync(path, 'utf8')), {
    StringValue({ value, block, loc }) {
      if (block) passages.push({ path, line: (loc?.startToken.line ?? 0) + 1, text: value, isComment: false });
    },
  });
  return passages;
}

/** @param {string} path @returns {Passage[]} */
function comments(path) {
  const source = readFileSync(path, 'utf8');
  return [...source.matchAll(/\/\*\*(.*?)\*\/|(?<=\/\/\/ )[^\n]*/gs)].map(({ 0: line, 1: text = line, index }) => ({
    path,
    line: source.slice(0, index).split('\n').length,
    text: text.replace(/^ *\* ?/gm, ''),
    isComment: true,
  }));
}

const house = () => (/** @type {import('nlcst').Root} */ tree, /** @type {VFile} */ file) => {
  visit(tree, 'SentenceNode', (sentence) => {
    const prose = textOf(sentence.children.filter(({ type }) => type !== 'SourceNode'));
    for (const [name, better] of NAMES) {
      const found = new RegExp(`\\b(${name})\\b`, 'i').exec(prose);
      if (found) file.message(`"${found[0]}": write ${better}`, sentence);
    }
    // The parser does not split before code. The letters of formulas are no words.
    const most = Math.max(...prose.split(/[.?!]\s/).map((part) => part.match(/\p{L}{2,}/gu)?.length ?? 0));
    if (most > MOST_WORDS && !file.data.isComment) {
      file.message(`${most} words, at most ${MOST_WORDS}: "${prose.slice(0, 60)}…"`, sentence);
    }
  });
};

const markdown = unified().use(remarkParse).use(remarkGfm);
const english = unified().use(retextIndefiniteArticle).use(retextRepeatedWords).use(house);

/** Block by block: a heading or a cell of a table is no part of the sentence after it. @param {VFile} file */
async function check(file) {
  const root = markdown.parse(file);
  /** @type {import('mdast').Paragraph[]} */
  const blocks = [];
  visit(root, (node) => {
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      blocks.push({ ...node, type: 'paragraph' });
    }
  });
  for (const block of blocks) await english.run(toNlcst({ ...root, children: [block] }, file, ParseEnglish), file);
}

const passages = [
  ...tracked('*.md').map(page),
  ...descriptions('schema/schema.graphql'),
  ...tracked('*.ts', '*.prisma', 'scripts/*.js', ':!test').flatMap(comments),
];
let faults = 0;
for (const { path, line, text, isComment } of passages) {
  const file = new VFile({ value: text, data: { isComment } });
  await check(file);
  for (const { reason, line: at } of file.messages) console.error(`${path}:${line + (at ?? 1) - 1} ${reason}`);
  faults += file.messages.length;
}
if (faults > 0) {
  console.error(`${faults} to reword`);
  process.exitCode = 1;
}
