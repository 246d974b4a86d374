import { type CardItem, checklists } from '../domain/card/item.ts';
import type { CardSheet } from '../domain/card/report.ts';
import { countStates } from '../domain/card/sheet.ts';
import { trainedElsewhere } from '../domain/sealed-model.ts';
import { htmlPage, htmlTable } from './html-page.ts';
import { type Markup, markup } from './markup.ts';

/** The card of a model as a self-contained HTML page: what is missing first. */
export function cardReportHtml(sheet: CardSheet): string {
  const { title, at, items, honesty } = sheet;
  const { filled, missing } = countStates(items);
  const leaky = markup`<p class="warning">Leaky split: every figure below measures memory, not skill.</p>
`;
  const elsewhere = markup`<p class="warning">${trainedElsewhere}</p>
`;
  return htmlPage({
    title: `Model card: ${title}`,
    createdAt: at,
    body: markup`<section><h2>The model</h2>
${honesty === 'leaky' ? leaky : honesty === 'unknown' ? elsewhere : markup``}${aboutTable(sheet)}${classTable(sheet)}</section>
<section><h2>What is missing</h2>
<p>Of the items that concern a model, ${filled} are filled and ${missing} are missing.</p>
${itemTable(
  'Missing items',
  items.filter(({ state }) => state === 'missing'),
)}</section>
${checklists.map((checklist) => checklistSection(checklist, items))}`,
  });
}

function aboutTable({ seal, sealedAt, trainedOn, backbone, contact }: CardSheet): Markup {
  const rows = [
    ['Seal', seal],
    ['Sealed', sealedAt],
    ['Learned from', trainedOn],
    ['Backbone', backbone],
    ['Contact', contact ?? 'not known'],
  ];
  return htmlTable(
    'As sealed',
    [
      { title: '', kind: 'text' },
      { title: 'Value', kind: 'name' },
    ],
    rows,
  );
}

function classTable({ classes }: CardSheet): Markup {
  return htmlTable(
    'What it was trained on',
    [
      { title: 'Class', kind: 'name' },
      { title: 'Images', kind: 'number' },
      { title: 'Scans', kind: 'number' },
      { title: 'Patient groups', kind: 'number' },
    ],
    classes.map(({ name, images, scans, groups }) => [name, images, scans, groups]),
  );
}

function checklistSection(checklist: CardItem['checklist'], items: readonly CardItem[]): Markup {
  return markup`<section><h2>${checklist}</h2>
${itemTable(
  `Every item of ${checklist}`,
  items.filter((item) => item.checklist === checklist),
)}</section>
`;
}

function itemTable(caption: string, items: readonly CardItem[]): Markup {
  if (items.length === 0) return markup`<p>None.</p>`;
  return htmlTable(
    caption,
    [
      { title: 'Item', kind: 'text' },
      { title: 'About', kind: 'text' },
      { title: 'State', kind: 'text' },
      { title: 'What is known', kind: 'name' },
    ],
    items.map(({ id, title, state, text }) => [id, title, state, text]),
  );
}
