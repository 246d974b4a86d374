import { answeringLines } from '../../domain/answering-words.ts';
import type { Calibration } from '../../domain/calibration.ts';
import type { CardItem } from '../../domain/card/item.ts';
import { countStates } from '../../domain/card/sheet.ts';
import type { Gate } from '../../domain/gate.ts';
import { type ModelCard, trainedElsewhere } from '../../domain/sealed-model.ts';

/** The model card as Markdown, for people who open the folder without the program. */
export function cardText(card: ModelCard, calibration: Calibration, gate: Gate | undefined): string {
  const isKnown = card.honesty !== 'unknown';
  const counts = card.classes.map((name) => {
    const count = card.counts[name];
    return `| ${name} | ${count?.images ?? 0} | ${count?.scans ?? 0} | ${count?.groups ?? 0} |`;
  });
  const metrics = Object.entries(card.metrics).map(
    ([name, value]) => `| ${name} | ${value === null ? 'not defined' : value.toFixed(4)} |`,
  );
  const lines = [
    `# ${card.title}`,
    '',
    `**${card.notice}**`,
    '',
    ...(card.honesty === 'leaky' ? ['**Leaky split: the figures below measure memory, not skill.**', ''] : []),
    isKnown ? `Trained on: ${card.trained_on}` : `**${trainedElsewhere}**`,
    '',
    card.data_notice,
    '',
    `Backbone: ${card.backbone}. Made ${card.created_at === undefined ? '' : `${card.created_at} `}with version ${card.code_version}.`,
    '',
    ...(isKnown
      ? ['| class | images | scans | patient groups |', '|---|---|---|---|', ...counts, '']
      : [`Classes: ${card.classes.join(', ')}.`, '']),
    ...(metrics.length > 0 ? ['| figure | value |', '|---|---|', ...metrics, ''] : []),
    '## When it answers, asks for review or refuses',
    '',
    ...answeringLines(calibration, gate, card.classes).map((line) => `- ${line}`),
    '',
    ...itemLines(card.items ?? []),
  ];
  return lines.join('\n');
}

/** What is missing first named, then every item that is known. */
function itemLines(items: readonly CardItem[]): string[] {
  if (items.length === 0) return [];
  const { filled, missing } = countStates(items);
  const of = (state: CardItem['state']): CardItem[] => items.filter((item) => item.state === state);
  return [
    '## Reporting checklists (CLAIM 2024, TRIPOD+AI)',
    '',
    `${filled} items were filled and ${missing} missing when the model was sealed. \`hilum models card\` adds what was found out since.`,
    '',
    `Missing: ${of('missing')
      .map(({ id, title }) => `${id} ${title.toLowerCase()}`)
      .join('; ')}.`,
    '',
    ...of('filled').map(({ id, title, text }) => `- ${id}, ${title.toLowerCase()}: ${text.replaceAll('\n', ' ')}`),
    '',
  ];
}
